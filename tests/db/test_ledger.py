"""The ledger is numbered by the program: on from the last row, whoever appended it."""

from itertools import pairwise
from typing import Any

from sqlalchemy import event

from care.db.ledger import LedgerRow, append_to_ledger, head
from care.words import LedgerKind
from stores import MONDAY, Store, people

ROWS = [LedgerRow(LedgerKind.POLICY, {"n": number}) for number in range(3)]


def test_rows_go_on_from_the_last(store: Store) -> None:
    store.take(people(3))
    before = store.rows("SELECT id FROM ledger ORDER BY id")
    for _ in range(2):
        with store.changing() as session:
            append_to_ledger(session, ROWS, MONDAY)
            append_to_ledger(session, ROWS[:1], MONDAY)
    with store.changing(keep=False) as session:
        append_to_ledger(session, ROWS, MONDAY)
    with store.changing() as session:
        last = append_to_ledger(session, ROWS[:1], MONDAY)
        assert head(session) == last
    ids = [id_ for (id_,) in store.rows("SELECT id FROM ledger ORDER BY id")]
    assert len(ids) == len(before) + 9
    assert ids == list(range(1, len(ids) + 1))
    assert store.one("SELECT hash FROM ledger ORDER BY id DESC LIMIT 1") == last


def test_the_numbers_are_given_by_the_program(store: Store) -> None:
    written: list[tuple[str, Any]] = []
    event.listen(store.engine, "before_cursor_execute", lambda c, r, statement, p, x, m: written.append((statement, p)))
    with store.changing() as session:
        append_to_ledger(session, ROWS, MONDAY)
    [(statement, values)] = [one for one in written if one[0].startswith("INSERT INTO ledger")]
    assert statement.startswith("INSERT INTO ledger (id, ")
    assert all(later[0] == earlier[0] + 1 for earlier, later in pairwise(values))


def test_nothing_to_append_is_the_head_as_it_was(store: Store) -> None:
    with store.changing() as session:
        assert append_to_ledger(session, [], MONDAY) == head(session)
