"""Cards as phones and mail programs really write them, file by file, compared with what their sources expect."""

import re
from pathlib import Path

import pytest

from care.customers.customer_input import CustomerInput, Rejection
from care.exchange.csv.reading_options import ReadingOptions
from care.exchange.customer_files import open_customers
from care.exchange.vcards.files import VCardsFile

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
CALCARD, EZ = "calcard/resources/vcard", "ez-vcard/src/test/resources/ezvcard/io/text"
SABRE = "sabre-vobject/tests/VObject"
NOBODY = "no name, company, e-mail or phone"

# Every card of every file, by the line its BEGIN is on: a name, or why it is nobody.
CARDS: dict[str, dict[int, str]] = {
    f"{CALCARD}/001.vcf": {1: "Forrest Gump"},
    f"{CALCARD}/002.vcf": {1: "Forrest Gump"},
    f"{CALCARD}/004.vcf": {1: "Derik Stenerson", 12: "Anik Ganguly", 21: "Robert Moskowitz"},
    f"{CALCARD}/005.vcf": {
        1: "Thies-Tillman Jacobsen",
        11: "Lenn Biernoth",
        25: "Ludwig-Götz Graßl",
        39: "Marita Kreutzer",
        52: "Kathi Hoelzl",
    },
    f"{CALCARD}/006.vcf": {1: "John Doe"},
    f"{CALCARD}/007.vcf": {1: "Forrest Gump"},
    f"{CALCARD}/009.vcf": {
        1: "Mäx Mustermann",
        11: "Test X-Mobil",
        19: "John Doe얁",
        26: "гор ЗаорсЁкі xyz і",
        38: "XXXXXXXXXX",
        49: "Max Mustermann",
        60: "N Only",
        66: "Only FN",
        72: "The Dollar$",
        78: "Hola Test",
    },
    f"{CALCARD}/049.vcf": {1: "Simon Perreault"},
    f"{CALCARD}/050.vcf": {1: f"-{NOBODY}"},
    f"{CALCARD}/052.vcf": {1: f"-{NOBODY}"},
    f"{CALCARD}/053.vcf": {1: f"-{NOBODY}"},
    f"{CALCARD}/057.vcf": {1: "Bj=F8rn Jensen"},  # it does not say that it is quoted-printable
    f"{CALCARD}/059.vcf": {1: "AAA Our Fax"},
    f"{CALCARD}/063.vcf": {1: f"-{NOBODY}", 5: f"-{NOBODY}", 9: f"-{NOBODY}"},
    f"{CALCARD}/064.vcf": {1: "Roberts Sam"},
    f"{CALCARD}/065.vcf": {1: "Stepcase TestUser"},
    f"{CALCARD}/067.vcf": {1: "Bj=F8rn Jensen"},
    f"{CALCARD}/068.vcf": {1: f"-{NOBODY}"},
    f"{CALCARD}/072.vcf": {1: "Big Joey"},
    f"{CALCARD}/077.vcf": {1: "{NAME}"},
    f"{CALCARD}/rfc.vcf": {
        1: "Taro Yamada",
        64: "jdoe@example.com",
        71: "john@example.com",
        78: "J. Doe",
        88: "J. Doe",
        101: "-“The Doe family” is a group, not a customer",
        109: "John Doe",
        115: "-“Funky distribution list” is a group, not a customer",
        125: "Simon Perreault",
    },
    f"{EZ}/John_Doe_ANDROID.vcf": {
        1: "john.doe@company.com",
        6: "jane.doe@company.com",
        11: "Ñ Ñ Ñ Ñ Ñ",
        18: "Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ",
        36: "Ñ Ñ Ñ Ñ",
        71: "ÑÑÑÑ",
    },
    f"{EZ}/John_Doe_BLACK_BERRY.vcf": {1: "John Doe"},
    f"{EZ}/John_Doe_GMAIL.vcf": {1: "Mr. John Richter, James Doe Sr."},
    f"{EZ}/John_Doe_LOTUS_NOTES.vcf": {1: "Mr. Doe John I Johny"},
    f"{EZ}/John_Doe_MAC_ADDRESS_BOOK.vcf": {1: "Mr. John Richter,James Doe Sr."},
    f"{EZ}/fullcontact.vcf": {1: "Prefix FirstName MiddleName LastName Suffix"},
    f"{EZ}/gmail-list.vcf": {1: "Arnold Smith", 7: "Chris Beatle", 13: "Doug White"},
    f"{EZ}/outlook-2007.vcf": {1: "Mr. Michael Angstadt Jr."},
    f"{EZ}/rfc6350-example.vcf": {1: "Simon Perreault"},
    f"{SABRE}/issue64.vcf": {1: f"-{NOBODY}"},
}


def opened(path: str, **said: object) -> VCardsFile:
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"{path} is not there: the cards this test reads are not part of the project")
    found = open_customers(file, ReadingOptions(**said))  # type: ignore[arg-type]
    assert isinstance(found, VCardsFile)
    return found


def drafts(path: str, **said: object) -> list[CustomerInput]:
    return [draft for draft in opened(path, **said).customers() if isinstance(draft, CustomerInput)]


def contacts(draft: CustomerInput) -> list[str]:
    return [contact.value for contact in draft.contacts]


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.split("/")[-1])
def test_every_card_is_accounted_for(path: str) -> None:
    found = {one.line: f"-{one.reason}" if isinstance(one, Rejection) else one.name for one in opened(path).customers()}
    assert found == CARDS[path]
    begun = re.findall(rb"(?im)^BEGIN:VCARD", (SHARED / path).read_bytes())
    assert len(found) == len(begun)


def test_there_is_no_file_of_cards_that_is_not_read_here() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"there is no {SHARED}: the cards this test reads are not part of the project")
    assert {path.relative_to(SHARED).as_posix() for path in SHARED.rglob("*.vcf")} == set(CARDS)


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.split("/")[-1])
def test_no_picture_or_key_is_kept(path: str) -> None:
    for draft in drafts(path):
        for words in draft.extra.values():
            assert not re.search(r"[A-Za-z0-9+/]{120}", words)
            assert "base64" not in words


@pytest.mark.parametrize("number", ["001", "002", "007"])
def test_gump(number: str) -> None:
    [gump] = drafts(f"{CALCARD}/{number}.vcf")
    assert (gump.company, gump.country, gump.zone) == ("Bubba Gump Shrimp Co.", "US", "America/New_York")
    # 111 is no area code; the second can be called.
    assert [(one.value, one.usable.value) for one in gump.contacts] == [
        ("1115551212", "unchecked"),
        ("+14045551212", "yes"),
        ("forrestgump@example.com", "yes"),
    ]
    assert gump.extra["TITLE"] == "Shrimp Man"
    assert gump.extra["ADR (home)"] == "42 Plantation St., Baytown, LA, 30314, United States of America"
    space = " " if number == "001" else ""  # calcard reads it so too
    assert gump.extra["LABEL (work)"] == f"100 Waters Edge\n{space}Baytown, LA 30314\nUnited States of America"
    assert "REV" not in gump.extra


def test_a_version_that_comes_late() -> None:
    derik, anik, _ = drafts(f"{CALCARD}/004.vcf")
    assert (derik.birth_day, derik.birth_month, derik.birth_year) == (21, 9, 1963)
    assert contacts(derik) == ["+14259365522", "deriks@microsoft.com"]
    assert derik.extra["TEL (work fax)"] == "+1-425-936-7329"
    assert (derik.zone, anik.company) == ("America/Los_Angeles", "Open Text Inc.")


def test_several_cards_with_notes() -> None:
    thies, lenn, ludwig, *_ = drafts(f"{CALCARD}/005.vcf")
    assert (thies.segment, thies.birth_year, thies.extra["TZ"], thies.zone) == ("Sportverein", 1908, "+0100", None)
    assert lenn.extra["BIRTHPLACE"] == "Hörstel"
    assert lenn.extra["NOTE"] == (
        "Interessen: Internet trollen, Kekse backen, Videos schneiden\nLieblingsessen: Chillibrot mit Kartoffelpuffer"
    )
    assert contacts(ludwig) == ["ludwig-goetz@ludwig-goetz-grassl.org"]


def test_an_agent_is_not_the_customer() -> None:
    [john] = drafts(f"{CALCARD}/006.vcf")
    assert contacts(john) == [
        "1115551212",
        "+14045551212",
        "+14045551213",
        "forrestgump@example.com",
        "example@example.com",
    ]
    assert john.extra["AGENT"] == "John Doe"
    assert john.extra["URL"] == "https://www.google.com/"


def test_cards_of_android_phones() -> None:
    maex, _, _, _, dutch, german, *_, hola = drafts(f"{CALCARD}/009.vcf")
    assert contacts(maex) == ["+49123456789", "max@mustermann.de"]
    assert dutch.extra["NOTE"] == "XXXXXXXXXX € ##,##\nXXXXXXXXXX € ##,##"
    assert (dutch.country, dutch.zone, dutch.extra["ADR (work)"]) == (
        "NL",
        "Europe/Amsterdam",
        "XXXXXXXXXX, XXXXXXXXXX",
    )
    assert (german.company, german.country) == ("xxx", None)
    assert hola.extra["X-ANDROID-CUSTOM"].startswith("vnd.android.cursor.item/nickname;HÖLA;")


def test_the_preferred_number_and_a_birthday_without_a_year() -> None:
    for path in (f"{CALCARD}/049.vcf", f"{EZ}/rfc6350-example.vcf"):
        [simon] = drafts(path)
        assert contacts(simon) == ["+14186569254", "+14182626501", "simon.perreault@viagenie.ca"]
        assert (simon.birth_day, simon.birth_month, simon.birth_year) == (3, 2, None)
        assert (simon.company, simon.country, simon.zone) == ("Viagenie", "CA", "America/Toronto")
        assert simon.extra["ADR (work)"] == "Suite D2-630, 2875 Laurier, Quebec, QC, G1V 2M2, Canada"
        assert simon.extra["KEY (work)"] == "http://www.viagenie.ca/simon.perreault/simon.asc"
        assert (simon.extra["LANG"], simon.extra["TZ"]) == ("fr\nen", "-0500")
        assert simon.extra["GEO (work)"] == "geo:46.772673,-71.282945"


def test_a_fax_is_no_phone() -> None:
    file = opened(f"{CALCARD}/059.vcf")
    [fax] = file.customers()
    assert isinstance(fax, CustomerInput)
    assert (fax.contacts, fax.external_id) == ((), "pas-id-3F93E22900000001")
    assert fax.extra == {
        "TEL (work fax)": "925 833-7660",
        "TEL (home fax)": "925 833-7660",
        "TEL (fax)": "2",
        "TEL": "1",
        "EMAIL": "e@c",
        "X-EVOLUTION-FILE-AS": "AAA Our Fax",
    }
    assert file.unreadable == {"phone": 1, "email": 1}
    [step] = drafts(f"{CALCARD}/065.vcf")
    assert contacts(step) == ["22222222", "11111111", "33333333", "testuser@stepcase.com"]
    assert (step.extra["TEL (fax)"], step.extra["TEL (pager)"]) == ("44444444\n55555555", "66666666")
    assert step.extra["LABEL (home)"].startswith("123 Home, Home Street\nKowloon, N/A\nHong Kong\n")


def test_strange_groups_and_parameters() -> None:
    [bjorn] = drafts(f"{CALCARD}/067.vcf")
    assert contacts(bjorn) == ["+13137474454", "bjorn@umich.edu"]
    assert (bjorn.extra["V"], bjorn.extra["TEL"]) == ("v-value", "+...")
    assert bjorn.extra["SOURCE"] == "ldap://cn=bjorn%20Jensen, o=university%20of%20Michigan, c=US"
    assert bjorn.extra["VALUE"] == "1.2.3\nsome.other\nsome.other.value"
    [role] = drafts(f"{CALCARD}/057.vcf")
    assert role.extra["ROLE"] == "Office Manager;Something Else"


def test_the_company_card_of_an_apple() -> None:
    file = opened(f"{CALCARD}/077.vcf")
    [card] = file.customers()
    assert isinstance(card, CustomerInput)
    assert (card.company, contacts(card)) == ("{NAME}", ["name@example.com"])
    assert card.extra == {"URL (HomePage)": "https://www.example.com", "X-ABSHOWAS": "COMPANY"}
    assert file.notices == ["1 picture, sound or key left out."]


def test_the_examples_of_the_standard() -> None:
    taro, _, _, doe, doe_again, john, _ = drafts(f"{CALCARD}/rfc.vcf")
    assert (taro.company, taro.segment, taro.country) == ("ABC, Inc.", "TRAVEL AGENT", "US")
    assert taro.external_id == "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
    # PREF=1 stands first, though the number comes again after the other.
    assert contacts(taro) == ["+15555555555", "+3301234567", "jqpublic@xyz.example.com", "jdoe@example.com"]
    assert (taro.birth_day, taro.birth_month, taro.birth_year) == (15, 4, 1996)
    assert taro.extra["BDAY"] == "--0415\n19531015T231000Z\ncirca 1800"
    assert taro.extra["CATEGORIES"] == "TRAVEL AGENT, INTERNET, IETF, INDUSTRY, INFORMATION TECHNOLOGY"
    # As calcard expects them.
    assert taro.extra["NOTE"] == (
        "Mythical Manager\nHyjinx Software Division\n BabsCo, Inc.\n"
        "This fax number is operational 0800 to 1715EST, Mon-Fri."
    )
    assert "http://directory.example.com/addressbooks/jdoe/Jean%20Dupont.vcf" in taro.extra["SOURCE"]
    assert taro.extra["RELATED (co-worker)"] == "Please contact my assistant Jane Doe for any inquiries."
    assert taro.extra["ORG"] == "North American Division, Marketing"
    assert doe.external_id == doe_again.external_id == "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"
    assert contacts(doe_again)[2:] == ["jdoe@example.com", "ceo@example.com"]
    assert john.contacts == ()


def test_android() -> None:
    # The values ez-vcard expects of this file.
    file = opened(f"{EZ}/John_Doe_ANDROID.vcf")
    _, _, third, fourth, fifth, sixth = (one for one in file.customers() if isinstance(one, CustomerInput))
    assert [(one.value, one.usable.value) for one in third.contacts] == [("123456789", "unchecked")]
    assert contacts(fourth) == ["123456", "234567", "3456789", "45678901"]
    note = "Ñ Ñ Ñ Ñ Ñ Ñ Ñ ÑÑ Ñ Ñ Ñ Ñ Ñ Ñ ÑÑ Ñ Ñ Ñ Ñ"
    assert set(fourth.extra["NOTE"].replace("  ", " ").split("\n")) == {note}
    assert (fifth.company, fifth.segment) == ("Ñ" * 12, None)
    assert contacts(fifth) == ["123456", "bob@company.com"]
    assert fifth.extra == {
        "TEL (work fax)": "123456",
        "EMAIL": "Ñ" * 14,
        "URL": "www.company.com\nhttp://www.company.com",
    }
    # Half a letter at the end of the second company does not spoil the rest of it.
    assert (sixth.company, sixth.extra) == ("Ñ" * 44, {"ORG": "Ñ" * 44 + "�"})
    assert (file.unreadable, file.encoding) == ({"email": 1}, "utf-8")


def test_black_berry() -> None:
    [john] = drafts(f"{EZ}/John_Doe_BLACK_BERRY.vcf")
    assert (john.company, contacts(john), john.extra) == ("Acme Solutions", ["+96123456789"], {})
    assert (john.country, john.zone) == ("LB", "Asia/Beirut")


def test_gmail() -> None:
    [john] = drafts(f"{EZ}/John_Doe_GMAIL.vcf", country="US")
    assert (john.company, john.birth_day, john.birth_month, john.birth_year) == ("IBM", 22, 3, 1980)
    assert contacts(john) == ["+19055551234", "+19056661234", "john.doe@ibm.com"]
    assert john.extra["ADR (home)"] == (
        "Crescent moon drive\n555-asd\nNice Area, Albaney, New York 12345\nUnited States of America"
    )
    assert john.extra["URL (work)"] == "http://www.ibm.com"
    assert john.extra["X-ABDATE (Anniversary)"] == "1975-03-01"
    assert john.extra["X-ABRELATEDNAMES (Spouse)"] == "Jenny"
    assert john.extra["NOTE"].startswith(
        'THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND'
    )
    assert john.extra["NOTE"].endswith("\nFavotire Color: Blue")


def test_mac_address_book() -> None:
    [john] = drafts(f"{EZ}/John_Doe_MAC_ADDRESS_BOOK.vcf")
    assert (john.company, john.extra["ORG"], john.country) == ("IBM", "Accounting", "US")
    assert contacts(john) == ["+19057771234", "+19056661234", "+19055551234", "+19052221234", "john.doe@ibm.com"]
    assert [john.extra[f"TEL ({kind})"] for kind in ("home fax", "work fax", "pager")] == [
        "905-888-1234",
        "905-999-1234",
        "905-111-1234",
    ]
    assert john.extra["ADR (work)"] == "Street4\nBuilding 6\nFloor 8, New York, 12345, USA"
    assert john.extra["URL (HomePage)"] == "http://www.ibm.com"
    assert (john.birth_day, john.birth_month, john.birth_year) == (6, 6, 2012)


def test_lotus_notes() -> None:
    [john] = drafts(f"{EZ}/John_Doe_LOTUS_NOTES.vcf")
    assert (john.company, john.external_id) == ("IBM", "0e7602cc-443e-4b82-b4b1-90f62f99a199")
    assert contacts(john) == ["+121220434456", "john.doe@ibm.com", "billy_bob@gmail.com"]
    assert (john.birth_day, john.birth_month, john.birth_year) == (21, 5, 1980)
    assert (john.extra["TZ"], john.extra["ROLE"], john.extra["NICKNAME"]) == ("1:00", "Counting Money", "Johny,JayJay")
    assert john.extra["TEL (work fax)"] == "00-1-212-555-7777"


def test_outlook() -> None:
    [mike] = drafts(f"{EZ}/outlook-2007.vcf")
    assert (mike.company, mike.extra["ORG"], mike.country) == ("TheCompany", "TheDepartment", "US")
    assert contacts(mike) == ["1115551111", "1115552222", "1115554444", "mike.angstadt@gmail.com"]
    assert (mike.birth_day, mike.birth_month, mike.birth_year) == (10, 3, 1922)
    assert mike.extra["NOTE"] == (
        "This is the NOTE field\t\nI assume it encodes this text inside a NOTE vCard type.\n"
        "But I'm not sure because there's text formatting going on here.\nIt does not preserve the formatting"
    )
    assert mike.extra["LABEL (work)"] == "222 Broadway\nNew York, NY 99999\nUSA"


def test_full_contact() -> None:
    [full] = drafts(f"{EZ}/fullcontact.vcf", country="US")
    assert (full.company, full.segment) == ("Organization1", "Tag")
    assert full.extra["ORG"] == "Department1\nOrganization2, Department2"
    assert [one.original for one in full.contacts][:7] == [f"555-555-111{n}" for n in (1, 2, 3, 4, 5, 8, 9)]
    assert contacts(full)[7:] == [f"{kind}@example.com" for kind in ("home", "work", "school", "other", "custom")]
    assert (full.birth_day, full.birth_month, full.birth_year) == (1, 8, 2016)
    assert "BDAY" not in full.extra
    assert full.extra["PHOTO"].startswith(
        "https://d3m0kzytmr41b1.cloudfront.net/c335e945d1b60edd9d75eb4837c432f637e95c8a\nhttps://"
    )
    assert full.extra["ADR (work)"] == "WorkExtended, WorkStreet, WorkCity, WorkState, WorkPostal, WorkCountry"
