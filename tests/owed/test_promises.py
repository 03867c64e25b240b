"""Promises: broken from the day after they were due, and ended once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from care.errors import NotFound, WrongUsage
from care.owed.promise_states import NEXT, is_unkept, overdue_days, state_on
from care.owed.promises import (
    drop_promise,
    keep_promise,
    make_promise,
    move_promise,
    open_promises,
    promise,
    promises_to,
)
from care.touches.follow_ups import drop_follow_up, finish_follow_up, move_follow_up
from care.words import OwingState, PromiseState
from stores import MONDAY, Store, later, new_store, people

DUE = date(2026, 11, 27)


@pytest.mark.parametrize("state", list(PromiseState))
@pytest.mark.parametrize("days", [-1, 0, 1, 40])
def test_only_an_open_promise_past_its_day_is_broken(state: PromiseState, days: int) -> None:
    expected = PromiseState.BROKEN if state is PromiseState.OPEN and days > 0 else state
    assert state_on(state, DUE, DUE + timedelta(days)) is expected
    assert overdue_days(DUE, DUE + timedelta(days)) == max(days, 0)


STEPS = {
    PromiseState.OPEN: (date(2026, 11, 26), None),
    PromiseState.MOVED: (date(2026, 11, 26), DUE - timedelta(7)),
    PromiseState.BROKEN: (date(2026, 11, 28), None),
}
"""A day and the first day it was due on, on which an open promise due on DUE is in that state."""


def test_the_table_of_states_holds_what_time_and_the_steps_do() -> None:
    kept, dropped, moved, broken = PromiseState.KEPT, PromiseState.DROPPED, PromiseState.MOVED, PromiseState.BROKEN
    assert {state: set(after) for state, after in NEXT.items()} == {
        PromiseState.OPEN: {kept, dropped, moved, broken}, moved: {kept, dropped, broken},
        broken: {kept, dropped, moved}, kept: set(), dropped: set(),
    }  # fmt: skip
    assert {state for state in PromiseState if is_unkept(state)} == set(STEPS)


@pytest.mark.parametrize("state", PromiseState)
def test_every_step_in_every_state_leads_where_the_table_says(store: Store, state: PromiseState) -> None:
    store.take(people(1))
    day, first = STEPS.get(state, (DUE, None))
    now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    steps = {
        PromiseState.KEPT: lambda session: keep_promise(session, 1, now),
        PromiseState.DROPPED: lambda session: drop_promise(session, 1, "why", now),
        PromiseState.MOVED: lambda session: move_promise(session, 1, DUE + timedelta(9), now),
    }
    with store.changing() as session:
        make_promise(session, 1, "send the guide", first or DUE, "Ann", MONDAY)
        if first is not None:
            move_promise(session, 1, DUE, MONDAY - timedelta(20))
        if state not in STEPS:
            steps[state](session)
        assert promise(session, 1, now).state is state
        for after, step in steps.items():
            savepoint = session.begin_nested()
            if after in NEXT[state] or after is state is PromiseState.MOVED:
                assert step(session).state is after
            else:
                with pytest.raises(WrongUsage, match="already"):
                    step(session)
            savepoint.rollback()


def test_a_promise_from_making_to_keeping(store: Store) -> None:
    store.take(people(2))
    with store.changing() as session:
        late = make_promise(session, 1, "call back", date(2026, 11, 30), "Bo", MONDAY)
        soon = make_promise(session, 1, "send the guide", DUE, "Ann", MONDAY)
        make_promise(session, 2, "fix it", date(2026, 12, 9), "Ann", MONDAY)
    with store.reading() as session:
        assert [one.id for one in open_promises(session, MONDAY)] == [soon, late, 3]
        assert [one.id for one in promises_to(session, 1, MONDAY)] == [soon, late]
        record = promise(session, soon, later(days=7))
    assert (record.state, record.overdue_days, record.made_on, record.caller) == (
        PromiseState.BROKEN, 3, MONDAY.date(), "Ann",
    )  # fmt: skip
    with store.changing(later(days=7)) as session:
        kept = keep_promise(session, soon, later(days=7))
        assert (kept.state, kept.overdue_days) == (PromiseState.KEPT, 0)
        with pytest.raises(WrongUsage, match="kept already"):
            keep_promise(session, soon, later(days=7))
        with pytest.raises(NotFound):
            keep_promise(session, 99, later(days=7))
    assert store.rows("SELECT state, settled_at FROM promise WHERE id = ?", soon) == [
        ("kept", "2026-11-30 09:00:00.000000")
    ]
    with store.reading() as session:
        assert [one.id for one in open_promises(session, MONDAY)] == [late, 3]


def test_the_day_is_the_team_s(tmp_path) -> None:
    store = new_store(tmp_path / "care.db", timezone="Pacific/Auckland")
    store.take(people(1))
    with store.changing() as session:
        made = make_promise(session, 1, "call back", DUE, "Ann", MONDAY)
    with store.reading() as session:
        evening = datetime.fromisoformat("2026-11-27T12:00:00+00:00")  # the 28th in Auckland
        assert promise(session, made, evening).state is PromiseState.BROKEN
        assert promise(session, made, evening - timedelta(hours=2)).state is PromiseState.OPEN
    store.close()


def test_a_moved_promise_remembers_its_first_day_and_can_be_broken_on_its_new_one(store: Store) -> None:
    store.take(people(1))
    with store.changing() as session:
        number = make_promise(session, 1, "send the guide", DUE, "Ann", MONDAY)
        moved = move_promise(session, number, date(2026, 12, 4), later(days=7))  # it was broken on that day
        assert (moved.state, moved.due_on, moved.moved_from, moved.overdue_days) == (
            PromiseState.MOVED, date(2026, 12, 4), DUE, 0,
        )  # fmt: skip
        again = move_promise(session, number, date(2026, 12, 11), later(days=8))
        assert (again.due_on, again.moved_from) == (date(2026, 12, 11), DUE)
        assert [one.state for one in open_promises(session, later(days=8))] == [PromiseState.MOVED]
        assert promise(session, number, later(days=19)).state is PromiseState.BROKEN
        with pytest.raises(WrongUsage, match="2026-12-01 is past"):
            move_promise(session, number, date(2026, 12, 1), later(days=9))
        with pytest.raises(WrongUsage, match="due on 2026-12-11 already"):
            move_promise(session, number, date(2026, 12, 11), later(days=9))
        assert keep_promise(session, number, later(days=10)).state is PromiseState.KEPT
        with pytest.raises(WrongUsage, match="kept already"):
            move_promise(session, number, date(2026, 12, 20), later(days=10))


def test_a_dropped_promise_says_why(store: Store) -> None:
    store.take(people(1))
    with store.changing() as session:
        number = make_promise(session, 1, "send the guide", DUE, "Ann", MONDAY)
        dropped = drop_promise(session, number, "they have one", later(days=9))
        assert (dropped.state, dropped.reason, dropped.overdue_days) == (PromiseState.DROPPED, "they have one", 0)
        assert open_promises(session, later(days=9)) == ()
        with pytest.raises(WrongUsage, match="dropped already"):
            drop_promise(session, number, "again", later(days=9))
        with pytest.raises(NotFound, match="p9"):
            move_promise(session, 9, date(2026, 12, 20), later(days=9))


def test_other_things_owed_come_to_an_end_once(store: Store) -> None:
    store.take(people(1))
    with store.bare() as connection:
        connection.execute(
            "INSERT INTO owing(customer_id, kind, due_on, state) VALUES (1, 'stay_in_touch', '2026-11-25', 'open')"
        )
    with store.changing() as session:
        assert move_follow_up(session, 1, date(2026, 12, 4), MONDAY).due_on == date(2026, 12, 4)
        assert finish_follow_up(session, 1, MONDAY).state is OwingState.DONE
        for step in (lambda: drop_follow_up(session, 1, "x", MONDAY), lambda: move_follow_up(session, 1, DUE, MONDAY)):
            with pytest.raises(WrongUsage, match="n1 is done already"):
                step()
        with pytest.raises(WrongUsage, match="is past"):
            move_follow_up(session, 1, date(2026, 11, 1), MONDAY)
        with pytest.raises(NotFound, match="n2"):
            finish_follow_up(session, 2, MONDAY)
