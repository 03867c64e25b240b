"""Finding customers who may be one person, and what becomes of each pair."""

import pytest
from sqlalchemy import event

from care.customers.customer_input import CustomerInput
from care.customers.duplicates import (
    NoSuchDuplicate,
    dismiss_duplicate,
    find_duplicates,
    find_duplicates_of,
    list_duplicates,
)
from care.customers.edit import Edit, edit_customer
from care.history.undo import undo_import, undo_last
from stores import MONDAY, Store, draft, later, phone

PEOPLE = [
    draft("Kari Nordmann", phone(1), company="Fjord AS", external_id="E1"),
    draft("K. Nordmann", phone(2), company="Fjord AS", external_id="E2"),
    draft("Ola Nordmann", phone(3), company="Fjord AS", external_id="E3"),
    draft("Mia Berg", phone(4), "mia@home.example", external_id="E4"),
    draft("Maria Berg", "mia@home.example", phone(5), external_id="E5"),
    draft("Per Lund", phone(6), company="Bok Ltd", external_id="E6"),
    draft("per lund", phone(7), company="Bok", external_id="E7"),
    draft("Per Lund", phone(8), company="Sail", external_id="E8"),
    *(draft(f"Clerk {n}", phone(99), external_id=f"S{n}") for n in range(8)),
]


def pairs(store: Store) -> dict[tuple[int, int], tuple[str, ...]]:
    with store.reading() as session:
        return {(one.one.id, one.other.id): one.reasons for one in list_duplicates(session, None).pairs}


EXPECTED = {(1, 2): ("name",), (4, 5): ("email",), (6, 7): ("name",)}


def test_an_import_finds_those_who_look_alike(store: Store) -> None:
    assert store.take(PEOPLE).duplicates == 3
    assert pairs(store) == EXPECTED  # eight clerks at one switchboard are no pairs, nor is another Per Lund elsewhere


def test_it_does_not_matter_in_how_many_files_they_came(store: Store) -> None:
    for one in PEOPLE:
        store.take([one])
    assert EXPECTED.items() <= pairs(store).items()  # of the clerks the first four were few enough to be asked about
    with store.changing() as session:
        find_duplicates(session, MONDAY)
    assert pairs(store) == EXPECTED


def test_one_who_is_changed_is_looked_at_again(store: Store) -> None:
    store.take(PEOPLE)
    with store.changing() as session:
        edit_customer(session, 2, Edit(name="Siri Aas"), MONDAY)
        find_duplicates_of(session, 2, MONDAY)
        edit_customer(session, 8, Edit(company="Bok AS"), MONDAY)
        find_duplicates_of(session, 8, MONDAY)
    assert pairs(store) == {(4, 5): ("email",), (6, 7): ("name",), (6, 8): ("name",), (7, 8): ("name",)}


def test_two_who_are_apart_are_not_proposed_again(store: Store) -> None:
    store.take(PEOPLE)
    with store.changing() as session:
        dismiss_duplicate(session, 5, 4)
    with store.changing() as session:
        find_duplicates(session, MONDAY)
    assert pairs(store) == {(1, 2): ("name",), (6, 7): ("name",)}
    with store.changing() as session, pytest.raises(NoSuchDuplicate, match="Kari Nordmann and Ola Nordmann"):
        dismiss_duplicate(session, 1, 3)


def test_looking_is_nothing_to_undo_and_stands_on_nothing(store: Store) -> None:
    store.take(PEOPLE[:1])
    store.take(PEOPLE[1:])
    with store.changing() as session:
        find_duplicates(session, later(hours=1))
    with store.changing(later(hours=2)) as session:
        assert undo_last(session, later(hours=2)).change.batch == "b2"
    assert pairs(store) == {}
    with store.changing(later(hours=3)) as session:
        undo_last(session, later(hours=3))
    assert pairs(store) == EXPECTED
    with store.changing(later(hours=4)) as session:
        undo_import(session, 2, later(hours=4))
    assert store.one("SELECT count(*) FROM customer") == 1


def test_one_of_many_is_looked_at_without_walking_the_table(store: Store) -> None:
    names = ("Kari", "Ola", "Mia", "Per", "Eva", "Jon")
    store.take([CustomerInput(n, f"{names[n % 6]} Number{n}") for n in range(3000)])
    seen: list[str] = []
    with store.changing() as session:
        event.listen(
            store.engine, "before_cursor_execute", lambda *a: seen.append(a[2]) if a[2].startswith("SELECT") else None
        )
        find_duplicates_of(session, 7, MONDAY)
    walked = [
        (query, row)
        for query in seen
        for row in store.rows(f"EXPLAIN QUERY PLAN {query}", *[1] * query.count("?"))
        if row[3].startswith("SCAN customer") and "VIRTUAL" not in row[3]
    ]
    assert not walked


def test_an_edit_drops_no_pair_that_still_looks_alike(store: Store) -> None:
    # From the longer word the shorter one is not found, only the other way round.
    store.take([draft("Kari Nordman", phone(1), company="Fjord Book", external_id="A")])
    store.take([draft("Kari Nordmann", phone(2), company="Fjord Books", external_id="B")])
    with store.changing() as session:
        find_duplicates_of(session, 1, MONDAY)
    assert pairs(store) == {(1, 2): ("name",)}
    with store.changing() as session:
        find_duplicates_of(session, 2, MONDAY)
        find_duplicates(session, MONDAY)
    assert pairs(store) == {(1, 2): ("name",)}
    with store.changing() as session:
        edit_customer(session, 2, Edit(name="Siri Aas"), MONDAY)
        find_duplicates_of(session, 2, MONDAY)
    assert pairs(store) == {}


def test_in_a_large_company_only_names_of_the_same_words_are_one(store: Store) -> None:
    names = [f"Clerk{chr(97 + n % 26)}{chr(97 + n // 26)} Berg" for n in range(203)]
    crowd = [draft(name, external_id=name, company="Big") for name in [*names, "Kari Moe", "Moe, Kari"]]
    store.take(crowd)
    with store.bare() as connection:
        connection.execute("DELETE FROM duplicate")  # the import had found them one by one
    with store.changing() as session:
        find_duplicates(session, MONDAY)
    assert (204, 205) in pairs(store)
