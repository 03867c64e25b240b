"""Every step that closes the loop and its undo: what was before is there again, to the last row of the store."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from care.customers.doctor import examine
from care.history.undo import undo_last
from care.issues.editing import IssueEdit, edit_issue, note_issue, own_issue
from care.issues.merging import merge_issues
from care.issues.raising import join_issue, raise_issue
from care.issues.telling import reopen_issue, settle_issue, tell_raiser, tell_where_it_stands
from care.owed.promises import drop_promise, keep_promise, make_promise, move_promise
from care.touches.follow_ups import drop_follow_up, finish_follow_up, move_follow_up
from care.words import IssueKind, IssueState, Stance
from stores import MONDAY, Store, later, made_once, people

KEPT = {"change", "journal", "ledger", "sqlite_sequence"}
"""What grows with every change, an undo among them."""

DAY = date(2026, 12, 4)


def contents(store: Store) -> dict[str, list[tuple]]:
    """Every row of every table but those that only grow, and every word that can be searched for."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_words\\_%' ESCAPE '\\'"
    tables = [name for (name,) in store.rows(named) if name not in KEPT and not name.startswith("customer_name_")]
    rows = {name: sorted(store.rows(f"SELECT * FROM {name}"), key=str) for name in tables if name != "note"}
    rows["note"] = sorted(store.rows("SELECT kind, row_id, customer_id, call_id, words, private FROM note"), key=str)
    return rows | {"note_words": sorted(store.rows("SELECT words FROM note_words"))}


@made_once
def busy(store: Store) -> Store:
    """Issue 1 open, of two; issue 2 fixed, of two, one of them told; issue 3 told; a promise and a small touch owed."""
    store.take(people(5))
    with store.changing() as session:
        raise_issue(session, "Export drops columns", 1, MONDAY, words="by hand")
        join_issue(session, 1, 2, MONDAY)
        raise_issue(session, "The export drops a column", 2, MONDAY, kind=IssueKind.FAILURE)
        join_issue(session, 2, 3, MONDAY)
        settle_issue(session, 2, IssueState.FIXED, "It keeps all", MONDAY)
        tell_raiser(session, 2, 3, "Person 0003", "pleased", "Ann", MONDAY)
        raise_issue(session, "Bills in English", 4, MONDAY)
        settle_issue(session, 3, IssueState.DECLINED, "too few", MONDAY)
        tell_raiser(session, 3, 4, "Person 0004", None, "Ann", MONDAY)
        note_issue(session, 2, "Bo has found it", "Bo", MONDAY)
        make_promise(session, 1, "send the guide", date(2026, 11, 27), "Ann", MONDAY)
    with store.bare() as connection:
        connection.execute(
            "INSERT INTO owing(customer_id, kind, due_on, state) VALUES (1, 'stay_in_touch', '2026-11-25', 'open')"
        )
    return store


NOW = later(days=1)
STEPS: dict[str, Callable[[Session], object]] = {
    "add": lambda session: raise_issue(session, "Two logins", 5, NOW),
    "join": lambda session: join_issue(session, 1, 5, NOW, words="me too"),
    "join what is told": lambda session: join_issue(session, 3, 5, NOW),
    "fix": lambda session: settle_issue(session, 1, IssueState.FIXED, "done", NOW),
    "decline": lambda session: settle_issue(session, 1, IssueState.DECLINED, "no", NOW),
    "tell the last": lambda session: tell_raiser(session, 2, 2, "Person 0002", "wow", "Ann", NOW, stance=Stance.FAN),
    "tell, and it is not so": lambda session: tell_raiser(session, 2, 2, "Person 0002", "not fixed", "Ann", NOW),
    "reopen": lambda session: reopen_issue(session, 3, 4, NOW, "again"),
    "reopen for another": lambda session: reopen_issue(session, 2, 5, NOW, "here as well"),
    "own": lambda session: own_issue(session, 1, "Bo"),
    "edit": lambda session: edit_issue(session, 1, IssueEdit("Columns", True, "at ease", IssueKind.FAILURE)),
    "note": lambda session: note_issue(session, 1, "soon", "Ann", NOW),
    "merge": lambda session: merge_issues(session, 2, 1),
    "merge into the settled": lambda session: merge_issues(session, 1, 2),
    "merge into the told": lambda session: merge_issues(session, 1, 3),
    "a word": lambda session: tell_where_it_stands(session, 1, 2, "Person 0002", NOW),
    "keep": lambda session: keep_promise(session, 1, NOW),
    "move": lambda session: move_promise(session, 1, DAY, NOW),
    "drop": lambda session: drop_promise(session, 1, "they have one", NOW),
    "done": lambda session: finish_follow_up(session, 1, NOW),
    "put off": lambda session: move_follow_up(session, 1, DAY, NOW),
    "let go": lambda session: drop_follow_up(session, 1, "they moved", NOW),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_each_step_and_back_and_forth_again(busy: Store, step: Callable[[Session], object]) -> None:
    before = contents(busy)
    with busy.changing(NOW) as session:
        step(session)
    after = contents(busy)
    assert after != before
    for number, expected in enumerate((before, after, before), 1):
        with busy.changing(later(days=1, hours=number)) as session:
            undo_last(session, later(days=1, hours=number))
        assert contents(busy) == expected, number
    with busy.reading() as session:
        assert [one.name for one in examine(session, later(days=2)) if not one.well] == []
