"""Promises: broken from the day after they were due, and ended once."""

from datetime import date, datetime, timedelta

import pytest

from care.errors import NotFound, WrongUsage
from care.promises.actions import keep_promise, make_promise, open_promises, promise, promises_to
from care.promises.keeping import overdue_days, state_on
from care.words import PromiseState
from stores import MONDAY, Store, later, new_store, people

DUE = date(2026, 11, 27)


@pytest.mark.parametrize("state", list(PromiseState))
@pytest.mark.parametrize("days", [-1, 0, 1, 40])
def test_only_an_open_promise_past_its_day_is_broken(state: PromiseState, days: int) -> None:
    expected = PromiseState.BROKEN if state is PromiseState.OPEN and days > 0 else state
    assert state_on(state, DUE, DUE + timedelta(days)) is expected
    assert overdue_days(DUE, DUE + timedelta(days)) == max(days, 0)


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
