"""Customers written to a CSV and read again: whatever a cell holds comes back to the letter."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.customers.customer_input import CustomerInput, Rejection
from care.customers.records import ContactRecord
from care.exchange.csv.customers import read_customers
from care.exchange.csv.export import csv_pieces
from care.exchange.csv.reading_options import ReadingOptions
from care.person.export import ExportedCustomer, ExportShape
from care.text import tidy
from care.words import ContactKind, Eligibility, Status, Usable

KARI = ExportedCustomer(
    1, "ab" * 16, "Kari", "Fjord AS", (), (), "Gold", Status.ACTIVE, Eligibility.CALLABLE, "NO", "Europe/Oslo",
    "1980-11-26", date(2021, 3, 1), "Ann", "mornings", 1234.5, {},
)  # fmt: skip


def phone(value: str, usable: Usable = Usable.YES, original: str | None = None) -> ContactRecord:
    return ContactRecord(ContactKind.PHONE, value, original or value, usable)


def email(value: str, original: str | None = None) -> ContactRecord:
    return ContactRecord(ContactKind.EMAIL, value, original or value, Usable.YES)


def shape_of(customers: list[ExportedCustomer]) -> ExportShape:
    def most(kind: ContactKind) -> int:
        return max(sum(contact.kind is kind for contact in one.contacts) for one in customers)

    systems = dict.fromkeys(system for one in customers for system, _ in one.numbers)
    columns = dict.fromkeys(column for one in customers for column in one.extra)
    return ExportShape(most(ContactKind.PHONE), most(ContactKind.EMAIL), tuple(systems), tuple(columns))


def written(*customers: ExportedCustomer, raw: bool = False) -> str:
    return "".join(csv_pieces(shape_of(list(customers)), customers, raw=raw))


def read(folder: Path, text: str, unreadable: int = 0) -> list[CustomerInput]:
    path = folder / "out.csv"
    path.write_text(text, "utf-8", newline="")
    file = read_customers(path, ReadingOptions(country="IN"))
    assert file.layout == "care"
    found = list(file.customers())
    assert not [one for one in found if isinstance(one, Rejection)]
    assert file.unreadable.total() == unreadable
    return [one for one in found if isinstance(one, CustomerInput)]


def as_read(draft: CustomerInput) -> ExportedCustomer:
    """What a draft says, as it was exported."""
    year = "-" if draft.birth_year is None else f"{draft.birth_year:04}"
    birthday = f"{year}-{draft.birth_month:02}-{draft.birth_day:02}" if draft.birth_day else None
    contacts = tuple(ContactRecord(*contact) for contact in draft.contacts)
    return KARI._replace(
        uid=draft.external_id, name=draft.name, company=draft.company, contacts=contacts, numbers=draft.numbers,
        segment=draft.segment, status=draft.status, country=draft.country, zone=draft.zone, birthday=birthday,
        joined_on=draft.joined_on, owner=draft.owner, hours=draft.hours, spend=draft.spend, extra=draft.extra,
    )  # fmt: skip


def test_the_file() -> None:
    kari = KARI._replace(
        contacts=(phone("+4722123456"), phone("5550101", Usable.UNCHECKED, "555-0101"), email("k@f.no", "K@f.no")),
        numbers=(("HubSpot", "007"),),
        extra={"zip": "0150", "name": "of the dog"},
    )
    assert list(csv.DictReader(io.StringIO(written(kari)))) == [
        {
            "care uid": "ab" * 16, "name": "Kari", "company": "Fjord AS", "phone": "'+4722123456",
            "phone 2": "555-0101", "phones usable": "yes unchecked", "email": "K@f.no", "segment": "Gold",
            "status": "active", "country": "NO", "time zone": "Europe/Oslo", "birthday": "1980-11-26",
            "joined on": "2021-03-01", "owner": "Ann", "preferred hours": "mornings", "total spend": "1234.5",
            "external id in HubSpot": "007", "zip": "0150", "kept: name": "of the dog",
        }
    ]  # fmt: skip


def test_raw_leaves_cells_as_they_are() -> None:
    kari = KARI._replace(name="=1+1", contacts=(phone("+4722123456"),), extra={"=x": "-1"})
    assert written(kari, raw=True).splitlines()[1].split(",")[1:4] == ["=1+1", "Fjord AS", "+4722123456"]
    assert written(kari).splitlines()[0].endswith(",'=x")
    assert written(kari).splitlines()[1].split(",")[1:4] == ["'=1+1", "Fjord AS", "'+4722123456"]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"name": "Null", "company": "None", "segment": "-"},
        {"company": None, "segment": None, "country": None, "zone": None, "birthday": None, "joined_on": None},
        {"birthday": "--02-29"},
        {"owner": "Somebody Else", "hours": "Tue, Thu after 16:00", "spend": 1.234},
        {"owner": None, "hours": None, "spend": None},
        {"spend": -0.125},
        {"spend": 1e16},
        {"spend": 0.1 + 0.2},
        {"birthday": "0980-01-02"},
        {"country": "XK"},
        {"status": Status.FORMER},
        {"numbers": (("HubSpot", "007"), ("HubSpot", "=8"), ("columns 1a2b", "9"))},
        {"country": None, "zone": None, "contacts": (phone("+4722123456"),)},
        {"contacts": (phone("22123456", Usable.UNCHECKED, "22 12 34 56"), phone("+4722123456"))},
        {"contacts": (phone("+4722123456", Usable.NO),)},
        {"contacts": (phone("9876543210", Usable.UNCHECKED, "98765 43210"),)},
        {"contacts": (phone("12345", Usable.NO, "12 345 ext. 9"),)},
        {"contacts": (phone("+12345", Usable.UNCHECKED, "+1 23-45"),)},
        {"contacts": (phone("02215550101", Usable.UNCHECKED, "0221/555 0101, or so"),)},
        {"contacts": tuple(email(f"a{n}@x.no") for n in range(12))},
        {"contacts": (email("a,b@x.no"), email("o'brien|x@y.no"), email("a<b@x.no"))},
    ],
    ids=str,
)  # fmt: skip
def test_a_customer_comes_back(tmp_path: Path, changed: dict[str, Any]) -> None:
    customer = KARI._replace(**changed)
    assert [as_read(one) for one in read(tmp_path, written(customer))] == [customer]


def test_a_number_corrected_in_the_file_is_read_anew(tmp_path: Path) -> None:
    text = written(KARI._replace(contacts=(phone("5550101", Usable.UNCHECKED, "555-0101"),)))
    [kari] = read(tmp_path, text.replace("555-0101", "+4722123456"))
    assert [(one.value, one.usable) for one in kari.contacts] == [("+4722123456", "yes")]
    [kari] = read(tmp_path, text.replace("555-0101", "soon"), unreadable=1)
    assert (kari.contacts, kari.extra) == ((), {"phone": "soon"})


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
hostile = st.sampled_from(
    ["=1", "'=", "''@x", "\tx", "\r", '"', ",", ";\n", "  ", "N/A", "007", "phone", "＝", "\u2028"]
)
texts = st.builds("".join, st.lists(cells | hostile, min_size=1, max_size=4))
names = texts.map(tidy).filter(bool)


@settings(max_examples=150)
@given(
    st.lists(
        st.builds(
            KARI._replace,
            name=names,
            company=st.none() | names,
            segment=st.none() | names,
            numbers=st.lists(st.tuples(st.sampled_from(["HubSpot", "columns 0a"]), names), max_size=2).map(
                lambda found: tuple(sorted(dict.fromkeys(found), key=lambda one: one[0] != "HubSpot"))
            ),
            extra=st.dictionaries(names, texts.filter(str.strip), max_size=4),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_every_text_comes_back(tmp_path: Path, customers: list[ExportedCustomer]) -> None:
    assert [as_read(one) for one in read(tmp_path, written(*customers))] == [
        one._replace(numbers=tuple(sorted(one.numbers, key=lambda number: _at(customers, number[0]))))
        for one in customers
    ]


def _at(customers: list[ExportedCustomer], system: str) -> int:
    return list(shape_of(customers).systems).index(system)
