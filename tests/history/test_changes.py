"""What undo says of a change that goes to and fro."""

from care.customers.add import add_customer
from care.history.changes import list_changes
from care.history.undo import undo_last
from stores import MONDAY, Store, draft, later, phone


def test_it_says_whether_something_went_or_came_back(store: Store) -> None:
    with store.changing() as session:
        add_customer(session, draft("Kari", phone(1)), MONDAY)
    said = []
    for hours in range(1, 5):
        with store.changing(later(hours=hours)) as session:
            done = undo_last(session, later(hours=hours))
            said.append((done.brought_back, done.change.of))
        assert store.one("SELECT count(*) FROM customer") == (hours + 1) % 2
    assert said == [(False, None), (True, "test"), (False, "test"), (True, "test")]
    with store.reading() as session:
        assert [one.of for one in list_changes(session).changes][:5] == ["test", "test", "test", "test", None]
