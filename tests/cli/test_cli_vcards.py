"""Address books through the real program: taken once, and the next export of the same people adds nobody."""

from pathlib import Path

import pytest
from making import made_once
from running import Care

DATA = Path(__file__).resolve().parents[2] / "../shared/data"
FILES = sorted(DATA.rglob("*.vcf")) if DATA.is_dir() else []

BOOK = """\
BEGIN:VCARD
VERSION:3.0
UID:1
FN:Kari Nordmann
ORG:Fjord AS;Salg
TEL;TYPE=CELL:911 23 456
EMAIL:kari@fjord.example
BDAY:--1126
END:VCARD
BEGIN:VCARD
VERSION:2.1
UID:2
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=98y;=C3=85se
TEL;WORK;FAX:+47 22 11 11 11
TEL;HOME:+47 22 12 34 56
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:group
FN:The team
MEMBER:urn:uuid:1
END:VCARD
BEGIN:VCARD
FN:Open
BEGIN:VCARD
VERSION:4.0
UID:urn:uuid:3
FN:Liv Haug
CATEGORIES:Gold
END:VCARD
"""
SUMMARY = ("read", "added", "updated", "unchanged", "rejected")


def book(care: Care, text: str = BOOK, name: str = "phone.vcf") -> str:
    (care.folder / name).write_bytes(text.replace("\n", "\r\n").encode())
    return name


def counts(summary: dict[str, int]) -> list[int]:
    return [summary[name] for name in SUMMARY]


@made_once
def empty(care: Care) -> Care:
    care.ok("init", "--company", "Fjord Books", "--country", "NO")
    return care


def test_an_address_book_is_taken_once(empty: Care) -> None:
    first = empty.ok("customers", "import", book(empty), "--json").json
    assert counts(first) == [5, 3, 0, 0, 2]
    assert (first["layout"], first["encoding"], first["delimiter"]) == ("vCard", "utf-8", "")
    assert first["rejections"] == [
        {"line": 17, "reason": "“The team” is a group, not a customer"},
        {"line": 23, "reason": "the card has no END:VCARD before the next begins on line 25"},
    ]
    assert {"column": "TEL", "field": "phone"} in first["columns"]
    people = {one["name"]: one for one in empty.ok("customers", "--json").json["customers"]}
    assert set(people) == {"Kari Nordmann", "Åse Øy", "Liv Haug"}
    assert (people["Kari Nordmann"]["phone"], people["Kari Nordmann"]["company"]) == ("+4791123456", "Fjord AS")
    assert (people["Åse Øy"]["phone"], people["Liv Haug"]["segment"]) == ("+4722123456", "Gold")
    second = empty.ok("customers", "import", "phone.vcf", "--json").json
    assert counts(second) == [5, 0, 0, 3, 2]
    assert empty.ok("customers", "--json").json["total"] == 3


def test_the_next_export_finds_its_people_by_their_ids(empty: Care) -> None:
    empty.ok("customers", "import", book(empty))
    # Another phone's version of the format, the number and the address as they were; she has married.
    later = BOOK.replace("VERSION:3.0\nUID:1", "VERSION:4.0\nREV:20261120T101010Z\nUID:urn:uuid:1")
    later = later.replace("FN:Kari Nordmann", "FN:Kari Dahl").replace("TEL;TYPE=CELL:911 23 456", "TEL:933 44 555")
    summary = empty.ok("customers", "import", book(empty, later, "later.vcf"), "--json").json
    assert counts(summary) == [5, 0, 1, 2, 2]
    [kari] = [one for one in empty.ok("customers", "--json").json["customers"] if one["company"] == "Fjord AS"]
    assert (kari["name"], kari["phone"]) == ("Kari Dahl", "+4793344555")


def test_the_screen_names_what_was_not_taken(empty: Care) -> None:
    done = empty.ok("customers", "import", book(empty), "--dry-run")
    assert "A rehearsal of phone.vcf" in done.out
    assert "vCard, utf-8" in done.out
    assert "line 17: “The team” is a group, not a customer" in done.out
    assert empty.ok("customers", "--json").json["total"] == 0


def test_the_format_is_seen_or_said(empty: Care) -> None:
    book(empty, "\ufeff" + BOOK.lower().replace("urn:uuid:3", "3"), "contacts.txt")
    assert empty.ok("customers", "import", "contacts.txt", "--dry-run", "--json").json["added"] == 3
    book(empty, "Sent from my phone\n" + BOOK, "mail.txt")
    said = empty.ok("customers", "import", "mail.txt", "--format", "vcard", "--dry-run", "--json").json
    assert counts(said) == [6, 3, 0, 0, 3]
    empty("customers", "import", "mail.txt").refused(4, "mail.txt")
    (empty.folder / "people.csv").write_text("Name\nKari\n")
    empty("customers", "import", "people.csv", "--format", "vcard").refused(4, "no vCard in people.csv", "--format csv")
    empty("customers", "import", book(empty), "--map", "FN=name").refused(2, "“FN”", "without --map")
    assert empty.ok("customers", "import", "people.csv", "--format", "csv", "--json").json["added"] == 1


def test_options_apply_to_cards_too(empty: Care) -> None:
    cards = b"BEGIN:VCARD\nFN:\xa3ucja\nBDAY:01/02/1980\nEND:VCARD\n"
    (empty.folder / "old.vcf").write_bytes(cards)
    words = ("--encoding", "cp1250", "--dates", "month-first", "--status", "prospect")
    empty.ok("customers", "import", "old.vcf", *words)
    [lucja] = empty.ok("customers", "--json").json["customers"]
    assert (lucja["name"], lucja["status"]) == ("Łucja", "prospect")


@pytest.mark.parametrize("path", FILES or [None], ids=lambda path: path.name if path else "none")
def test_cards_of_other_programs_come_in_once(empty: Care, path: Path | None) -> None:
    if path is None:
        pytest.skip(f"the shared cards are not at {DATA}")
    first = empty.ok("customers", "import", str(path), "--json").json
    assert first["read"] == first["added"] + first["updated"] + first["unchanged"] + first["rejected"]
    second = empty.ok("customers", "import", str(path), "--json").json
    assert (second["added"], second["read"], second["rejected"]) == (0, first["read"], first["rejected"])
    assert second["updated"] <= first["updated"]
    assert empty.ok("customers", "--json").json["total"] == first["added"]
