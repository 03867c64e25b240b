"""Whose account it is, when they like to be called, and what they spent, read from files as tools write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.customers.customer_input import CustomerInput
from care.exchange.csv.accounts import amount_said, amount_written
from care.exchange.csv.customers import read_customers
from care.exchange.csv.reading_options import ReadingOptions
from stores import MONDAY, Store


def drafts(path: Path, text: str) -> tuple[list[CustomerInput], dict[str, int]]:
    path.write_text(text, "utf-8")
    file = read_customers(path, ReadingOptions(country="NO"))
    found = [one for one in file.customers() if isinstance(one, CustomerInput)]
    return found, dict(file.unreadable)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1234.5", 1234.5), ("1,234.50", 1234.5), ("1.234,50 €", 1234.5), ("$1,234", 1234.0), ("1.234", 1234.0),
        ("1 234,50 kr", 1234.5), ("1\u00a0234,50", 1234.5), ("1'234.50", 1234.5), ("-$12", -12.0), ("USD 12", 12.0),
        ("1,234,567", 1234567.0), ("0.125", 0.125), ("1234.125", 1234.125), ("0", 0.0), ("€ 1.000.000,5", 1000000.5),
        ("12 apples", None), ("12.345.67", None), ("1,23,456", None), ("3 of 5", None), ("n/a", None), ("1e5", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_tools_and_people_write_it(cell: str, amount: float | None) -> None:
    assert amount_said(cell) == amount


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_an_amount_that_was_written_is_read_again_to_the_letter(amount: float) -> None:
    assert amount_said(amount_written(amount)) == amount


def test_the_account_of_a_customer_comes_with_the_file(tmp_path: Path) -> None:
    found, unreadable = drafts(
        tmp_path / "crm.csv",
        "Name,Phone,Contact owner,Best time to call,Total Spent\n"
        'Kari,+4722123456,Somebody Else,Mornings,"1,234.50"\n'
        "Ola,+4722123457, ,whenever,a lot\n"
        "Eva,+4722123458,-,,\n",
    )
    kari, ola, eva = found
    assert (kari.owner, kari.hours, kari.spend, kari.extra) == ("Somebody Else", "Mornings", 1234.5, {})
    assert (ola.owner, ola.hours, ola.spend) == (None, None, None)
    assert ola.extra == {"Best time to call": "whenever", "Total Spent": "a lot"}
    assert (eva.owner, eva.hours, eva.spend, eva.extra) == (None, None, None, {})
    assert unreadable == {"hours": 1, "spend": 1}


def test_an_unchanged_file_writes_nothing_and_a_changed_one_what_it_says(store: Store, tmp_path: Path) -> None:
    header = "id,name,phone,owner,preferred hours,total spend\n"
    first, _ = drafts(tmp_path / "a.csv", f"{header}1,Kari,+4722123456,Ann,mornings,10.50\n2,Ola,+4722123457,,,\n")
    store.take(first)
    before = store.rows("SELECT * FROM customer"), store.one("SELECT count(*) FROM journal")
    again = store.take(first)
    assert (again.counts["unchanged"], again.counts["updated"]) == (2, 0)
    assert (store.rows("SELECT * FROM customer"), store.one("SELECT count(*) FROM journal")) == before
    second, _ = drafts(tmp_path / "b.csv", f"{header}1,Kari,+4722123456,Bo,,11\n2,Ola,+4722123457,,,\n")
    third = store.take(second, MONDAY)
    assert (third.counts["unchanged"], third.counts["updated"]) == (1, 1)
    told = store.rows("SELECT owner, hours, spend FROM customer ORDER BY id")
    assert told == [("Bo", "mornings", 11.0), (None, None, None)]  # what a file does not say stays
