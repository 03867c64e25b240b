"""The words kept for the search follow what was said, whatever happens to it."""

from datetime import date

import pytest

from care.history.undo import undo_last
from care.issues.raising import raise_issue
from care.owed.promises import make_promise
from care.person.forget import forget
from care.touches.touch import record_touch
from care.words import Purpose
from stores import MONDAY, Store, later, made_once, people

NOTES = "SELECT kind, customer_id, said_at, private, words FROM note ORDER BY id"


def found(store: Store, word: str) -> list[str]:
    query = "SELECT words FROM note WHERE id IN (SELECT rowid FROM note_words WHERE note_words MATCH ?) ORDER BY id"
    return [words for (words,) in store.rows(query, word)]


@made_once
def told(store: Store) -> Store:
    """Something said of each kind that needs no talk."""
    store.take(people(5))
    with store.changing() as session:
        raise_issue(session, "Late invoices", 1, MONDAY, words="Ålways läte")
        make_promise(session, 2, "send the guides", date(2026, 12, 1), "Ann", MONDAY)
        record_touch(session, 3, Purpose.THANK, "flowers", None, "Ann", later(hours=1), later(hours=2))
    return store


def test_everything_said_is_kept_once_with_whose_it_is(told: Store) -> None:
    at = "2026-11-23 09:00:00.000000"
    assert told.rows(NOTES) == [
        ("issue", None, at, 0, "Late invoices"),
        ("raiser", 1, at, 0, "Ålways läte"),
        ("promise", 2, at, 0, "send the guides"),
        ("touch", 3, "2026-11-23 10:00:00.000000", 0, "flowers"),
    ]


@pytest.mark.parametrize("word", ["late", "always", "invoice", "guide", "flower"])
def test_words_are_found_whatever_the_accents_and_endings(told: Store, word: str) -> None:
    assert found(told, word)


def test_changed_words_are_found_and_the_old_ones_are_not(told: Store) -> None:
    with told.bare() as connection:
        connection.execute("UPDATE issue SET title = 'Wrong prices' WHERE id = 1")
        connection.execute("UPDATE raiser SET words = NULL WHERE id = 1")
        connection.execute("UPDATE customer SET remember = 'an exam in May' WHERE id = 4")
        connection.execute("UPDATE customer SET remember = 'a new boat' WHERE id = 4")
    assert (found(told, "late"), found(told, "price")) == ([], ["Wrong prices"])
    assert (found(told, "exam"), found(told, "boat")) == ([], ["a new boat"])


def test_a_customer_who_becomes_another_takes_the_words_along(told: Store) -> None:
    with told.bare() as connection:
        connection.execute("UPDATE promise SET customer_id = 5")
    assert ("promise", 5, "2026-11-23 09:00:00.000000", 0, "send the guides") in told.rows(NOTES)


def test_undo_takes_the_words_away_and_back(told: Store) -> None:
    before = told.rows(NOTES)
    with told.changing(later(hours=3)) as session:
        make_promise(session, 2, "a boat", date(2026, 12, 1), "Ann", later(hours=3))
    assert found(told, "boat") == ["a boat"]
    with told.changing(later(hours=4)) as session:
        undo_last(session, later(hours=4))
    assert (found(told, "boat"), told.rows(NOTES)) == ([], before)


def test_nothing_a_forgotten_customer_said_is_found_or_left_in_the_file(told: Store) -> None:
    with told.changing(later(hours=3)) as session:
        forget(session, 3, later(hours=3))
    assert found(told, "flowers") == []
    told.close()
    assert b"flower" not in told.path.read_bytes()
