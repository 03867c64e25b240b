"""What becomes of each property of a card."""

from pathlib import Path

import pytest

from care.customers.customer_input import CustomerInput, Rejection
from care.errors import WrongUsage
from care.exchange.csv.reading_options import ReadingOptions
from care.exchange.customer_files import open_customers
from care.exchange.vcards.files import VCardsFile
from care.words import Status


def opened(folder: Path, content: str | bytes, **said: object) -> VCardsFile:
    path = folder / "people.vcf"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    file = open_customers(path, ReadingOptions(**said))  # type: ignore[arg-type]
    assert isinstance(file, VCardsFile)
    return file


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def draft(folder: Path, *lines: str, version: str = "3.0", **said: object) -> CustomerInput:
    [found] = opened(folder, card(*lines, version=version), **said).customers()
    assert isinstance(found, CustomerInput), found
    return found


def rejection(folder: Path, *lines: str) -> str:
    [found] = opened(folder, card(*lines)).customers()
    assert isinstance(found, Rejection), found
    assert found.line == 1
    return found.reason


def contacts(found: CustomerInput) -> list[str]:
    return [contact.value for contact in found.contacts]


def test_a_whole_card(tmp_path: Path) -> None:
    file = opened(
        tmp_path,
        card(
            "N:Nordmann;Kari;;Dr.;",
            "FN:Kari Nordmann",
            "ORG:Fjord AS;Salg",
            "TITLE:Sjef",
            "TEL;TYPE=CELL:+47 911 23 456",
            "EMAIL:Kari@Fjord.example",
            "ADR;TYPE=WORK:;;Storgata 1;Oslo;;0155;Norge",
            "BDAY:1980-11-26",
            "CATEGORIES:Gold",
            "UID:abc-1",
            "NOTE:Ring\\, ikke skriv\\nTakk",
            "REV:2026-01-01T00:00:00Z",
            "PRODID:-//Some//Program 7//EN",
        ),
    )
    [kari] = file.customers()
    assert isinstance(kari, CustomerInput)
    assert kari._asdict() == {
        "line": 1,
        "name": "Kari Nordmann",
        "company": "Fjord AS",
        "contacts": kari.contacts,
        "external_id": "abc-1",
        "segment": "Gold",
        "status": None,
        "country": "NO",
        "zone": "Europe/Oslo",
        "birth_day": 26,
        "birth_month": 11,
        "birth_year": 1980,
        "owner": None,
        "hours": None,
        "spend": None,
        "joined_on": None,
        "numbers": (),
        "extra": {
            "ADR (work)": "Storgata 1, Oslo, 0155, Norge",
            "ORG": "Salg",
            "TITLE": "Sjef",
            "NOTE": "Ring, ikke skriv\nTakk",
        },
    }
    assert contacts(kari) == ["+4791123456", "kari@fjord.example"]
    assert (file.layout, file.encoding, file.delimiter, file.notices) == ("vCard", "utf-8", "", [])
    assert file.size == file.position == (tmp_path / "people.vcf").stat().st_size
    uses = {use.header: use.field for use in file.columns}
    assert uses == {
        "N": "name",
        "FN": "name",
        "ORG": "company",
        "TITLE": None,
        "TEL": "phone",
        "EMAIL": "email",
        "ADR": "country",
        "BDAY": "birthday",
        "CATEGORIES": "segment",
        "UID": "external_id",
        "NOTE": None,
    }


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["FN:Kari Nordmann", "N:X;Y"], "Kari Nordmann"),
        (["FN:", "N:Nordmann;Kari;Anne;Dr.;MA"], "Kari Anne Nordmann"),
        (["FN:N/A", "N:Nordmann;Kari;Anne,Marie"], "Kari Anne Marie Nordmann"),
        (["N:;;;;", "ORG:Fjord AS;Salg", "TEL:+4791123456"], "Fjord AS"),
        (["TEL:+47 911 23 456", "EMAIL:kari@fjord.example"], "kari@fjord.example"),
        (["TEL:+47 911 23 456"], "+47 911 23 456"),
        (["NICKNAME:Kari,Kaja", "TEL:+4791123456"], "Kari,Kaja"),
        (["FN:O\\;Hara\\, Ann\\\\e"], "O;Hara, Ann\\e"),
    ],
)
def test_names(tmp_path: Path, lines: list[str], name: str) -> None:
    assert draft(tmp_path, *lines).name == name


def test_commas_of_old_names_are_no_lists(tmp_path: Path) -> None:
    assert draft(tmp_path, "N:Veni, Vidi;The", version="2.1").name == "The Veni, Vidi"
    assert draft(tmp_path, "N:A\\;B;C:\\new", version="2.1").name == "C:\\new A;B"


def test_the_number_that_can_be_called_is_not_the_fax(tmp_path: Path) -> None:
    found = draft(
        tmp_path,
        "FN:Kari",
        "TEL;TYPE=WORK,FAX:+47 22 11 11 11",
        "TEL;TYPE=pager:+47 22 11 11 12",
        "item1.TEL:+47 22 11 11 13",
        "item1.X-ABLabel:Home Fax",
        "TEL;HOME;VOICE:+47 22 12 34 56",
        "TEL;TYPE=CELL;TYPE=pref:91 12 34 56",
        "TEL;TYPE=WORK:call the desk",
        country="NO",
    )
    assert contacts(found) == ["+4791123456", "+4722123456"]
    assert found.extra == {
        "TEL (work fax)": "+47 22 11 11 11",
        "TEL (pager)": "+47 22 11 11 12",
        "TEL (Home Fax)": "+47 22 11 11 13",
        "TEL (work)": "call the desk",
    }


@pytest.mark.parametrize(
    ("uri", "value", "original"),
    [
        ("tel:+1-418-656-9254;ext=102", "+14186569254", "+1-418-656-9254 ext. 102"),
        ("TEL:+47%2091123456", "+4791123456", "+47 91123456"),
        ("tel:656-9254;phone-context=+1-418-", "+14186569254", "+1-418-656-9254"),
        ("tel:91123456;phone-context=example.com", "+4791123456", "91123456"),
    ],
)
def test_numbers_as_addresses(tmp_path: Path, uri: str, value: str, original: str) -> None:
    [one] = draft(tmp_path, "FN:A", f'TEL;VALUE=uri;TYPE="work,voice":{uri}', version="4.0", country="NO").contacts
    assert (one.value, one.original, one.usable) == (value, original, "yes")


def test_the_country_of_the_address_reads_the_number(tmp_path: Path) -> None:
    found = draft(tmp_path, "FN:A", "TEL:020 7946 0018", "ADR:;;1 High St;London;;;England", country="NO")
    assert (contacts(found), found.country, found.zone) == (["+442079460018"], "GB", "Europe/London")
    found = draft(tmp_path, "FN:A", "item1.ADR:;;Storgata 1;Oslo;;;Kongeriket", "item1.X-ABADR:no")
    assert (found.country, found.extra) == ("NO", {"ADR": "Storgata 1, Oslo, Kongeriket"})
    found = draft(tmp_path, "FN:A", "ADR;TYPE=HOME:;;;;;;Sverige", "ADR;TYPE=WORK,PREF:;;;;;;Norge")
    assert found.country == "NO"


def test_a_country_nobody_knows_is_counted(tmp_path: Path) -> None:
    file = opened(tmp_path, card("FN:A", "ADR:;;;Town;;;Atlantis"))
    [found] = file.customers()
    assert isinstance(found, CustomerInput)
    assert (found.country, found.extra, file.unreadable) == (None, {"ADR": "Town, Atlantis"}, {"country": 1})


def test_the_preferred_address_comes_first(tmp_path: Path) -> None:
    three = ["EMAIL:a@x.example", "EMAIL;PREF=2:b@x.example", "EMAIL;TYPE=INTERNET,pref:c@x.example"]
    assert contacts(draft(tmp_path, "FN:A", *three)) == ["c@x.example", "b@x.example", "a@x.example"]
    old = ["EMAIL;INTERNET:a@x.example", "EMAIL;PREF;INTERNET:b@x.example", "EMAIL:mailto:a@x.example"]
    assert contacts(draft(tmp_path, "FN:A", *old, version="2.1")) == ["b@x.example", "a@x.example"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("BDAY:1996-04-15", (15, 4, 1996)),
        ("BDAY;VALUE=date:19960415", (15, 4, 1996)),
        ("BDAY:1996-04-15T00:00:00Z", (15, 4, 1996)),
        ("BDAY:--0203", (3, 2, None)),
        ("BDAY:--02-29", (29, 2, None)),
        ("BDAY:0000-02-03", (3, 2, None)),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29", (29, 2, None)),
        ("BDAY:1604-02-03", (3, 2, None)),
        ("BDAY;X-APPLE-OMIT-YEAR=1900:1900-02-03", (3, 2, None)),
    ],
)
def test_birthdays(tmp_path: Path, line: str, day: tuple[int, int, int | None]) -> None:
    found = draft(tmp_path, "FN:A", line)
    assert (found.birth_day, found.birth_month, found.birth_year) == day
    assert found.extra == {}


@pytest.mark.parametrize("words", ["circa 1800", "1985", "1985-04", "---15", "70-7-14", "206-12-15", "2001-02-29"])
def test_birthdays_that_are_no_day_are_kept(tmp_path: Path, words: str) -> None:
    file = opened(tmp_path, card("FN:A", f"BDAY;VALUE=text:{words}", version="4.0"))
    [found] = file.customers()
    assert isinstance(found, CustomerInput)
    assert (found.birth_day, found.extra) == (None, {"BDAY": words})
    assert file.unreadable == {"birthday": 1}


def test_birthdays_in_two_ways(tmp_path: Path) -> None:
    cards = card("FN:A", "BDAY:01/02/1980") + card("FN:B", "BDAY:03/04/1980")
    file = opened(tmp_path, cards)
    assert [one.birth_day for one in file.customers() if isinstance(one, CustomerInput)] == [None, None]
    assert file.notices == [
        "2 birthdays like 01/02/1980 can be read in two ways. Say --dates day-first or month-first."
    ]
    file = opened(tmp_path, cards, day_first=True)
    assert [(one.birth_day, one.birth_month) for one in file.customers() if isinstance(one, CustomerInput)] == [
        (1, 2),
        (3, 4),
    ]
    assert file.notices == []


def test_zones(tmp_path: Path) -> None:
    assert draft(tmp_path, "FN:A", "TZ:Europe/Oslo").zone == "Europe/Oslo"
    raleigh = draft(tmp_path, "FN:A", "TZ;VALUE=text:-05:00; EST; Raleigh/North America", "TEL:+4791123456")
    assert (raleigh.zone, raleigh.extra["TZ"]) == ("Europe/Oslo", "-05:00; EST; Raleigh/North America")


def test_categories(tmp_path: Path) -> None:
    found = draft(tmp_path, "FN:A", "CATEGORIES:myContacts,Gold\\, old,Oslo", "CATEGORIES:VIP")
    assert (found.segment, found.extra["CATEGORIES"]) == ("Gold, old", "myContacts, Gold, old, Oslo, VIP")
    assert draft(tmp_path, "FN:A", "CATEGORIES:My Contacts").segment is None


@pytest.mark.parametrize("uid", ["urn:uuid:4fbe-1", "uuid:4fbe-1", "4fbe-1", "URN:UUID:4fbe-1"])
def test_an_id_is_the_same_in_every_version(tmp_path: Path, uid: str) -> None:
    assert draft(tmp_path, "FN:A", f"UID:{uid}").external_id == "4fbe-1"


def test_the_status_that_is_said(tmp_path: Path) -> None:
    assert draft(tmp_path, "FN:A").status is None
    assert draft(tmp_path, "FN:A", status=Status.PROSPECT).status is Status.PROSPECT


def test_labels_of_groups(tmp_path: Path) -> None:
    found = draft(
        tmp_path,
        "FN:A",
        "item1.URL:https://a.example",
        "item1.X-ABLabel:_$!<HomePage>!$_",
        "ITEM2.URL:https://b.example",
        "item2.X-ABLabel:Shop",
        "URL;TYPE=HOME;TYPE=pref:https://c.example",
        "X-ABLabel:nobody's",
    )
    assert found.extra == {
        "URL (HomePage)": "https://a.example",
        "URL (Shop)": "https://b.example",
        "URL (home)": "https://c.example",
        "X-ABLABEL": "nobody's",
    }


@pytest.mark.parametrize(
    "lines",
    [
        ["PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD", " /2wBDAAIBAQEBAQ=="],
        ["PHOTO;BASE64:", "  /9j/4AAQSkZJRgABAQAAAQABAAD", ""],
        ["PHOTO;ENCODING=BASE64;JPEG:", "/9j/4AAQSkZJRgABAQAAAQABAAD", "AAAA", ""],
        ["PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD"],
        ["PHOTO:/9j/4AAQSkZJRgABAQAAAQABAAD"],
        ["SOUND;TYPE=BASIC;ENCODING=b:/9j/4AAQSkZJRgABAQAAAQABAAD"],
        ["LOGO;VALUE=BINARY;ENCODING=B:/9j/4AAQSkZJRgABAQAAAQABAAD"],
        ["item1.KEY;X509;ENCODING=BASE64:", " /9j/4AAQSkZJRgABAQAAAQABAAD", ""],
        ["X-MS-CARDPICTURE;TYPE=JPEG;ENCODING=BASE64:", " /9j/4AAQSkZJRgABAQAAAQABAAD", ""],
        ["X-SOMETHING:data:image/png;base64,/9j/4AAQSkZJRgABAQAAAQABAAD"],
    ],
)
def test_pictures_are_left_out(tmp_path: Path, lines: list[str]) -> None:
    file = opened(tmp_path, card("FN:Kari", *lines, "TEL:+4791123456", version="2.1"))
    [found] = file.customers()
    assert isinstance(found, CustomerInput)
    assert (found.name, contacts(found), found.extra) == ("Kari", ["+4791123456"], {})
    assert file.notices == ["1 picture, sound or key left out."]


def test_the_address_of_a_picture_is_kept(tmp_path: Path) -> None:
    assert draft(tmp_path, "FN:A", "PHOTO;VALUE=uri:http://a.example/p.gif").extra == {
        "PHOTO": "http://a.example/p.gif"
    }


def test_a_text_in_base64_is_a_text(tmp_path: Path) -> None:
    # “Kåre” and “Sjö AB”, by hand: base64 of their UTF-8.
    assert draft(tmp_path, "FN;ENCODING=B:S8OlcmU=", "ORG;ENCODING=BASE64:U2rDtiBBQg").company == "Sjö AB"
    assert draft(tmp_path, "FN;CHARSET=UTF-8;ENCODING=B:S8OlcmU=").name == "Kåre"


@pytest.mark.parametrize(
    "lines",
    [
        ["AGENT:", "BEGIN:VCARD", "VERSION:2.1", "FN:Bo", "TEL:+4799999999", "END:VCARD"],
        ["AGENT:BEGIN:VCARD", "VERSION:2.1", "FN:Bo", "TEL:+4799999999", "END:VCARD"],
        ["AGENT:BEGIN:VCARD", " VERSION:3.0", " FN:Bo", " TEL:+4799999999", " END:VCARD"],
        ["AGENT:BEGIN:VCARD\\nFN:Bo\\nTEL:+4799999999\\nEND:VCARD\\n"],
        ["AGENT:", "BEGIN:VCARD", "FN:Bo", "AGENT:", "BEGIN:VCARD", "FN:Cy", "END:VCARD", "END:VCARD"],
    ],
)
def test_a_card_in_a_card_is_not_the_customer(tmp_path: Path, lines: list[str]) -> None:
    file = opened(tmp_path, card("FN:Kari", *lines, "TEL:+4791123456") + card("FN:Ola"))
    kari, ola = file.customers()
    assert isinstance(kari, CustomerInput)
    assert isinstance(ola, CustomerInput)
    assert (kari.name, contacts(kari), kari.extra, ola.name) == ("Kari", ["+4791123456"], {"AGENT": "Bo"}, "Ola")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["KIND:group", "FN:The team"], "“The team” is a group, not a customer"),
        (["X-ADDRESSBOOKSERVER-KIND:GROUP", "FN:Team"], "“Team” is a group, not a customer"),
        (["FN:All", "MEMBER:urn:uuid:1"], "“All” is a distribution list, not a customer"),
        (["X-EVOLUTION-LIST:TRUE", "EMAIL:a@b.example"], "it is a distribution list, not a customer"),
        (["FN:?"], "no name, company, e-mail or phone"),
        (["TEL:ask", "EMAIL:e@c"], "no name, and neither “ask” nor “e@c” can be read"),
    ],
)
def test_who_is_no_customer(tmp_path: Path, lines: list[str], reason: str) -> None:
    assert rejection(tmp_path, *lines) == reason


@pytest.mark.parametrize("kind", ["KIND:individual", "KIND:org", "X-EVOLUTION-LIST:FALSE"])
def test_other_kinds_are_customers(tmp_path: Path, kind: str) -> None:
    assert draft(tmp_path, kind, "FN:Fjord AS").name == "Fjord AS"


def test_a_vcard_has_no_columns(tmp_path: Path) -> None:
    for said in ({"columns": {"FN": "name"}}, {"values": {("FN", "a"): "b"}}):
        with pytest.raises(WrongUsage) as refused:
            opened(tmp_path, card("FN:A"), **said)
        assert refused.value.sentence == (
            "--map “FN”: a vCard has no columns, its properties say what they are. Import it without --map."
        )
