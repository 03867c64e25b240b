"""The journal as it is read: rows before and after each change, and which rows changed when."""

from care.customers.edit import Edit, edit_customer
from care.db.journal import begin_change
from care.history.images import (
    DELETE,
    INSERT,
    UPDATE,
    images_about,
    images_of_rows,
    in_one_step,
    row_changes,
    rows_changed_since,
    rows_changed_with,
)
from care.history.undo import undo_last
from care.issues.raising import raise_issue
from care.person.forget import forget
from stores import MONDAY, Store, later, made_once, people


@made_once
def renamed(store: Store) -> Store:
    """The first of two customers was called Bo, and then, in a change that wrote it twice, Cy and Di."""
    store.take(people(2))
    for hours, names in ((1, ["Bo"]), (2, ["Cy", "Di"])):
        with store.changing(later(hours=hours)) as session:
            for name in names:
                edit_customer(session, 1, Edit(name=name), later(hours=hours))
    return store


def names(store: Store, *, whole: bool) -> list[tuple[str | None, str | None]]:
    with store.reading() as session:
        changes = row_changes(session, images_of_rows(session, "customer", [1]))
        shown = in_one_step(changes) if whole else changes
        pairs = [(change.before and change.before["name"], change.after and change.after["name"]) for change in shown]
    return [pair for pair in pairs if pair[0] != pair[1]]


def test_a_row_is_before_a_change_what_it_was_after_the_one_before(renamed: Store) -> None:
    assert names(renamed, whole=False) == [("Person 0001", "Bo"), ("Bo", "Cy"), ("Cy", "Di")]


def test_several_steps_of_one_change_are_one(renamed: Store) -> None:
    assert names(renamed, whole=True) == [("Person 0001", "Bo"), ("Bo", "Di")]


def test_an_image_has_its_change_beside_it(renamed: Store) -> None:
    with renamed.reading() as session:
        [first, *_] = images_about(session, [1])
    assert (first.row, first.act, first.customer_id) == (("customer", "1"), UPDATE, 1)
    assert (first.at, first.command, first.caller, first.undoes) == (later(hours=1), "test", "Ann", None)


def test_what_was_made_and_taken_back_was_not_there_before_nor_after(renamed: Store) -> None:
    with renamed.changing(later(hours=3)) as session:
        raise_issue(session, "Late", 1, later(hours=3))
    with renamed.changing(later(hours=4)) as session:
        undo_last(session, later(hours=4))
    with renamed.reading() as session:
        made, *_, gone = row_changes(session, images_of_rows(session, "issue", [1]))
    assert (made.image.act, made.before, (made.after or {})["title"]) == (INSERT, None, "Late")
    assert (gone.image.act, (gone.before or {})["title"], gone.after) == (DELETE, "Late", None)
    assert gone.image.undoes == made.image.change_id


def test_what_changed_since_a_moment_and_what_changed_together(renamed: Store) -> None:
    with renamed.changing(later(hours=3)) as session:
        edit_customer(session, 2, Edit(name="Ed"), later(hours=3))
        edit_customer(session, 1, Edit(name="Flo"), later(hours=3))
    with renamed.changing(later(hours=4)) as session:
        begin_change(session, "customers import", "Ann", later(hours=4))
        edit_customer(session, 2, Edit(name="Gus"), later(hours=4))
    with renamed.reading() as session:
        for hours, expected in ((1, {1, 2}), (3, {1, 2}), (3.5, set())):
            found = rows_changed_since(session, "customer", later(hours=hours), without="customers import")
            assert set(found) == expected, hours
        assert rows_changed_since(session, "customer", later(hours=3.5), without="nothing") == [2]
        assert set(rows_changed_with(session, "customer", 2)) == {1, 2}
        assert rows_changed_since(session, "contact", MONDAY, without="nothing") == []


def test_of_the_forgotten_there_is_no_image(renamed: Store) -> None:
    with renamed.changing(later(hours=3)) as session:
        forget(session, 1, later(hours=3))
    with renamed.reading() as session:
        assert images_about(session, [1]) == []
        assert images_of_rows(session, "customer", [1]) == []
