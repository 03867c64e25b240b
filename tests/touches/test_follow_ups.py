"""One small touch some time after a talk: once, unless we were in touch before, and never again for that talk."""

from datetime import date, datetime, timedelta

import pytest

from care.calls.add import add_chosen
from care.customers.doctor import examine
from care.db.settings import put_setting
from care.errors import WrongUsage
from care.history.undo import undo_last
from care.interviews.notes import CallNotes
from care.interviews.record import record
from care.issues.raising import raise_issue
from care.issues.telling import settle_issue, tell_raiser
from care.owed.owed import owed
from care.person.forget import forget
from care.person.leave import bring_back, pause_customer, say_goodbye, stop_calling
from care.person.merge import merge_customers
from care.touches.follow_ups import NoSuchFollowUp, drop_follow_up, follow_up
from care.touches.touch import record_touch
from care.words import IssueState, Outcome, OwingKind, OwingState, Purpose
from stores import MONDAY, Store, later, made_once, people

ROWS = "SELECT customer_id, call_id, due_on, state FROM owing ORDER BY id"
DUE = date(2027, 2, 21)
"""Ninety days after ``MONDAY``."""


def talk(store: Store, who: int = 1, at: datetime = MONDAY, now: datetime | None = None, **said) -> None:
    with store.changing(now or at) as session:
        add_chosen(session, who, None, "Ann", now or at)
        record(session, who, CallNotes(at=at, caller="Ann", **said), now or at)


def due(store: Store, days: float) -> list[int]:
    """Whose small touch is due so many days after ``MONDAY``."""
    with store.reading() as session:
        found = owed(session, later(days=days)).owed
    return [one.customer.id for one in found if one.kind == OwingKind.STAY_IN_TOUCH]


@made_once
def talked(store: Store) -> Store:
    """Five customers, and a talk with the first in which there was something to remember."""
    store.take(people(5))
    talk(store, remember="her exam in May")
    return store


def test_it_is_due_from_its_day_on_with_the_thread(talked: Store) -> None:
    assert talked.rows(ROWS) == [(1, 1, DUE.isoformat(), "open")]
    assert (due(talked, 89), due(talked, 90), due(talked, 400)) == ([], [1], [1])
    with talked.reading() as session:
        [one] = owed(session, later(days=90)).owed
    assert (one.ref, one.what, one.owner) == ("n1", "her exam in May", "Ann")
    assert (one.due_on, one.overdue_days, one.state) == (DUE, 0, OwingState.OPEN)


def test_it_stands_last_in_what_we_owe(talked: Store) -> None:
    with talked.changing(later(days=95)) as session:
        raise_issue(session, "Late", 2, later(days=95))
        settle_issue(session, 1, IssueState.FIXED, None, later(days=95))
        found = owed(session, later(days=100)).owed
    assert [(one.ref, one.kind, one.what, one.overdue_days) for one in found] == [
        ("i1", "tell", "Late", 5), ("n1", "stay_in_touch", "her exam in May", 10),
    ]  # fmt: skip


def test_a_new_talk_settles_it_and_gives_rise_to_its_own(talked: Store) -> None:
    talk(talked, at=later(days=30))
    assert [row[1:] for row in talked.rows(ROWS)] == [(1, DUE.isoformat(), "done"), (2, "2027-03-23", "open")]
    assert (due(talked, 119), due(talked, 120)) == ([], [1])


def test_a_talk_logged_late_gives_rise_to_none_and_settles_nothing(talked: Store) -> None:
    talk(talked, at=later(days=-20), now=later(days=3))
    assert talked.rows(ROWS) == [(1, 1, DUE.isoformat(), "open")]


def test_a_try_that_reached_nobody_is_no_talk(talked: Store) -> None:
    talk(talked, 2, outcome=Outcome.NO_ANSWER)
    assert len(talked.rows(ROWS)) == 1


@pytest.mark.parametrize(
    ("purpose", "state"),
    [(Purpose.THANK, "done"), (Purpose.GIVE, "done"), (Purpose.SERVE, "done"), (Purpose.INVOLVE, "done"),
     (Purpose.SELL, "open"), (Purpose.ASK, "open")],
)  # fmt: skip
def test_a_touch_comes_first_unless_it_was_for_ourselves(talked: Store, purpose: Purpose, state: str) -> None:
    with talked.changing(later(days=9)) as session:
        record_touch(session, 1, purpose, None, None, "Ann", later(days=8), later(days=9))
        record_touch(session, 2, purpose, None, None, "Ann", later(days=8), later(days=9))
    assert talked.rows(ROWS) == [(1, 1, DUE.isoformat(), state)]


def test_a_touch_from_before_the_talk_settles_nothing(talked: Store) -> None:
    with talked.changing(later(days=9)) as session:
        record_touch(session, 1, Purpose.THANK, None, None, "Ann", later(hours=-1), later(days=9))
    assert due(talked, 90) == [1]


def test_telling_them_what_became_of_an_issue_is_being_in_touch(talked: Store) -> None:
    with talked.changing(later(days=1)) as session:
        raise_issue(session, "Late", 1, later(days=1))
        settle_issue(session, 1, IssueState.FIXED, None, later(days=1))
    assert due(talked, 90) == [1]
    with talked.changing(later(days=2)) as session:
        tell_raiser(session, 1, 1, "Person", "pleased", "Ann", later(days=2))
    assert due(talked, 90) == []


def test_what_was_told_in_the_talk_itself_does_not_settle_what_follows_from_it(talked: Store) -> None:
    from care.interviews.notes import ToldIssue

    with talked.changing(later(days=1)) as session:
        raise_issue(session, "Late", 2, later(days=1))
        settle_issue(session, 1, IssueState.FIXED, None, later(days=1))
    talk(talked, 2, later(days=2), told=(ToldIssue(id=1),))
    assert talked.rows(ROWS)[-1][0::3] == (2, "open")


def test_dropped_it_never_comes_again_for_that_talk(talked: Store) -> None:
    with talked.changing(later(days=91)) as session:
        dropped = drop_follow_up(session, 1, "moves house", later(days=91))
    assert (dropped.state, dropped.reason) == (OwingState.DROPPED, "moves house")
    assert (due(talked, 91), due(talked, 4000)) == ([], [])
    with talked.changing(later(days=92), keep=False) as session, pytest.raises(WrongUsage):
        drop_follow_up(session, 1, "again", later(days=92))
    with talked.changing(later(days=93)) as session:
        undo_last(session, later(days=93))
    assert due(talked, 93) == [1]
    with talked.reading() as session, pytest.raises(NoSuchFollowUp):
        follow_up(session, 99)


@pytest.mark.parametrize(("days", "rows"), [(0, 0), (1, 1), (3650, 1)])
def test_after_how_many_days_is_a_setting_and_0_is_never(store: Store, days: int, rows: int) -> None:
    store.take(people(1))
    with store.changing() as session:
        put_setting(session, "stay_in_touch_days", days)
    talk(store)
    expected = [((MONDAY + timedelta(days=days)).date().isoformat(),)] * rows
    assert store.rows("SELECT due_on FROM owing") == expected


@pytest.mark.parametrize(
    "leave",
    [
        lambda session: stop_calling(session, 1, "no", later(days=9)),
        lambda session: say_goodbye(session, 1, "closed", later(days=9)),
        lambda session: pause_customer(session, 1, date(2028, 1, 1), None, later(days=9)),
    ],
)
def test_whoever_wants_to_be_left_alone_is(talked: Store, leave) -> None:
    with talked.changing(later(days=9)) as session:
        leave(session)
    assert due(talked, 90) == []
    with talked.changing(later(days=10)) as session:
        bring_back(session, 1, later(days=10))
    assert due(talked, 90) == [1]


def test_the_undone_talk_leaves_nothing_and_brings_back_what_it_settled(talked: Store) -> None:
    before = talked.rows(ROWS)
    talk(talked, at=later(days=30))
    with talked.changing(later(days=31)) as session:
        undo_last(session, later(days=31))
    assert talked.rows(ROWS) == before


def test_two_who_were_one_are_written_to_once(talked: Store) -> None:
    talk(talked, 2, later(days=5))
    assert due(talked, 100) == [1, 2]
    with talked.changing(later(days=6)) as session:
        merge_customers(session, 1, 2, later(days=6))
    assert due(talked, 100) == [2]
    assert [(row[0], row[3]) for row in talked.rows(ROWS)] == [(2, "done"), (2, "open")]
    with talked.changing(later(days=7)) as session:
        undo_last(session, later(days=7))
    assert due(talked, 100) == [1, 2]
    with talked.reading() as session:
        assert [one.name for one in examine(session, later(days=8)) if not one.well] == []


def test_nothing_is_left_of_whoever_is_forgotten(talked: Store) -> None:
    with talked.changing(later(days=9)) as session:
        forget(session, 1, later(days=9))
    assert talked.rows(ROWS) == []
