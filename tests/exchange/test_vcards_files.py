"""Files of cards as they come: folds, encodings, cards that do not end, and bytes that are nothing."""

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from care.customers.customer_input import CustomerInput, Rejection
from care.errors import BadFile
from care.exchange.csv.customers import CustomersFile
from care.exchange.csv.reading_options import ReadingOptions
from care.exchange.customer_files import open_customers
from care.exchange.vcards.files import VCardsFile
from care.exchange.vcards.lines import physical_lines


def opened(folder: Path, content: str | bytes, encoding: str | None = None) -> VCardsFile:
    path = folder / "people.vcf"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    file = open_customers(path, ReadingOptions(encoding=encoding))
    assert isinstance(file, VCardsFile)
    return file


def old(*lines: str | bytes) -> bytes:
    written = [line.encode() if isinstance(line, str) else line for line in lines]
    return b"\r\n".join([b"BEGIN:VCARD", b"VERSION:2.1", *written, b"END:VCARD", b""])


def names(file: VCardsFile) -> list[str]:
    return [one.name if isinstance(one, CustomerInput) else f"{one.line}: {one.reason}" for one in file.customers()]


def only(file: VCardsFile) -> CustomerInput:
    [found] = file.customers()
    assert isinstance(found, CustomerInput), found
    return found


@pytest.mark.parametrize(
    ("start", "is_vcard"),
    [
        (b"BEGIN:VCARD\nFN:A\nEND:VCARD", True),
        (b"\xef\xbb\xbfbegin:vcard\nFN:A\nend:vcard", True),
        (b"\r\n\r\n Begin : vCard \nFN:A\nEND:VCARD", True),
        ("BEGIN:VCARD\nFN:A\nEND:VCARD".encode("utf-16"), True),
        (b"Name\nBEGIN:VCARD\n", False),
        (b"BEGIN:VCARDS,Name\nA,B\n", False),
        (b"Name,Note\nA,BEGIN:VCARD\n", False),
    ],
)
def test_what_a_file_is_is_seen_from_its_first_text(tmp_path: Path, start: bytes, is_vcard: bool) -> None:
    path = tmp_path / "any.txt"
    path.write_bytes(start)
    file = open_customers(path, ReadingOptions())
    assert isinstance(file, VCardsFile) is is_vcard
    assert [type(one) for one in file.customers()] == [CustomerInput]


def test_what_is_said_counts_more(tmp_path: Path) -> None:
    path = tmp_path / "any.txt"
    path.write_text("Mail from the phone\nBEGIN:VCARD\nFN:A\nEND:VCARD\n")
    file = open_customers(path, ReadingOptions(), is_vcard=True)
    assert list(file.customers()) == [
        Rejection(1, "“Mail from the phone” is in no card: there is no BEGIN:VCARD before it"),
        CustomerInput(2, "A", extra={}),
    ]
    path.write_text("Name,Phone\nA,+4791123456\n")
    assert isinstance(open_customers(path, ReadingOptions(), is_vcard=False), CustomersFile)
    with pytest.raises(BadFile) as refused:
        open_customers(path, ReadingOptions(), is_vcard=True)
    assert refused.value.sentence == (
        "there is no vCard in any.txt: no line is BEGIN:VCARD. Import it with --format csv."
    )
    path.write_text("")
    with pytest.raises(BadFile, match="is empty"):
        open_customers(path, ReadingOptions(), is_vcard=True)


def test_cards_that_do_not_begin_or_end_do_not_stop_the_others(tmp_path: Path) -> None:
    lines = [
        "BEGIN:VCARD", "FN:One", "END:VCARD",
        "BEGIN:VCARD", "FN:Open", "TEL:+4791123456",
        "BEGIN:VCARD", "FN:Two", "END:VCARD",
        "END:VCARD",
        "", "FN:Lost", "TEL:1", "END:VCARD",
        "BEGIN:VCARD", "FN:Three", "end:vcard",
        "FN:Stray",
        "BEGIN:VCARD", "END:VCARD",
        "BEGIN:VCARD", "FN:Last",
    ]  # fmt: skip
    assert names(opened(tmp_path, "\n".join(lines))) == [
        "One",
        "4: the card has no END:VCARD before the next begins on line 7",
        "Two",
        "10: END:VCARD without a BEGIN:VCARD before it",
        "12: END:VCARD without a BEGIN:VCARD before it",
        "Three",
        "18: “FN:Stray” is in no card: there is no BEGIN:VCARD before it",
        "19: no name, company, e-mail or phone",
        "21: the card has no END:VCARD before the file ends",
    ]


def test_an_agent_that_does_not_end_costs_only_its_card(tmp_path: Path) -> None:
    cards = "BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:B\nEND:VCARD\nBEGIN:VCARD\nFN:C\nEND:VCARD\n"
    assert names(opened(tmp_path, cards)) == [
        "1: the card has no END:VCARD before the next begins on line 7",
        "C",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_lines_end_as_they_like(tmp_path: Path, end: str) -> None:
    lines = ["BEGIN:VCARD", "VERSION:3.0", "FN:Kari Nord", " mann", "NOTE:a", "\tb", "END:VCARD", "", "BEGIN:VCARD"]
    first, second = opened(tmp_path, end.join([*lines, "FN:Ola", "END:VCARD"])).customers()
    assert isinstance(first, CustomerInput)
    assert (first.name, first.extra["NOTE"], second.line) == ("Kari Nordmann", "ab", 9)


@given(st.lists(st.sampled_from([b"a", b"\r", b"\n", b"\r\n", b"bc"])), st.integers(1, 5))
def test_lines_are_the_same_however_the_file_is_cut(parts: list[bytes], size: int) -> None:
    whole = b"".join(parts)
    # Two returns before a line feed are one end of a line, written twice.
    expected = whole.replace(b"\r\r\n", b"\r\n")
    if b"\r\r" not in expected:
        pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
        assert list(physical_lines(pieces)) == expected.splitlines()


def test_folds_of_old_cards_keep_their_space(tmp_path: Path) -> None:
    assert only(opened(tmp_path, old("FN:Kari", " Nordmann"))).name == "Kari Nordmann"
    assert only(opened(tmp_path, old("FN:Kari", "TEL;CELL:", " +4791123456"))).contacts[0].value == "+4791123456"


def test_quoted_printable(tmp_path: Path) -> None:
    written = old(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Nordmann;K=C3=A5=",
        "re;;;",
        "NOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:one=0D=0Atwo =3D 2=",
        "",
        "ADR;HOME;ENCODING=quoted-printable:;;Storgata 1=0D=0A2. etasje;Oslo;;;=4Eorge",
        "TITLE;ENCODING=QUOTED-PRINTABLE:ends with a sign=",
    )
    found = only(opened(tmp_path, written))
    assert (found.name, found.country) == ("Kåre Nordmann", "NO")
    assert found.extra == {
        "ADR (home)": "Storgata 1\n2. etasje, Oslo, Norge",
        "NOTE": "one\ntwo = 2",
        "TITLE": "ends with a sign",
    }


def test_a_soft_break_that_goes_on_with_what_looks_like_a_property(tmp_path: Path) -> None:
    found = only(
        opened(tmp_path, old("FN:A", "NOTE;ENCODING=QUOTED-PRINTABLE:Office=0D=0A=", "TEL: 555 1234", "TITLE:B"))
    )
    assert found.extra == {"NOTE": "Office\nTEL: 555 1234", "TITLE": "B"}
    folded = "BEGIN:VCARD\nVERSION:3.0\nFN;ENCODING=QUOTED-PRINTABLE:K=C3=\n =A5re\nEND:VCARD\n"
    assert only(opened(tmp_path, folded)).name == "Kåre"


def test_one_file_in_many_charsets(tmp_path: Path) -> None:
    cards = [
        old(b"FN;CHARSET=ISO-8859-1:Ren\xe9"),
        old(b"FN;CHARSET=UTF-8:Ren\xc3\xa9"),
        old(b"FN;CHARSET=SHIFT_JIS:" + "山田".encode("shift_jis")),
        old(b"FN;CHARSET=KOI8-R;ENCODING=QUOTED-PRINTABLE:=E9=D7=C1=CE"),
        old(b"FN;CHARSET=GBK:" + "联通".encode("gbk")),
        old(b"FN;CHARSET=windows-1250:\xa3ucja"),
        old(b"FN;CHARSET=ISO-2022-JP:" + "山田".encode("iso2022_jp")),
        old("FN:Åse"),
        old("FN;CHARSET=us-ascii:Åse"),
        old("FN;CHARSET=ISO-8859-1:Åse"),
        old(b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ren=E9"),
        old("FN;CHARSET=no-such-charset:Åse"),
        old("FN;CHARSET=base64:Åse"),
    ]
    file = opened(tmp_path, b"".join(cards))
    assert names(file) == [
        *("René", "René", "山田", "Иван", "联通", "Łucja", "山田"),
        *("Åse", "Åse", "Åse", "René", "Åse", "Åse"),
    ]


def test_a_charset_that_is_none_changes_nothing(tmp_path: Path) -> None:
    for charset in ("unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "hex", "rot13", "é"):
        assert names(opened(tmp_path, old(f"FN;CHARSET={charset}:C\\u0041\\new"))) == ["C\\u0041\\new"]
        assert names(opened(tmp_path, old(f"FN;CHARSET={charset}:Å\\new"))) == ["Å\\new"]
    # Half a letter that no text has.
    assert names(opened(tmp_path, old("FN;CHARSET=UTF-7:a+2AA-"))) == ["a+2AA-"]


def test_a_charset_that_is_named_needs_no_notice(tmp_path: Path) -> None:
    file = opened(tmp_path, old(b"FN;CHARSET=ISO-8859-1:Ren\xe9"))
    assert (names(file), file.notices) == (["René"], [])


def test_western_european_is_read_with_a_notice(tmp_path: Path) -> None:
    # Beside cards in UTF-8, which are not spoilt by it.
    file = opened(tmp_path, old("FN:Åse") + old(b"FN:Ren\xe9"))
    assert (names(file), file.encoding) == (["Åse", "René"], "cp1252")
    assert file.notices == [
        "Read as cp1252 (Western European), because it is not UTF-8. If names look wrong, give --encoding."
    ]
    file = opened(tmp_path, old("FN;ENCODING=QUOTED-PRINTABLE:Ren=E9"))
    assert (names(file), file.encoding) == (["René"], "utf-8")
    assert file.notices == ["Some cards were read as cp1252 (Western European). If names look wrong, give --encoding."]


def test_the_encoding_that_is_said(tmp_path: Path) -> None:
    lucja = old("FN:Łucja").decode().encode("cp1250")
    file = opened(tmp_path, lucja, "cp1250")
    assert (names(file), file.encoding, file.notices) == (["Łucja"], "cp1250", [])
    western = opened(tmp_path, old(b"FN:Ren\xe9"), "cp1252")
    assert (names(western), western.notices) == (["René"], [])
    # This name is UTF-8 by chance, in a file that is not.
    assert names(
        opened(tmp_path, old("FN:联通").decode().encode("gbk") + old("FN:山").decode().encode("gbk"), "gbk")
    ) == [
        "联通",
        "山",
    ]
    quoted = opened(tmp_path, old("FN;ENCODING=QUOTED-PRINTABLE:=A3ucja"), "cp1250")
    assert (names(quoted), quoted.notices) == (["Łucja"], [])


@pytest.mark.parametrize("codec", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_byte_order_mark(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "people.vcf"
    path.write_bytes(
        (old("FN:Łucja Müller") + old("FN;CHARSET=UTF-8;QUOTED-PRINTABLE:K=C3=A5re")).decode().encode(codec)
    )
    file = open_customers(path, ReadingOptions(), is_vcard=True)
    assert isinstance(file, VCardsFile)
    assert (names(file), file.encoding) == (["Łucja Müller", "Kåre"], codec.removesuffix("-sig"))


def test_a_byte_order_mark_before_cards_of_other_charsets(tmp_path: Path) -> None:
    file = opened(tmp_path, b"\xef\xbb\xbf" + old("FN:Åse") + old(b"FN;CHARSET=ISO-8859-1:Ren\xe9"))
    assert (names(file), file.encoding, file.notices) == (["Åse", "René"], "utf-8", [])


def test_files_put_together_have_a_mark_in_the_middle(tmp_path: Path) -> None:
    one = b"\xef\xbb\xbf" + old("FN:Åse")
    assert names(opened(tmp_path, one + one)) == ["Åse", "Åse"]


def test_a_card_that_cannot_be_decoded_does_not_stop_the_others(tmp_path: Path) -> None:
    file = opened(tmp_path, old("FN:One") + old("FN:Two", b"NOTE:\x81\x8d") + old("FN:Three"))
    assert names(file) == [
        "One",
        "5: line 8 is in no known encoding. Say which it is in, with --encoding",
        "Three",
    ]


def test_lines_that_are_no_property_are_kept(tmp_path: Path) -> None:
    found = only(opened(tmp_path, old("FN:A", "just words", ":no name", "two words:x", "TEL:+4791123456")))
    assert found.contacts[0].value == "+4791123456"
    assert found.extra == {"unread lines": "just words\n:no name\ntwo words:x"}


def test_a_line_and_a_card_too_large_to_be_one(tmp_path: Path) -> None:
    long = old("FN:A", "NOTE:" + "x" * (1 << 21))
    large = old("FN:B", *["NOTE:" + "x" * 100_000] * 50)
    picture = old("FN:C", "PHOTO;ENCODING=BASE64:" + "A" * (6 << 20), "TEL:+4791123456")
    folded = old("FN:D", "PHOTO;ENCODING=BASE64:", *[" " + "A" * 75] * 80_000)
    assert names(opened(tmp_path, long + large + picture + folded)) == [
        "1: line 4 is longer than a megabyte",
        "6: the card is larger than four megabytes",
        "C",
        "D",
    ]


def test_a_card_of_very_many_lines_is_read_in_time_that_grows_with_them(tmp_path: Path) -> None:
    lines = [f"NOTE:{n}" for n in range(60_000)]
    tail = ["EMAIL:<" + " " * 100_000 + "x", "BDAY:1" + " " * 100_000 + "x", "TEL:" + "1 " * 50_000]
    file = opened(tmp_path, old("FN:A", *lines, *tail))
    started = time.process_time()
    assert names(file) == ["A"]
    # A second or two, where a step that looks at all of them for each takes minutes.
    assert time.process_time() - started < 60


def test_a_file_of_many_cards_takes_no_more_memory_than_one_of_few(tmp_path: Path) -> None:
    picture = ["PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 60, *[" " + "A" * 75] * 200]
    one = old("FN:Åse", *picture, "TEL:+4791123456")
    peaks = []
    for count in (20, 200):
        file = opened(tmp_path, one * count)
        tracemalloc.start()
        assert sum(1 for _ in file.customers()) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5 + 100_000, peaks


def test_an_end_that_never_comes_takes_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("care.exchange.vcards.lines.LARGEST_CARD", 100_000)
    file = opened(tmp_path, b"BEGIN:VCARD\nFN:A\n" + (b"NOTE:" + b"x" * 95 + b"\n") * 40_000)
    tracemalloc.start()
    assert names(file) == ["1: the card has no END:VCARD before the file ends"]
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()


PIECES = [
    *(b"BEGIN:VCARD", b"END:VCARD", b"VERSION:2.1", b"VERSION:4.0", b"AGENT:", b"AGENT:BEGIN:VCARD", b"KIND:group"),
    *(b"\n", b"\r\n", b"\n ", b"\r", b"=\n", b"\n\t", b";", b":", b",", b'"', b"\\", b"\\n", b"=", b"=C3", b"\xe9"),
    *(b"FN:A", b"N:", b"TEL:", b"tel:+47", b"TEL;VALUE=uri:tel:%;ext=%zz", b"EMAIL:", b"BDAY:", b"TZ:", b"ADR:;;;;;;"),
    *(
        b";CHARSET=",
        b"utf-7",
        b"utf-16",
        b"idna",
        b"\x00",
        b";ENCODING=QUOTED-PRINTABLE:",
        b";BASE64:",
        b"A===",
        b"PHOTO",
    ),
    *(b"CATEGORIES:", b"UID:urn:uuid:", b"ORG:;", b"item1.", b"item1.X-ABLabel:", b"PREF=\xb2", b"\xff\xfe", b"+2AA-"),
]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(), st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=3))).map(b"".join)))
def test_no_bytes_bring_the_reader_down(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "any.vcf"
    for content in (written, b"BEGIN:VCARD\n" + written + b"\nEND:VCARD\n"):
        path.write_bytes(content)
        try:
            file = open_customers(path, ReadingOptions(country="NO"), is_vcard=True)
            found = list(file.customers())
        except BadFile as problem:
            assert "\n" not in problem.sentence
            continue
        assert found
        for one in found:
            if isinstance(one, CustomerInput):
                assert one.name.strip()
                for words in (one.name, *one.extra, *one.extra.values(), *(each.value for each in one.contacts)):
                    words.encode()
            else:
                assert 1 <= one.line <= content.count(b"\n") + content.count(b"\r") + 1
                assert one.reason
