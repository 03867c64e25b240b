"""Finding by name: beginnings of words, and the index following every rename, goodbye and import."""

import sqlite3

import pytest

from care.customers.add import add_customer
from care.customers.edit import Edit, edit_customer
from care.customers.errors import NoSuchCustomer, WhichCustomer
from care.customers.find import find_customer
from care.db.full_text import ids_by_name
from stores import MONDAY, Store, draft, later, made_once, people, phone


def found(store: Store, said: str, limit: int = 50) -> list[int]:
    with store.reading() as session:
        return ids_by_name(session, said, limit)[0]


def index_is_sound(store: Store) -> bool:
    """Whether the full text holds exactly the names of the table, by FTS5's own check."""
    with store.bare() as connection:
        try:
            connection.execute("INSERT INTO customer_name(customer_name, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            return False
        return True


@made_once
def named(store: Store) -> Store:
    """Three customers typed in by hand."""
    with store.changing() as session:
        for number, (name, company) in enumerate(
            [("Kari Nordmann", "Fjord AS"), ("Åse Ødegård", None), ("Karim Straße", "Nord & Søn")], 1
        ):
            add_customer(session, draft(name, phone(number), company=company), MONDAY)
    return store


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("kari", [1, 3]),
        ("Nordm", [1]),
        ("nord", [1, 3]),
        ("kari nord", [1, 3]),
        ("nordmann kari", [1]),
        ("ase", [2]),
        ("ÅSE ø", [2]),
        ("ødeg", [2]),
        ("straße", [3]),
        ("STRASSE", [3]),
        ("ordman", [1]),  # in the middle of a word, where no word begins so
        ("fjord", [1]),
        ("nord & s", [3]),
        ("k", [1, 3]),
        ('"kari"', [1, 3]),
        ("kari*", [1, 3]),
        ("kari OR ase", []),
        ("NOT kari", []),
        ("%", []),
        ("_", []),
        ("", []),
        ("   ", []),
        ("-", []),
    ],
)
def test_names_are_found_by_how_their_words_begin(named: Store, said: str, ids: list[int]) -> None:
    assert found(named, said) == ids


def test_the_index_follows_a_rename_and_a_delete(named: Store) -> None:
    assert index_is_sound(named)
    with named.changing() as session:
        edit_customer(session, 1, Edit(name="Grete Berg"), later(days=1))
    assert found(named, "kari") == [3]
    assert found(named, "grete") == [1]
    assert found(named, "fjord") == [1]
    with named.bare() as connection:
        connection.execute("DELETE FROM contact WHERE customer_id = 3")
        connection.execute("DELETE FROM customer WHERE id = 3")
    assert found(named, "kari") == []
    assert index_is_sound(named)


def test_imported_customers_are_found_too(store: Store) -> None:
    store.take(people(30))
    assert found(store, "person 0007") == [7]
    assert index_is_sound(store)
    store.take([people(1)[0]._replace(name="Renamed Later")], later(days=1))
    assert found(store, "renamed") == [1]
    assert found(store, "person 0001") == []
    assert index_is_sound(store)
    store.take(people(5, first=40), later(days=2))
    assert found(store, "person 0041") == [32]
    assert index_is_sound(store)


def test_a_broken_index_would_be_seen(named: Store) -> None:
    with named.bare() as connection:
        connection.execute(
            "INSERT INTO customer_name(customer_name, rowid, folded) VALUES ('delete', 1, 'kari nordmann')"
        )
    assert not index_is_sound(named)


def test_more_than_the_limit_are_counted(store: Store) -> None:
    store.take(people(60))
    with store.reading() as session:
        ids, total = ids_by_name(session, "person", 50)
    assert (len(ids), total) == (50, 60)
    with store.reading() as session, pytest.raises(WhichCustomer) as which:
        find_customer(session, "person")
    assert "and 51 more" in which.value.sentence
    assert len(which.value.candidates) == 9


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("1", 1),
        (" 2 ", 2),
        ("kari nordmann", 1),
        ("KARI NORDMANN", 1),
        ("+47 400 00 002", 2),
        ("400 00 003", 3),
        ("kari@fjord.no", 4),
        ("Kari@Fjord.NO", 4),
    ],
)
def test_one_customer_is_found_by_what_people_type(named: Store, said: str, who: int) -> None:
    with named.changing() as session:
        add_customer(session, draft("Solveig Dal", "kari@fjord.no"), MONDAY)
    with named.reading() as session:
        assert find_customer(session, said).id == who


def test_nobody_and_too_many_are_said(named: Store) -> None:
    with named.reading() as session:
        for nobody in ("77", "zzz", "x@y.no", "+47 999 99 999", "9" * 40, "\x00", "zz\x00"):
            with pytest.raises(NoSuchCustomer):
                find_customer(session, nobody)
        with pytest.raises(WhichCustomer) as which:
            find_customer(session, "kari")
    assert list(which.value.candidates) == ["1 Kari Nordmann, Fjord AS", "3 Karim Straße, Nord & Søn"]


def test_of_several_the_one_with_a_call_planned_is_meant(named: Store) -> None:
    from care.calls.add import add_chosen

    with named.changing() as session:
        add_chosen(session, 3, None, "Ann", MONDAY)
    with named.reading() as session:
        assert find_customer(session, "kari").id == 3
