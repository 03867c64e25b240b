"""Rows of a customer file, and the customers they become."""

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from care.customers.customer_input import CustomerInput, Rejection
from care.exchange.csv.customers import ColumnUse, CustomersFile, read_customers
from care.exchange.csv.reading_options import ReadingOptions, parse_map
from care.text import with_apostrophe
from care.words import Status

Reader = Callable[..., CustomersFile]


@pytest.fixture
def opened(tmp_path: Path) -> Reader:
    """Opens a file of that text, with those options."""

    def read(text: str, **said: object) -> CustomersFile:
        path = tmp_path / "customers.csv"
        path.write_text(text, encoding="utf-8", newline="")
        return read_customers(path, ReadingOptions(**said))  # type: ignore[arg-type]

    return read


def customers(file: CustomersFile) -> list[CustomerInput]:
    drafts = list(file.customers())
    assert all(isinstance(draft, CustomerInput) for draft in drafts), drafts
    return [draft for draft in drafts if isinstance(draft, CustomerInput)]


def only(file: CustomersFile) -> CustomerInput:
    (draft,) = customers(file)
    return draft


def test_a_whole_customer(opened: Reader) -> None:
    file = opened(
        "Record ID,First Name,Last Name,Company,Mobile,Work Phone,Email,Segment,Status,Country,Birthday,Created,Notes\n"
        "17,Åse,Berg,Berg AS,900 12 345,+47 22 12 34 56,ASE@berg.no,"
        "Small,Customer,Norge,--0229,2021-03-05T10:00:00Z,likes tea\n"
    )
    draft = only(file)
    assert draft._replace(contacts=()) == CustomerInput(
        line=2,
        name="Åse Berg",
        company="Berg AS",
        external_id="17",
        segment="Small",
        status=Status.ACTIVE,
        country="NO",
        zone="Europe/Oslo",
        birth_day=29,
        birth_month=2,
        joined_on=date(2021, 3, 5),
        extra={"Notes": "likes tea"},
    )
    assert [contact.value for contact in draft.contacts] == ["+4790012345", "+4722123456", "ase@berg.no"]
    assert draft.contacts[0].original == "900 12 345"
    assert file.columns[0] == ColumnUse("Record ID", "external_id")
    assert file.columns[-1] == ColumnUse("Notes", None)
    assert (file.notices, file.unreadable, file.unknown_statuses) == ([], {}, {})


def test_contacts_stand_in_the_order_of_preference_and_once(opened: Reader) -> None:
    draft = only(
        opened(
            "Name,Home Email,Email,Work Email,Other Phone,Home Phone,Phone,Work Phone,Mobile\n"
            "A,h@x.no,m@x.no,w@x.no,22000005,22000004,22000003,22000002,22000001 / +4722000002\n",
            country="NO",
        )
    )
    assert [contact.value for contact in draft.contacts] == [
        *(f"+472200000{number}" for number in (1, 2, 3, 4, 5)),
        "w@x.no",
        "m@x.no",
        "h@x.no",
    ]


def test_what_comes_twice_stands_where_it_came_first_and_as_it_was_written_there(opened: Reader) -> None:
    draft = only(opened("Name,Mobile,Work Phone,Phone\nA,220 00 001,22000002,22000001\n", country="NO"))
    assert [(contact.value, contact.original) for contact in draft.contacts] == [
        ("+4722000001", "220 00 001"),
        ("+4722000002", "22000002"),
    ]


def test_a_label_beside_a_number_says_what_it_is(opened: Reader) -> None:
    draft = only(
        opened(
            "First Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,"
            "Phone 2 - Label,Phone 2 - Value,Phone 3 - Label,Phone 3 - Value,Labels\n"
            "A,* Work,a@b.no ::: c@d.no,Home Fax,+4722000009,"
            "Home,+4722000001,Mobile,+4722000002,* myContacts ::: Friends\n"
        )
    )
    assert [contact.value for contact in draft.contacts] == ["+4722000002", "+4722000001", "a@b.no", "c@d.no"]
    assert draft.extra["Phone 1 - Value"] == "+4722000009"
    assert draft.segment == "Friends"


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("John Doe,J,D,Acme,a@b.de,5550100", "John Doe"),
        (",J,D,Acme,a@b.de,5550100", "J D"),
        ("N/A,J,,Acme,a@b.de,5550100", "J"),
        (",,,Acme,a@b.de,5550100", "Acme"),
        ("-,,,n/a,A@b.de,5550100", "a@b.de"),
        (",,,,,+1 555-0100", "+1 555-0100"),
        ("=SUM(A1:A10),,,,,", "=SUM(A1:A10)"),
        ("'=SUM(A1:A10),,,,,", "=SUM(A1:A10)"),
        ("'s-Hertogenbosch,,,,,", "'s-Hertogenbosch"),
        ('"John\nDoe",,,,,', "John Doe"),
    ],
)
def test_a_name_is_found(opened: Reader, row: str, name: str) -> None:
    assert only(opened(f"Name,First Name,Last Name,Company,Email,Phone\n{row}\n")).name == name


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("N/A,invalid-email,not-a-phone,x", "no name, and neither “invalid-email” nor “not-a-phone” can be read"),
        (",invalid-email,,x", "no name, and “invalid-email” cannot be read"),
        (",,,x", "no name, company, e-mail or phone"),
        ("A,,,x,y", "5 cells where the header has 4"),
    ],
)
def test_a_row_without_a_person_is_rejected_with_its_reason(opened: Reader, row: str, reason: str) -> None:
    file = opened(f"Name,Email,Phone,Notes\n\n{row}\n")
    assert list(file.customers()) == [Rejection(3, reason)]
    assert file.unreadable == {}


def test_short_rows_are_filled_and_empty_cells_too_many_do_not_count(opened: Reader) -> None:
    file = opened("Name,Email,Notes\nA\nB,b@c.de,x,,\n")
    assert [(draft.name, draft.extra) for draft in customers(file)] == [("A", {}), ("B", {"Notes": "x"})]


def test_lines_are_those_of_the_file(opened: Reader) -> None:
    file = opened('sep=,\nName,Notes\n\nA,"one\ntwo\r\nthree"\n , \nB,x\r\nC,y\n')
    assert [(draft.line, draft.name) for draft in customers(file)] == [(4, "A"), (8, "B"), (9, "C")]
    assert customers(file)[0].extra == {"Notes": "one\ntwo\r\nthree"}


def test_what_cannot_be_read_is_kept_and_counted(opened: Reader) -> None:
    file = opened(
        "Name,Email,Phone,Country,Time Zone,Birthday,Joined,Status\n"
        "A,me at home,ring me,Atlantis,Mars/Base,29221,soon,Wibble\n"
        "B,,,,,01/02/1980,05/06/2020,Wibble\n"
        "C,,,,,0/0/00,-,n/a\n"
    )
    first, second, third = customers(file)
    assert first.extra == {
        "Email": "me at home",
        "Phone": "ring me",
        "Country": "Atlantis",
        "Time Zone": "Mars/Base",
        "Birthday": "29221",
        "Joined": "soon",
        "Status": "Wibble",
    }
    assert second.extra == {"Birthday": "01/02/1980", "Joined": "05/06/2020", "Status": "Wibble"}
    assert third == CustomerInput(4, "C")
    assert file.unreadable == {"email": 1, "phone": 1, "country": 1, "zone": 1, "birthday": 2, "joined_on": 2}
    assert file.unknown_statuses == {"Wibble": 2}
    assert file.notices == [
        "1 birthday like 01/02/1980 can be read in two ways. Say --dates day-first or month-first.",
        "1 day of joining like 05/06/2020 can be read in two ways. Say --dates day-first or month-first.",
    ]


def test_an_unambiguous_day_says_nothing_about_the_others(opened: Reader) -> None:
    file = opened("Name,Birthday\nA,13/02/1980\nB,01/02/1980\nC,03/04/1990\n")
    assert [draft.birth_day for draft in customers(file)] == [13, None, None]
    assert file.notices == [
        "2 birthdays like 01/02/1980 can be read in two ways. Say --dates day-first or month-first."
    ]
    month_first = opened("Name,Birthday\nB,01/02/1980\n", day_first=False)
    assert (only(month_first).birth_month, month_first.notices) == (1, [])


def test_a_second_reading_begins_anew(opened: Reader) -> None:
    file = opened("Name,Birthday,Status\nA,01/02/1980,Wibble\n")
    first = list(file.customers())
    assert list(file.customers()) == first
    assert len(file.notices) == 1
    assert (file.unreadable, file.unknown_statuses) == ({"birthday": 1}, {"Wibble": 1})


def test_a_status_comes_from_the_map_then_the_word_then_the_option(opened: Reader) -> None:
    columns, values = parse_map(["Lead Status:Won=former", "Lead Status:in talks=active"])
    file = opened(
        "Name,Lead Status\nA,Won\nB,In Talks\nC,New\nD,\nE,Wibble\n",
        columns=columns,
        values=values,
        status=Status.FORMER,
    )
    assert [draft.status for draft in customers(file)] == ["former", "active", "prospect", "former", "former"]
    assert file.unknown_statuses == {"Wibble": 1}
    assert [draft.status for draft in customers(opened("Name\nA\n", status=Status.PROSPECT))] == ["prospect"]
    assert only(opened("Name,Status\nA,\n")).status is None


def test_a_word_may_mean_something_else_in_one_tool(opened: Reader) -> None:
    row = "1,A,{word},x\n"
    header = "Record ID,First Name,Lifecycle Stage,Contact owner\n"
    assert only(opened(header + row.format(word="Subscriber"))).status is Status.PROSPECT
    assert only(opened("Name,Status\nA,Subscriber\n")).status is None


def test_tags_make_the_first_the_segment_and_stay_whole(opened: Reader) -> None:
    one, several, none = customers(opened('Name,Tags\nA,big\nB,"big, old"\nC,\n'))
    assert (one.segment, one.extra) == ("big", {})
    assert (several.segment, several.extra) == ("big", {"Tags": "big, old"})
    assert (none.segment, none.extra) == (None, {})
    assert only(opened('Name,Segment\nA,"big, old"\n')).segment == "big, old"


def test_the_country_of_the_row_reads_its_number_before_the_option(opened: Reader) -> None:
    norwegian, swede, unsaid = customers(
        opened("Name,Phone,Country\nA,22 12 34 56,Norway\nB,08-123 456 78,SE\nC,22123456,\n", country="NO")
    )
    assert [draft.contacts[0].value for draft in (norwegian, swede, unsaid)] == [
        "+4722123456",
        "+46812345678",
        "+4722123456",
    ]
    assert [draft.country for draft in (norwegian, swede, unsaid)] == ["NO", "SE", "NO"]
    assert swede.zone == "Europe/Stockholm"


def test_the_country_of_the_option_is_not_the_customers(opened: Reader) -> None:
    draft = only(opened("Name,Phone\nA,555-0101\n", country="US"))
    assert (draft.country, draft.zone, draft.contacts[0].usable) == (None, None, "unchecked")


def test_headers_without_a_name_are_called_by_their_place(opened: Reader) -> None:
    file = opened("Name,,Name,Email,Email\nA,x,B,a@b.de,c@d.de\n")
    draft = only(file)
    assert draft.extra == {"column 2": "x", "Name (2)": "B"}
    assert [contact.value for contact in draft.contacts] == ["a@b.de", "c@d.de"]


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=8))
def test_any_text_comes_back_out_of_extra(opened: Reader, rows: list[tuple[str, str]]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Name", "Eins", "Zwei"])
    for row in rows:
        writer.writerow(["A", *map(with_apostrophe, row)])
    found = [(draft.extra.get("Eins", ""), draft.extra.get("Zwei", "")) for draft in customers(opened(out.getvalue()))]
    assert found == [(one if one.strip() else "", two if two.strip() else "") for one, two in rows]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(rows=st.lists(st.lists(cells, max_size=5), max_size=8), last=cells.filter(str.strip))
def test_every_record_with_anything_in_it_is_a_customer_or_a_rejection(
    opened: Reader, rows: list[list[str]], last: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Name", "Email", "Phone", "Birthday"])
    for row in [*rows, [last]]:
        writer.writerow(row)
    file = opened(out.getvalue(), country="NO")
    wanted = sum(any(cell.strip() for cell in row) for row in rows) + 1
    assert sum(1 for _ in file.customers()) == wanted
    assert file.position == file.size
