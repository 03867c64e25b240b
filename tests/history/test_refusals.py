"""What is not taken back, and why: drawn, forgotten, restored, gone already, or stood on by later work."""

import pytest
from sqlalchemy.orm import Session

from care.customers.edit import Edit, edit_customer
from care.errors import CareError
from care.history.changes import list_changes
from care.history.errors import (
    CustomersForgotten,
    DrawnFrom,
    DrawStays,
    LaterWork,
    NoSuchImport,
    NothingToUndo,
    RestoreStays,
    UndoneAlready,
)
from care.history.undo import undo_import, undo_last
from care.person.forget import forget
from care.person.leave import pause_customer
from stores import MONDAY, Store, draft, later, made_once, people


@made_once
def imported(store: Store) -> Store:
    """Three customers who came with b1."""
    store.take(people(3))
    return store


def edit(store: Store, who: int, name: str) -> None:
    with store.changing() as session:
        edit_customer(session, who, Edit(name=name), MONDAY)


def undo(store: Store) -> None:
    with store.changing() as session:
        undo_last(session, MONDAY)


def names(store: Store) -> list[str]:
    return [name for (name,) in store.rows("SELECT name FROM customer ORDER BY id")]


def refused(store: Store, error: type[CareError], batch: int | None = None) -> str:
    """The sentence with which a change, or an import, is refused; nothing is changed by it."""
    before = store.dump()

    def take(session: Session) -> object:
        return undo_last(session, MONDAY) if batch is None else undo_import(session, batch, MONDAY)

    with pytest.raises(error) as caught, store.changing() as session:
        take(session)
    assert store.dump() == before
    return caught.value.sentence


def test_an_import_goes_once_what_stood_on_it_was_undone(imported: Store) -> None:
    edit(imported, 2, "Other")
    undo(imported)
    with imported.changing() as session:
        done = undo_import(session, 1, MONDAY)
    assert (done.change.batch, done.brought_back, names(imported)) == ("b1", False, [])


def test_an_import_stays_while_what_stands_on_it_is_there_again(imported: Store) -> None:
    edit(imported, 2, "Other")
    undo(imported)
    undo(imported)
    assert names(imported) == ["Person 0001", "Other", "Person 0003"]
    assert refused(imported, LaterWork, batch=1) == (
        "“care test” of 23 November stands on “care test”. Undo that first: care undo."
    )


def test_the_latest_of_what_stands_on_an_import_is_named_and_the_others_are_counted(imported: Store) -> None:
    edit(imported, 2, "Other")
    with imported.changing(later(days=1)) as session:
        pause_customer(session, 3, later(days=30).date(), None, later(days=1))
    assert refused(imported, LaterWork, batch=1) == (
        "“care test” of 24 November and 1 more stands on “care test”. Undo that first: care undo."
    )


def test_an_import_is_taken_back_once_and_again_after_it_came_back(imported: Store) -> None:
    for _ in range(2):
        with imported.changing() as session:
            undo_import(session, 1, MONDAY)
        assert names(imported) == []
        assert refused(imported, UndoneAlready, batch=1) == (
            "b1 was taken back already. Import the file again to have it."
        )
        undo(imported)
        assert len(names(imported)) == 3


def test_there_must_be_such_an_import(imported: Store) -> None:
    assert refused(imported, NoSuchImport, batch=2) == (
        "there is no import “b2”. care undo --list shows them, like b1."
    )


def test_whom_a_draw_names_is_not_imported_away(imported: Store) -> None:
    imported.plan()
    assert refused(imported, DrawStays).startswith("“care test” drew someone, and a draw is never undone")
    assert refused(imported, DrawnFrom, batch=1).startswith("the draw of week 2026-W48 names somebody whom “care test”")


def test_nothing_of_the_forgotten_comes_back(imported: Store) -> None:
    with imported.changing() as session:
        forget(session, 2, MONDAY)
    assert refused(imported, CustomersForgotten).endswith(
        "was about somebody who was forgotten since, and nothing of that is left to bring back."
    )
    with imported.bare() as connection:
        connection.execute("UPDATE change SET command = 'customers forget' WHERE id = (SELECT max(id) FROM change)")
    assert refused(imported, CustomersForgotten) == (
        "“care customers forget” let somebody go, and nothing of them is left to bring back."
    )


def test_a_restore_is_no_change_to_take_back_nor_is_what_was_before_it(imported: Store) -> None:
    edit(imported, 1, "Other")
    with imported.bare() as connection:
        connection.execute("UPDATE change SET command = 'restore' WHERE id = (SELECT max(id) FROM change)")
    assert refused(imported, RestoreStays).startswith("the last thing done was care restore.")


def test_without_a_change_that_touched_anything_there_is_nothing_to_undo(store: Store) -> None:
    assert refused(store, DrawStays).startswith("“care test” drew someone")  # the founding
    with store.bare() as connection:
        connection.execute("DELETE FROM journal")
    assert refused(store, NothingToUndo) == "there is nothing to undo. care undo --list shows what was done."


def test_a_change_that_touched_nothing_is_passed_by(imported: Store) -> None:
    edit(imported, 1, "Other")
    with imported.changing():
        pass
    with imported.reading() as session:
        assert len(list_changes(session).changes) == 3  # the founding, the import and the edit
    undo(imported)
    assert names(imported)[0] == "Person 0001"


def test_what_an_import_brought_to_somebody_there_goes_with_it_alone(imported: Store) -> None:
    imported.take([draft("Person 0001", "p@x.no", external_id="E1")])
    with imported.changing() as session:
        undo_import(session, 2, MONDAY)
    assert imported.rows("SELECT value FROM contact WHERE customer_id = 1") == [("+4740000001",)]
    with imported.changing() as session:
        undo_import(session, 1, MONDAY)
    assert names(imported) == []


def test_an_import_goes_without_what_it_changed_on_the_forgotten(imported: Store) -> None:
    imported.take([draft("Person 0001", segment="Gold", external_id="E1"), draft("New", "n@x.no")])
    with imported.changing() as session:
        forget(session, 1, MONDAY)
    with imported.changing() as session:
        undo_import(session, 2, MONDAY)
    assert names(imported) == ["Person 0002", "Person 0003", "(forgotten)"]
