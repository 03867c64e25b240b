"""The selection report: what it counts, held against counts made by hand from the file itself."""

from datetime import timedelta

import pytest

from care.calls.planning.actions import skip_call
from care.calls.tries.actions import Try, record_try
from care.customers.changing.actions import stop_calling
from care.customers.forgetting.actions import forget
from care.customers.merging.actions import merge_customers
from care.history.actions import record_policy
from care.history.undoing.actions import undo_last
from care.reports.selection.actions import selection
from care.reports.selection.records import Selection
from care.store.settings import put_setting
from care.times.weeks import Week
from care.words import Outcome
from stores import MONDAY, Store, later, people


def asked(store: Store) -> Selection:
    with store.reading() as session:
        return selection(session)


def tried(store: Store, call: int, outcome: Outcome, at: timedelta) -> None:
    with store.changing(MONDAY + at) as session:
        record_try(session, call, Try(MONDAY + at, "Ann", outcome, explicit_clock=True), MONDAY + at)


@pytest.fixture
def drawn(store: Store) -> Store:
    """Sixty customers, a third of them gold, and four weeks of five calls: held, refused, a wrong number, skipped."""
    store.take(one._replace(segment="gold" if number % 3 == 0 else None) for number, one in enumerate(people(60)))
    for week in range(4):
        at = timedelta(weeks=week)
        store.plan(Week(2026, 48 + week), MONDAY + at, wanted=5)
        calls = [row for (row,) in store.rows("SELECT id FROM call WHERE state = 'planned' ORDER BY id")]
        tried(store, calls[0], Outcome.REACHED, at + timedelta(hours=1))
        tried(store, calls[1], Outcome.REFUSED, at + timedelta(hours=2))
        tried(store, calls[2], Outcome.WRONG_NUMBER, at + timedelta(hours=3))
        with store.changing(MONDAY + at + timedelta(hours=4)) as session:
            skip_call(session, calls[3], "busy", MONDAY + at + timedelta(hours=4))
    return store


def test_the_drawn_of_the_cycle_are_counted_by_group(drawn: Store) -> None:
    found = asked(drawn)
    [spread] = [one for one in found.spreads if one.what == "segment"]
    ids = {row for (row,) in drawn.rows("SELECT customer_id FROM call WHERE kind = 'drawn'")}
    gold = {row for (row,) in drawn.rows("SELECT id FROM customer WHERE segment = 'gold'")}
    by_name = {one.name: one for one in spread.groups}
    assert by_name["gold"].drawn == len(ids & gold)
    assert by_name["none said"].drawn == len(ids - gold)
    # A wrong number takes somebody out of the order, not out of those who were drawn; all sixty belong to the cycle.
    assert (by_name["gold"].customers, by_name["none said"].customers) == (20, 40)
    assert by_name["gold"].expected == pytest.approx(len(ids) * 20 / 60)
    assert found.cycle == 1
    assert [one.what for one in found.spreads] == ["segment"]  # one country, one status: nobody to favour


def test_nothing_is_said_of_few_and_nothing_of_nobody(store: Store) -> None:
    store.take(people(30))
    assert asked(store).verdict == "nothing was drawn yet"
    store.plan(wanted=3)
    assert asked(store).verdict == "too few were drawn to tell"


def test_honest_draws_show_no_favour_and_the_same_store_says_the_same(drawn: Store) -> None:
    found = asked(drawn)
    assert "no sign of favour" in (found.verdict, found.spreads[0].verdict[: len("no sign of favour")])
    assert asked(drawn) == found


def test_a_store_whose_draws_were_bent_is_found(drawn: Store) -> None:
    with drawn.bare() as connection:  # all that were drawn turn gold, and nobody else is
        connection.execute("UPDATE customer SET segment = NULL")
        connection.execute("UPDATE customer SET segment = 'gold' WHERE id IN (SELECT customer_id FROM call)")
    found = asked(drawn)
    assert found.verdict == "a sign of favour, by segment"
    assert found.spreads[0].verdict.startswith("a sign of favour: differences this large come up in")


def test_how_the_calls_ended(drawn: Store) -> None:
    last: dict[int, str] = {}
    for customer, state in drawn.rows(
        "SELECT customer_id, state FROM call WHERE kind = 'drawn' AND closed_at IS NOT NULL "
        "AND state NOT IN ('skipped', 'lapsed') ORDER BY id"
    ):
        last[customer] = state
    found = asked(drawn)
    counts = [list(last.values()).count(one) for one in ("held", "refused", "unreached")]
    assert [found.cases.interviews, found.cases.refusals, found.cases.noncontacts + found.cases.unknown] == counts
    assert found.cases.unknown == 4
    held, refused, _ = counts
    assert found.rates.cooperation == pytest.approx(held / (held + refused))
    assert [(one.caller, one.skipped) for one in found.callers] == [("Ann", 4)]


def test_what_is_on_record_beside_the_draws(drawn: Store) -> None:
    before = asked(drawn).record
    assert (before.policy_changes, before.undone, before.forgotten, before.merged) == (0, 0, 0, 0)
    assert (before.resized, before.hand_set) == (4, before.hand_set)
    at = later(weeks=4)
    with drawn.changing(at) as session:
        put_setting(session, "rest_days", 30)
        record_policy(session, at)
    with drawn.changing(at) as session:
        stop_calling(session, 50, "no", at)
    with drawn.changing(at) as session:
        undo_last(session, at)
    with drawn.changing(at) as session:
        merge_customers(session, 51, 52, at)
    with drawn.changing(at) as session:
        forget(session, 53, at)
    after = asked(drawn).record
    assert (after.policy_changes, after.undone, after.forgotten, after.merged) == (1, 1, 1, 1)
    assert asked(drawn).no_chance == {"no_phone": 4}
