"""The report as a page and as Markdown: the very words of the screen, and nothing a customer says becomes markup."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from care.customers.records import Person
from care.owed.records import OwedCounts, OwedItem
from care.reports.gold import GoldReport, KeptShare, VeinOutcome
from care.reports.heard_records import Heard, HeardShare, Quote
from care.reports.practice import Practice
from care.reports.records import Report
from care.reports.weeks_kept import WeekDone
from care.views.report import written_report
from care.views.written.html import to_html
from care.views.written.markdown import plain_text, to_markdown
from care.words import GoldKind, Reading, VeinState

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)> & '* [a](javascript:b) | `c` \u202eevil"
DAY = date(2026, 11, 3)


def report_of(words: str = "Every month I repair the file by hand.", name: str = "Kari Nordmann") -> Report:
    """A report with something in several sections; the customer's name and words are these."""
    kept = KeptShare(2, 3, 2 / 3, 0.2, 0.9, DAY)
    vein = VeinOutcome(1, "g1", words, GoldKind.WISH, VeinState.PROMISE, 3, DAY, None, words, kept, None)
    sections = {
        "owed": (OwedItem(7, "tell", Person(1, name), words, DAY, 20, "fixed", "Ann", "i7"),),
        "heard": Heard(
            3, 2, (Quote(1, name, "ease", words, Reading.BAD, DAY, True),), (HeardShare("ease", 1, 2, 0.5, 0.09, 0.91),)
        ),
        "practice": Practice(2, (WeekDone("2026-W47", 5, 5, 3), WeekDone("2026-W48", 4, 2, 0)), 9, 4, 3, 2, 1, {}, ()),
        "gold": GoldReport((vein,), 4),
    }
    totals = {"owed": OwedCounts(tell=1, longest_days=20)}
    return Report(f"Fjord {name}", DAY, date(2026, 11, 23), "4f0c91d277ae", sections, totals=totals)


class Seen(HTMLParser):
    """The tags, the attributes and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] != "style":
            self.text.append(data)


def words_of(text: str) -> set[str]:
    """The words and figures of a text, whatever stands between them."""
    return set(re.findall(r"[\w%]+", text.casefold()))


def test_a_page_and_markdown_say_what_the_screen_says() -> None:
    shown = words_of(re.sub("[▁-█]", "", written_report(report_of())))
    assert {"i7", "67", "repair", "kari"} <= shown
    assert shown - words_of(" ".join(Seen(to_html(report_of())).text)) == set()
    assert shown - words_of(to_markdown(report_of()).replace("\\", "")) == set()


@pytest.mark.parametrize("where", ["words", "name"])
def test_what_a_customer_says_is_only_ever_text(where: str) -> None:
    calm, hostile = Seen(to_html(report_of())), Seen(to_html(report_of(**{where: HOSTILE})))
    assert hostile.tags == calm.tags
    assert [name for name, _ in hostile.attributes] == [name for name, _ in calm.attributes]
    assert "<script>alert(1)</script>" in "".join(hostile.text)
    assert "\u202e" not in to_html(report_of(**{where: HOSTILE}))
    assert "<U+202E>" in "".join(hostile.text)


def test_the_page_runs_nothing_and_loads_nothing() -> None:
    page = to_html(report_of())
    seen = Seen(page)
    assert {"script", "link", "img", "iframe", "object", "form"}.isdisjoint(seen.tags)
    assert not any(name.startswith("on") or name in ("style", "src", "href") for name, _ in seen.attributes)
    policy = next(value for _, value in seen.attributes if value and value.startswith("default-src"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in page.replace("http-equiv", "")


def test_attributes_are_quoted() -> None:
    tags = re.findall(r"<[a-z][^>]*>", to_html(report_of(HOSTILE)))
    assert tags
    for tag in tags:
        assert "=" not in re.sub(r"=\"[^\"<>]*\"", "", tag), tag


def test_charts_show_the_figures() -> None:
    page = to_html(report_of())
    assert page.count("<svg") == 2
    assert "2026-W47: 3 held of 5 calls" in page
    assert "ease: 1 of 2" in page
    held = re.findall(r'class="held"[^>]*height="([0-9.]+)"', page)
    planned = re.findall(r'class="planned"[^>]*height="([0-9.]+)"', page)
    assert held == ["33.6", "0.0"]  # 3 and 0 of 5, which is 56 high
    assert planned == ["10", "56.0", "44.8"]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("# no heading", "\\# no heading"), ("- no list", "\\- no list"), ("1. no list", "1\\. no list"),
        ("*loud*", "\\*loud\\*"), ("[a](b)", "\\[a\\](b)"), ("<b> & c", "&lt;b&gt; &amp; c"), ("a | b", "a \\| b"),
        ("it costs 1.5", "it costs 1.5"), ("`x`", "\\`x\\`"),
    ],
)  # fmt: skip
def test_markdown_shows_words_as_they_are(said: str, written: str) -> None:
    assert plain_text(said) == written


def test_a_table_of_markdown_has_as_many_cells_in_every_row() -> None:
    lines = [line for line in to_markdown(report_of("a | b")).splitlines() if line.startswith("|")]
    assert len(lines) >= 6
    for line in lines[:3]:
        assert len(re.findall(r"(?<!\\)\|", line)) == len(re.findall(r"(?<!\\)\|", lines[0])), line
