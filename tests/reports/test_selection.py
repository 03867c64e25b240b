"""The selection report: what it counts, held against counts made by hand from the file itself."""

from datetime import date, timedelta

import pytest

from care.calls.move import move_call
from care.calls.skip import skip_call
from care.calls.tries import Try, record_try
from care.customers.policy import change_setting, record_policy
from care.db.settings import put_setting
from care.history.undo import undo_last
from care.person.forget import forget
from care.person.leave import pause_customer, stop_calling
from care.person.merge import merge_customers
from care.reports.selection import selection
from care.reports.selection_records import Selection
from care.times.weeks import Week
from care.words import Outcome
from stores import MONDAY, Store, later, made_once, people


def asked(store: Store) -> Selection:
    with store.reading() as session:
        return selection(session)


def tried(store: Store, call: int, outcome: Outcome, at: timedelta) -> None:
    with store.changing(MONDAY + at) as session:
        record_try(session, call, Try(MONDAY + at, "Ann", outcome, explicit_clock=True), MONDAY + at)


@made_once
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
    assert by_name["gold"].some == len(ids & gold)
    assert by_name["none said"].some == len(ids - gold)
    # A wrong number takes somebody out of the order, not out of those who were drawn; all sixty belong to the cycle.
    assert (by_name["gold"].of, by_name["none said"].of) == (20, 40)
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
    assert found.verdict == "a sign of favour in who was drawn, by segment"
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


def held_or_not(store: Store, weeks: range, not_reached: set[int]) -> None:
    """Weeks of six calls each: whoever is in the set is said not to have answered, three times, and the rest talked."""
    for week in weeks:
        at = timedelta(weeks=week)
        store.plan(Week.of((MONDAY + at).date()), MONDAY + at, wanted=6)
        calls = store.rows("SELECT id, customer_id FROM call WHERE state = 'planned' AND beside IS NULL ORDER BY id")
        for call, who in calls:
            for day in range(3 if who in not_reached else 1):
                outcome = Outcome.NO_ANSWER if who in not_reached else Outcome.REACHED
                tried(store, call, outcome, at + timedelta(days=day, hours=1))


@made_once
def heard_once(store: Store) -> Store:
    """Sixty customers, each heard once in the ten weeks of a first cycle; a third of them were critics."""
    store.take(people(60))
    with store.changing() as session:
        put_setting(session, "rest_days", 0)
        put_setting(session, "reserves", 0)
        record_policy(session, MONDAY)
    held_or_not(store, range(10), set())
    with store.bare() as connection:
        connection.execute("UPDATE call SET stance = CASE WHEN customer_id % 3 = 0 THEN 'critic' ELSE 'fan' END")
    return store


def test_critics_said_not_to_have_answered_are_a_sign_of_favour(heard_once: Store) -> None:
    held_or_not(heard_once, range(10, 20), {number for number in range(1, 61) if number % 3 == 0})
    found = asked(heard_once)
    [stance] = [one for one in found.heard if one.what == "stance"]
    groups = {one.name: (one.some, one.of) for one in stance.groups}
    assert groups["critics"][0] < 3
    assert groups["critics"][1] == 20
    assert stance.verdict.startswith("a sign of favour: differences this large come up in")
    assert stance.verdict.endswith("rounds of pure chance")
    assert found.verdict == "a sign of favour in who was heard, by stance"


def test_answering_that_has_nothing_to_do_with_stance_is_no_sign(heard_once: Store) -> None:
    held_or_not(heard_once, range(10, 20), {number for number in range(1, 61) if number % 4 == 0})
    found = asked(heard_once)
    [stance] = [one for one in found.heard if one.what == "stance"]
    assert stance.verdict.startswith("no sign of favour")
    assert found.verdict == "no sign of favour"


def next_in_order(store: Store, count: int) -> list[int]:
    query = "SELECT id FROM customer WHERE standing = 'callable' ORDER BY cycle, place LIMIT ?"
    return [row for (row,) in store.rows(query, count)]


def paused(store: Store, ids: list[int]) -> None:
    for number, one in enumerate(ids):
        at = later(minutes=number)
        with store.changing(at) as session:
            pause_customer(session, one, date(2027, 6, 1), None, at)


def test_pausing_those_next_in_turn_is_a_sign_of_favour(store: Store) -> None:
    store.take(people(400))
    store.plan(wanted=3)
    for _ in range(12):  # always one of the eighteen places that come next
        paused(store, next_in_order(store, 10)[-1:])
    found = asked(store).exits
    assert (found.removed, found.among_next) == (12, 12)
    # By hand: 2 (3 + 6) = 18 places of 397 that were still to come, one fewer with each.
    assert found.expected == pytest.approx(sum(18 / (397 - gone) for gone in range(12)))
    assert found.verdict.startswith("a sign of favour")
    assert asked(store).verdict == "a sign of favour in who was taken out by hand"


def test_pausing_whoever_asks_is_no_sign(store: Store) -> None:
    store.take(people(400))
    store.plan(wanted=3)
    paused(store, next_in_order(store, 400)[5::30])
    found = asked(store).exits
    assert (found.removed, found.among_next) == (14, 1)
    assert found.verdict.startswith("no sign of favour")


def test_who_was_brought_back_by_undo_was_not_taken_out_and_who_had_their_turn_was_not_near(store: Store) -> None:
    store.take(people(40))
    store.plan(wanted=3)
    paused(store, next_in_order(store, 1))
    with store.changing(later(hours=1)) as session:
        undo_last(session, later(hours=1))
    assert asked(store).exits.removed == 0
    [who] = [row for (row,) in store.rows("SELECT customer_id FROM call WHERE id = 1")]
    tried(store, 1, Outcome.REACHED, timedelta(hours=2))
    paused(store, [who])  # resting: no draw of the next weeks could have taken them
    assert asked(store).exits.removed == 0


def test_what_they_spend_is_compared_and_whose_has_no_chance_is_said(drawn: Store) -> None:
    assert asked(drawn).spend_no_chance is None
    with drawn.bare() as connection:
        connection.execute("UPDATE customer SET spend = 100")
        connection.execute("UPDATE customer SET spend = 900 WHERE id IN (SELECT customer_id FROM call)")
        whole, without = connection.execute(
            "SELECT sum(spend), sum(CASE WHEN standing = 'no_phone' THEN spend END) FROM customer"
        ).fetchone()
    found = asked(drawn)
    assert found.spend_no_chance == pytest.approx(without / whole)
    [spend] = [one for one in found.spreads if one.what == "spend"]
    assert spend.verdict.startswith("a sign of favour")
    assert spend.medians == (900, 100)


def test_calls_put_off_beyond_their_week_are_counted_by_caller(drawn: Store) -> None:
    [(call, week)] = drawn.rows("SELECT id, week FROM call WHERE state = 'planned' ORDER BY id LIMIT 1")
    at = later(weeks=3, days=1)
    with drawn.changing(at) as session:
        move_call(session, call, Week.parse(week).sunday, None)
    assert [one.put_off for one in asked(drawn).callers] == [0]
    with drawn.changing(at) as session:
        move_call(session, call, Week.parse(week).sunday + timedelta(days=1), None)
    assert [one.put_off for one in asked(drawn).callers] == [1]


def test_a_next_try_in_the_week_after_is_not_put_off_by_anybody(drawn: Store) -> None:
    [(call, week)] = drawn.rows("SELECT id, week FROM call WHERE state = 'planned' ORDER BY id DESC LIMIT 1")
    tried(drawn, call, Outcome.NO_ANSWER, timedelta(weeks=3, days=4))  # on Friday: the next try is on another day
    after = drawn.one("SELECT not_before FROM call WHERE id = ?", call)
    assert after is not None and after > Week.parse(week).sunday.isoformat()
    assert [one.put_off for one in asked(drawn).callers] == [0]


def test_where_segments_are_strata_they_are_not_asked_about_and_their_parts_are_judged_apart(drawn: Store) -> None:
    at = later(weeks=4)
    with drawn.bare() as connection:
        connection.execute("UPDATE customer SET country = CASE WHEN id % 2 = 0 THEN 'NO' ELSE 'SE' END")
    with drawn.changing(at) as session:
        change_setting(session, "strata", "segment", at)
    drawn.plan(Week.of(at.date()), at, wanted=6)
    found = asked(drawn)
    assert found.strata == "segment"
    assert [one.what for one in found.spreads] == ["country"]
    [country] = found.spreads
    planned = drawn.one("SELECT count(*) FROM call WHERE week = ?", str(Week.of(at.date())))
    assert sum(one.some for one in country.groups) == planned > 0
    assert found.record.switched == 1
