"""Which names look like one person's, and which never do."""

import pytest

from care.customers.similar_names import near_company, near_name

ONE = [
    ("Kari Nordmann", "kari nordmann"),
    ("Kari Nordmann", "Nordmann, Kari"),
    ("Kari Nordmann", "K. Nordmann"),
    ("Kari Nordmann", "Kari Nordman"),
    ("José Muñoz", "Jose Munoz"),
    ("Anna-Lena Berg", "Anna Lena Berg"),
    ("王小明", "王小明"),
]
TWO = [
    ("Kari Nordmann", "Ola Nordmann"),
    ("Kari Nordmann", "Kari Hansen"),
    ("K. N.", "K. Nordmann"),
    ("Anna Berg", "Anne Borg"),
    ("", "Kari"),
    ("—", "…"),
    ("Jan", "Jon"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_names_of_one_person(one: str, other: str) -> None:
    assert near_name(one, other)
    assert near_name(other, one)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_names_of_two_people(one: str, other: str) -> None:
    assert not near_name(one, other)
    assert not near_name(other, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Fjord AS", "Fjord", True),
        ("ACME, Inc.", "Acme", True),
        ("Sjö AB", "Sjo", True),
        ("Fjord Books", "Fjord Boats", False),
        ("AS", "AB", False),
        (None, None, False),
        ("Fjord", None, False),
    ],
)
def test_names_of_companies(one: str | None, other: str | None, same: bool) -> None:
    assert near_company(one, other) is same
    assert near_company(other, one) is same
