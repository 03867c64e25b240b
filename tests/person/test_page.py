"""The page of a customer: the card with what happened, as much of it as is wanted."""

from care.customers.edit import Edit, edit_customer
from care.person.page import customer_page
from care.touches.touch import record_touch
from care.words import Purpose
from stores import Store, later, made_once, people


@made_once
def touched(store: Store) -> Store:
    """A customer with three touches, whose name was changed twice."""
    store.take(people(1))
    for days in (1, 2, 3):
        with store.changing(later(days=days)) as session:
            record_touch(session, 1, Purpose.GIVE, f"book {days}", None, "Ann", later(days=days), later(days=days))
    for days, name in ((4, "Bo"), (5, "Cy")):
        with store.changing(later(days=days)) as session:
            edit_customer(session, 1, Edit(name=name), later(days=days))
    return store


def test_the_latest_moments_come_first_and_no_more_than_are_wanted(touched: Store) -> None:
    with touched.reading() as session:
        page = customer_page(session, 1, later(days=6))
        assert (page.name, [moment.words for moment in page.timeline]) == ("Cy", ["book 3", "book 2", "book 1"])
        assert page.changes == ()
        assert [moment.words for moment in customer_page(session, 1, later(days=6), limit=2).timeline] == [
            "book 3", "book 2",
        ]  # fmt: skip


def test_with_the_history_come_the_changes(touched: Store) -> None:
    with touched.reading() as session:
        whole = customer_page(session, 1, later(days=6), history=True)
        latest = customer_page(session, 1, later(days=6), history=True, limit=1)
    assert [change.what for change in whole.changes][:2] == [("name: Bo → Cy",), ("name: Person 0001 → Bo",)]
    assert latest.changes == whole.changes[:1]
