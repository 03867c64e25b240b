"""Rows that say nothing new are left alone at once, and a row that says anything new is not taken for one of them."""

from datetime import date
from typing import Any

import pytest

from care.customers.imports import take as actions
from care.customers.imports.take import Imported
from care.words import Status, Usable
from stores import Store, contact, draft, later, people, phone

FULL = draft(
    "Kári Nord", phone(1), contact("4012", Usable.UNCHECKED, "40-12"), "kari@x.no",
    company="Fjord", external_id="7", segment="gold", status=Status.ACTIVE, country="NO", zone="Europe/Oslo",
    birth_day=29, birth_month=2, birth_year=1980, joined_on=date(2020, 5, 17), extra={"Shoe": "43", "Å": "é"},
)  # fmt: skip


def rows_written(store: Store, file: list[Any], now: Any) -> tuple[Imported, int]:
    """What an import came to, and how many rows SQLite wrote for it, triggers included."""
    from care.customers.imports.take import import_customers

    with store.changing(now) as session:
        driver = session.connection().connection.dbapi_connection
        before = driver.total_changes
        imported = import_customers(session, file, "people.csv", "plain", "crm", now)
        return imported, driver.total_changes - before


@pytest.mark.parametrize("count", [1, 4500])
def test_an_unchanged_file_writes_the_batch_and_no_row_of_a_customer(store: Store, count: int) -> None:
    file = [FULL, *people(count), draft("Nobody's Number"), draft("By Mail", "m@x.no")]
    store.take(file)
    imported, written = rows_written(store, file, later(days=1))
    assert imported.counts["unchanged"] == len(file)
    assert written == 2  # the batch is begun and ended


@pytest.mark.parametrize(
    ("more", "column", "stored"),
    [
        ({"name": "Kári Berg"}, "name", "Kári Berg"),
        ({"name": "KÁRI NORD"}, "name", "KÁRI NORD"),
        ({"company": "Berg"}, "folded", "kari nord berg"),
        ({"segment": "silver"}, "segment", "silver"),
        ({"status": Status.FORMER}, "standing", "former"),
        ({"country": "SE"}, "country", "SE"),
        ({"zone": "Europe/Stockholm"}, "zone", "Europe/Stockholm"),
        ({"birth_day": 28}, "birth_day", 28),
        ({"birth_month": 3}, "birth_month", 3),
        ({"birth_year": 1981}, "birth_year", 1981),
        ({"joined_on": date(2020, 5, 18)}, "joined_on", "2020-05-18"),
        ({"extra": {"Shoe": "44"}}, "json_extract(extra, '$.Shoe')", "44"),
        ({"contacts": (contact(phone(2)),)}, "phone", phone(2)),
        ({"contacts": (contact("new@x.no"),)}, "email", "new@x.no"),
    ],
)
def test_every_field_that_changes_is_seen(store: Store, more: dict[str, Any], column: str, stored: object) -> None:
    store.take([FULL, *people(2)])
    file = [FULL._replace(**more), *people(2)]
    for day, counts in ((1, (1, 2)), (2, (0, 3))):
        imported = store.take(file, later(days=day))
        assert (imported.counts["updated"], imported.counts["unchanged"]) == counts
        assert store.one(f"SELECT {column} FROM customer WHERE id = 1") == stored


@pytest.mark.parametrize(
    "left_out",
    ["company", "segment", "status", "country", "zone", "birth_day", "birth_month", "birth_year", "joined_on"],
)
def test_what_a_row_leaves_out_is_nothing_new(store: Store, left_out: str) -> None:
    store.take([FULL])
    imported, written = rows_written(store, [FULL._replace(**{left_out: None})], later(days=1))
    assert (imported.counts["unchanged"], written) == (1, 2)


@pytest.mark.parametrize("piece", [1, 2000])
def test_what_an_earlier_row_has_just_changed_is_compared_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(actions, "PIECE", piece)
    store.take([FULL, *people(2)])
    # The first row means the same customer by their address and has no id; the second is what was stored before.
    imported = store.take([draft("Kári Nord", "kari@x.no", segment="silver"), FULL, FULL], later(days=1))
    assert (imported.counts["updated"], imported.counts["unchanged"]) == (2, 1)
    assert store.one("SELECT segment FROM customer WHERE id = 1") == "gold"
    assert sum(imported.standings.values()) == 1
    assert store.one("SELECT count(*) FROM company") == 1


@pytest.mark.parametrize("piece", [1, 2000])
def test_an_unchanged_customer_is_counted_once_as_they_stand_in_the_end(
    store: Store, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(actions, "PIECE", piece)
    store.take([FULL])
    later_row = FULL._replace(status=Status.FORMER, company="A New One")
    imported = store.take([FULL, FULL, later_row, later_row], later(days=1))
    assert (imported.counts["unchanged"], imported.counts["updated"]) == (3, 1)
    assert {kind.value: n for kind, n in imported.standings.items()} == {"former": 1}


def test_an_unchanged_unchecked_number_is_counted(store: Store) -> None:
    odd = draft("Odd", contact("12345", Usable.UNCHECKED, "123 45"), external_id="O")
    store.take([odd, *people(3)])
    assert store.take([odd, odd, *people(3)], later(days=1)).unchecked == 1
