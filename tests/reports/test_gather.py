"""The sections of the report, gathered from a store with a history."""

from datetime import date, timedelta

import pytest

from care.calls.add import new_call
from care.calls.week_off import take_week_off
from care.customers.records import Person
from care.interviews.notes import CallNotes
from care.interviews.record import record
from care.issues.raising import join_issue, raise_issue
from care.issues.telling import settle_issue, tell_raiser
from care.owed.owed import owed
from care.owed.promises import make_promise
from care.owed.records import OwedItem, in_order
from care.reports.gather import gather
from care.reports.period import period_between
from care.reports.records import Asking
from care.reports.section import MEETING
from care.touches.touch import record_touch
from care.words import CallKind, IssueState, Outcome, Purpose
from stores import MONDAY, WEEK, Store, later, new_store, people

ANN = Person(1, "Ann")


def item(number: int, state: str, due: str, overdue: int) -> OwedItem:
    return OwedItem(
        number, "tell" if state == "fixed" else "promise", ANN, "x", date.fromisoformat(due), overdue, state, None, ""
    )


def test_broken_promises_come_first_then_who_waits_longest_then_what_is_due() -> None:
    items = [
        item(1, "open", "2026-12-01", 0), item(2, "fixed", "2026-10-01", 53), item(3, "broken", "2026-11-22", 1),
        item(4, "open", "2026-11-25", 0), item(5, "broken", "2026-11-01", 22), item(6, "fixed", "2026-11-20", 3),
    ]  # fmt: skip
    assert [one.id for one in in_order(items)] == [5, 3, 2, 6, 4, 1]


NOW = later(days=22)


@pytest.fixture(scope="module")
def storied(tmp_path_factory):
    """Four weeks of three calls among 200 customers, one of them off, with issues, promises and touches."""
    store = new_store(tmp_path_factory.mktemp("storied") / "care.db", team=["Ann", "Bo", "Cy", "Di"])
    store.take(people(200))
    for week in (0, 1, 3):
        plan = store.plan(WEEK.plus(week), later(days=7 * week))
        for number, call in enumerate(plan.calls):
            if call.week != str(WEEK.plus(week)) or (week == 3 and number > 0):
                continue
            now = later(days=7 * week, hours=1 + number)
            said = {
                "answers": {"ease": f"words {call.id}", "life": "private"},
                "readings": {"ease": "good" if number else "bad"},
            }
            with store.changing(now) as session:
                record(session, call.customer.id, CallNotes(at=now, caller="Bo" if number == 2 else "Ann", **said), now)
    with store.changing(NOW) as session:
        take_week_off(session, WEEK.plus(5), "Christmas", NOW)
        chosen = new_call(session, 150, CallKind.CHOSEN, NOW.date(), "Ann", NOW)
        talk = CallNotes(at=NOW, caller="Ann", readings={"ease": "good"}, listeners=("Cy",))
        assert record(session, 150, talk, NOW).call.id == chosen
        for who in (160, 161):
            record_touch(session, who, Purpose.SELL, None, None, "Ann", NOW, NOW)
        record_touch(session, 161, Purpose.GIVE, None, None, "Ann", NOW, NOW)
        raise_issue(session, "Late invoices", 5, later(days=1))
        join_issue(session, 1, 6, later(days=2))
        raise_issue(session, "Slow site", 7, NOW)
        settle_issue(session, 1, IssueState.FIXED, None, later(days=12))
        tell_raiser(session, 1, 6, "Person", "pleased", "Ann", later(days=13))
        for due in (NOW.date() - timedelta(2), NOW.date() + timedelta(7), NOW.date() + timedelta(8)):
            make_promise(session, 8, f"by {due}", due, "Bo", later(days=1))
    with store.bare() as connection:
        connection.execute("UPDATE customer SET last_heard_at = '2025-01-05 09:00:00.000000' WHERE id IN (180, 181)")
        connection.execute("UPDATE customer SET last_heard_at = '2024-01-05 09:00:00.000000' WHERE id = 182")
    yield store
    store.close()


def report(store: Store, **asked):
    asking = Asking(MEETING, period_between(None, None, NOW.date(), "UTC"), **asked)
    with store.reading() as session:
        return gather(session, asking, NOW)


def test_what_is_owed(storied: Store) -> None:
    found = report(storied).sections["owed"]
    assert [(one.ref, one.state, one.overdue_days, one.customer.id) for one in found] == [
        ("p1", "broken", 2, 8), ("i1", "fixed", 10, 5), ("p2", "open", 0, 8), ("p3", "open", 0, 8),
    ]  # fmt: skip
    with storied.reading() as session:
        assert (owed(session, NOW).total, owed(session, NOW, limit=1).owed[0].ref) == (4, "p1")
        assert [one.ref for one in owed(session, NOW, caller="Bo").owed] == ["p1", "p2", "p3"]


def test_what_is_open(storied: Store) -> None:
    found = report(storied).sections["open_issues"]
    assert [(one.id, one.state, one.new, one.waiting) for one in found] == [
        (1, IssueState.FIXED, False, 1), (2, IssueState.OPEN, True, 0),
    ]  # fmt: skip


def test_only_drawn_talks_feed_a_share_and_private_words_stay_private(storied: Store) -> None:
    heard = report(storied).sections["heard"]
    assert (heard.talks, heard.drawn) == (8, 7)
    [ease] = heard.shares
    assert (ease.key, ease.good, ease.of) == ("ease", 4, 7)  # the chosen talk's good reading is a story
    assert {one.key for one in heard.quotes} == {"ease"}
    everything = report(storied, private=True, everything=True).sections["heard"]
    assert len(everything.quotes) == 7
    assert {one.words for one in everything.quotes} <= {"private", *(f"words {n}" for n in range(1, 20))}


def test_who_is_neglected(storied: Store) -> None:
    found = report(storied).sections["neglected"]
    heard = storied.one("SELECT count(*) FROM customer WHERE last_heard_at IS NOT NULL")
    assert (found.gone_silent, found.never_heard, found.of) == (3, 200 - heard, 200)
    assert [(one.customer.id, one.reason) for one in found.customers if one.last_heard_on is None] == [
        (160, "never heard, only sold to")
    ]
    assert [one.customer.id for one in found.customers] == [182, 180, 181, 160]
    assert found.customers[0].silent_days == (NOW.date() - date(2024, 1, 5)).days


def test_how_the_practice_goes(storied: Store) -> None:
    found = report(storied).sections["practice"]
    assert [(one.week, one.calls, one.tried, one.held, one.kept) for one in found.weeks] == [
        ("2026-W48", 3, 3, 3, True), ("2026-W49", 3, 3, 3, True), ("2026-W51", 3, 1, 1, False),
    ]  # fmt: skip
    assert found.weeks_kept == 0  # week 50 had no plan, and week 51 is running
    assert (found.tries, found.reached, found.talks, found.drawn_talks) == (8, 8, 8, 7)
    assert found.spoke == {"Ann": 6, "Bo": 2, "Cy": 1}
    assert found.silent == ("Di",)


def test_initials_hide_customers_and_not_the_team(storied: Store) -> None:
    made = report(storied, initials=True)
    assert {one.customer.name for one in made.sections["owed"]} == {"P. 0."}
    assert {raiser.name for one in made.sections["open_issues"] for raiser in one.raised_by} == {"P. 0."}
    assert {one.name for one in made.sections["heard"].quotes} == {"P. 0."}
    assert set(made.sections["practice"].spoke) == {"Ann", "Bo", "Cy"}
    assert made.seal == storied.one("SELECT seal FROM draw ORDER BY id DESC LIMIT 1")


def test_an_empty_store_has_an_empty_report(store: Store) -> None:
    with store.reading() as session:
        made = gather(session, Asking(MEETING, period_between(None, None, MONDAY.date(), "UTC")), MONDAY)
    assert made.sections["owed"] == made.sections["open_issues"] == made.sections["heard"].shares == ()
    assert (made.sections["neglected"].of, made.sections["neglected"].all_heard_by, made.seal) == (0, None, None)
    assert (made.sections["practice"].weeks_kept, made.sections["practice"].silent) == (0, ("Ann", "Bo"))
    assert Outcome.REACHED == "reached"
