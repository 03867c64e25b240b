"""Customers' text on a terminal: nothing commands it, nothing vanishes, and every script stays readable."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from care.views.safe import clip, safe

HARMFUL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
JOINERS = "\u200c\u200d"
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
ROUGH = st.text(
    st.sampled_from("aé \t\r\n\x1b\x00\x7f\x85\x9b\u200b\u200c\u200d\u200e\u202e\u2028\u2066\ufeff👩❤\ufe0fن\ue000")
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Anna Larsen", "Anna Larsen"),
        ("", ""),
        ("\x1b[2J\x1b]0;owned\x07", "␛[2J␛]0;owned␇"),
        ("\x1b]52;c;cm0gLXJm\x1b\\", "␛]52;c;cm0gLXJm␛\\"),
        ("\x9b31mred", "<U+009B>31mred"),
        ("a\x00b\x7f", "a␀b␡"),
        ("a\x08\x08b", "a␈␈b"),
        ("over\rwrite", "over write"),
        ("one\n two\t\tthree\r\nfour", "one two three four"),
        ("a  b", "a b"),
        ("a\x0bb\x0cc\x1cd", "a␋b␌c␜d"),
        ("abc\u202edcba", "abc<U+202E>dcba"),
        ("\u2066a\u2069\u200e\u200f\u061c", "<U+2066>a<U+2069><U+200E><U+200F><U+061C>"),
        ("pay\u200bpal\u2060\ufeff", "pay<U+200B>pal<U+2060><U+FEFF>"),
        ("a\u2028b\u2029c\x85d", "a<U+2028>b<U+2029>c<U+0085>d"),
        ("hi\U000e0041\U000e007f", "hi<U+E0041><U+E007F>"),
        ("\ue000\U0010ffff\ud800\u0378", "<U+E000><U+10FFFF><U+D800><U+0378>"),
        ("ad\u00admin", "ad<U+00AD>min"),
    ],
)
def test_what_could_harm_is_shown(text: str, shown: str) -> None:
    assert safe(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Åse Bjørnsdatter, Çelik & Sønner",
        "Nguyễn Thị Minh Khai",
        "Nguyê\u0303n",
        "山田太郎 様\u3000殿",
        "עברית שלום",
        "محمد علي",
        "می\u200cخواهم",
        "क्\u200dष",
        "👩\u200d👩\u200d👧",
        "❤\ufe0f\u200d🔥 👍🏽",
        "1\u00a0200 €",
        "ACME [/home] [red]Bob :smile:",
        "<U+202E>",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    "text", ["pay\u200dpal", "\u200da", "é\u200d", "é\u200da", "é\u200d\u200dé", "é\u200d\u202eé", "é\u200c é"]
)
def test_a_joiner_that_joins_nothing_is_shown(text: str) -> None:
    assert not set(safe(text)) & set(JOINERS)
    assert "<U+200" in safe(text)


@given(st.one_of(ANY_TEXT, ROUGH))
@example("".join(map(chr, range(0x20))))
@example("".join(map(chr, range(0x7F, 0xA0))))
def test_nothing_harmful_is_left_and_twice_is_once(text: str) -> None:
    shown = safe(text)
    for place, char in enumerate(shown):
        if char in JOINERS:
            assert shown[place - 1] > "\x7f" < shown[place + 1]
        else:
            assert unicodedata.category(char) not in HARMFUL
    assert "  " not in shown
    assert safe(shown) == shown
    shown.encode()


@given(st.one_of(ANY_TEXT, ROUGH))
def test_nothing_but_white_space_vanishes(text: str) -> None:
    assert len(safe(text).replace(" ", "")) >= len([char for char in text if char not in " \t\r\n"])


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("Anna", 4, "Anna"),
        ("Annabel", 4, "Ann…"),
        ("Anna Larsen", 6, "Anna…"),
        ("山田太郎", 8, "山田太郎"),
        ("山田太郎", 7, "山田太…"),
        ("山田太郎", 6, "山田…"),
        ("山田", 2, "…"),
        ("می\u200cخواهم", 3, "می…"),
        ("Annabel", 1, "…"),
        ("Annabel", 0, ""),
        ("Annabel", -3, ""),
        ("", 0, ""),
        ("e\u0301" * 4, 3, "e\u0301" * 2 + "…"),
    ],
)
def test_text_is_cut_to_cells(text: str, width: int, cut: str) -> None:
    assert clip(text, width) == cut


def test_a_name_of_200_characters_fits_its_column() -> None:
    for name in ("x" * 200, "山" * 200, "e\u0301" * 100, "👩\u200d👩\u200d👧" * 40):
        assert 18 <= cell_len(clip(name, 20)) <= 20


@given(st.one_of(st.text(), ROUGH).map(safe), st.integers(0, 40))
def test_a_cut_text_never_exceeds_its_width(text: str, width: int) -> None:
    cut = clip(text, width)
    assert cell_len(cut) <= width
    assert cut == text or cut == "" or cut.endswith("…")
    assert (cut == text) == (cell_len(text) <= width) or cut == ""
