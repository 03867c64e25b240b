"""A week's plan: whom it takes, what is refused, and that showing it again changes nothing."""

from datetime import UTC, date, datetime

import pytest

from care.calls import errors
from care.calls.add import add_chosen
from care.calls.preview import preview
from care.calls.queries import has_plan, planned_call
from care.calls.records import Plan
from care.calls.skip import skip_call
from care.calls.tries import Try, record_try
from care.calls.week import show_plan, week_to_plan
from care.calls.week_off import take_week_off
from care.customers.order import place_of
from care.errors import WrongUsage
from care.issues.tell_notes import next_call, one_call
from care.person.leave import bring_back, pause_customer, stop_calling
from care.times.weeks import Week
from care.words import CallKind, CallState, Outcome
from stores import KEY, MONDAY, WEEK, Store, draft, later, made_once, new_store, people, phone


def drawn(plan: Plan) -> list[int]:
    return [call.customer.id for call in plan.calls if call.kind is CallKind.DRAWN]


def in_order(store: Store, cycle: int = 1) -> list[int]:
    """Everyone in the order of a cycle, by places worked out here."""
    placed = {one: place_of(KEY, uid, cycle) for one, uid in store.rows("SELECT id, uid FROM customer")}
    return sorted(placed, key=lambda one: placed[one])


def attempt(store: Store, call: int, outcome: Outcome = Outcome.NO_ANSWER, now: datetime = MONDAY) -> int | None:
    with store.changing(now) as session:
        return record_try(session, call, Try(now, "Ann", outcome), now)


@made_once
def full(store: Store) -> Store:
    """A store with 120 customers."""
    store.take(people(120))
    return store


def test_the_first_of_the_order_are_drawn(full: Store) -> None:
    plan = full.plan()
    order = in_order(full)
    assert drawn(plan) == order[:3]
    assert [
        row[0] for row in full.rows("SELECT customer_id FROM draw_entry WHERE role = 'reserve' ORDER BY rank")
    ] == order[3:9]
    assert len(plan.reserves) == 6
    assert (plan.new, plan.wanted, plan.held, plan.carried, plan.bounded) == (True, 3, 0, 0, None)
    assert plan.frame is not None
    assert (plan.frame.customers, plan.frame.eligible, plan.frame.excluded) == (120, 120, {})
    assert [(call.chance.seats, call.chance.of) for call in plan.calls if call.chance] == [(3, 120)] * 3
    [pointer] = full.rows("SELECT cycle, place FROM pointer")
    assert pointer == full.rows("SELECT cycle, place FROM customer WHERE id = ?", order[2])[0]


def test_a_fixed_key_always_gives_the_same_names(store: Store, tmp_path) -> None:
    names = []
    for number in range(2):
        other = new_store(tmp_path / f"{number}.db")
        other.take(people(40)[:: 1 - 2 * number])  # the file the other way round
        names.append([call.customer.name for call in other.plan().calls])
        other.close()
    assert names[0] == names[1] == ["Person 0018", "Person 0009", "Person 0021"]


def test_the_same_week_shows_the_same_plan(full: Store) -> None:
    first = full.plan()
    before = full.rows("SELECT * FROM call"), full.rows("SELECT * FROM ledger"), full.rows("SELECT * FROM draw")
    again = full.plan(now=later(days=1))
    assert drawn(again) == drawn(first)
    assert (again.seal, again.new) == (first.seal, False)
    assert (
        full.rows("SELECT * FROM call"),
        full.rows("SELECT * FROM ledger"),
        full.rows("SELECT * FROM draw"),
    ) == before


@pytest.mark.parametrize("asked", [1, 5])
def test_planning_again_without_a_number_keeps_the_number_asked_for_first(full: Store, asked: int) -> None:
    first = full.plan(wanted=asked)
    assert drawn(full.plan(now=later(hours=1))) == drawn(first)
    assert len(drawn(first)) == asked


def test_extending_takes_the_next_in_order(full: Store) -> None:
    full.plan()
    longer = full.plan(now=later(days=1), wanted=5)
    assert drawn(longer) == in_order(full)[:5]
    assert (longer.wanted, len(longer.reserves)) == (5, 4)
    assert len(full.rows("SELECT id FROM draw")) == 1  # they were reserves, and so sealed already


def test_extending_past_the_reserves_seals_a_supplement(store: Store) -> None:
    store.take(people(300))
    store.plan()
    plan = store.plan(now=later(days=1), wanted=11)
    assert drawn(plan) == in_order(store)[:11]
    assert plan.wanted == 11
    assert store.rows("SELECT week, part, seats FROM draw ORDER BY id") == [
        ("2026-W48", 1, 3), ("2026-W48", 2, 1), ("2026-W48", 3, 1),
    ]  # fmt: skip


def test_a_plan_cannot_be_made_smaller(full: Store) -> None:
    full.plan()
    before = full.dump()
    with pytest.raises(errors.FewerCalls):
        full.plan(wanted=2)
    assert full.dump() == before


def test_a_small_company_is_not_called_empty(tmp_path) -> None:
    small = new_store(tmp_path / "small.db", rest_days=60, calls_per_week=5)
    small.take(people(30))
    plan = small.plan()
    assert (len(plan.calls), plan.wanted, plan.bounded, len(plan.reserves)) == (3, 5, 3, 6)
    assert len(drawn(small.plan(now=later(hours=1)))) == 3
    for number, call in enumerate(plan.calls):
        attempt(small, call.id, Outcome.REACHED, later(hours=1 + number))
    for week in range(1, 10):
        assert len(drawn(small.plan(WEEK.plus(week), later(days=7 * week)))) >= 3
    small.close()


def test_the_pace_can_be_as_asked(tmp_path) -> None:
    hasty = new_store(tmp_path / "hasty.db", rest_days=60, calls_per_week=5, pace="asked")
    hasty.take(people(30))
    assert len(hasty.plan().calls) == 5
    hasty.close()


def test_nobody_to_draw_is_said_and_nothing_changes(store: Store) -> None:
    with pytest.raises(errors.NobodyToDraw, match="no customers yet"):
        store.plan()
    store.take([draft("Quiet"), draft("Mail", "m@x.no")])
    before = store.dump()
    with pytest.raises(errors.NobodyToDraw, match="2 no phone"):
        store.plan()
    assert store.dump() == before


def test_fewer_customers_than_seats(store: Store) -> None:
    store.take(people(2))
    plan = store.plan(wanted=None)
    assert len(plan.calls) == 1  # 2 * 7 / 90, and at least one
    assert len(plan.reserves) == 1


def refusals() -> list[tuple[str, Week, datetime, type[WrongUsage]]]:
    return [
        ("a week that is over", WEEK.previous(), MONDAY, errors.WeekBehind),
        ("a week too far ahead", WEEK.plus(2), MONDAY, errors.WeekAhead),
        ("a week that was drawn past", WEEK.plus(1), later(days=14), errors.WeekBehind),
        ("a clock that was set back", WEEK.plus(1), later(days=6, hours=-1), errors.ClockSetBack),
        ("a week off", WEEK.plus(3), later(days=14), errors.WeekIsOff),
    ]


@pytest.mark.parametrize(("why", "week", "now", "error"), refusals(), ids=[one[0] for one in refusals()])
def test_a_draw_only_goes_forward(full: Store, why: str, week: Week, now: datetime, error: type[WrongUsage]) -> None:
    if error is not errors.WeekAhead and week != WEEK.previous():
        full.plan(WEEK.plus(1), later(days=6))  # on the Sunday before
        with full.changing(later(days=6)) as session:
            take_week_off(session, WEEK.plus(3), "Christmas", later(days=6))
    before = full.dump()
    with pytest.raises(error):
        full.plan(week, now)
    assert full.dump() == before
    with full.reading() as session, pytest.raises(error):
        preview(session, week, now, None)


def test_a_week_before_the_last_drawn_one_cannot_be_drawn(full: Store) -> None:
    full.plan(WEEK.next(), later(days=5))
    before = full.dump()
    with pytest.raises(errors.WeekBehind, match="weeks up to 2026-W49 are drawn"):
        full.plan(WEEK, later(days=5))
    assert full.dump() == before


def test_from_saturday_on_the_coming_week_is_meant(store: Store) -> None:
    with store.reading() as session:
        meant = {day: week_to_plan(session, later(days=day)) for day in range(8)}
    assert [meant[day] for day in range(8)] == [WEEK] * 5 + [WEEK.next()] * 3


def test_the_team_s_zone_decides_which_day_it_is(tmp_path) -> None:
    store = new_store(tmp_path / "auckland.db", timezone="Pacific/Auckland")
    with store.reading() as session:
        friday_evening = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)  # Saturday 01:00 in Auckland
        assert week_to_plan(session, friday_evening) == WEEK.next()
    store.close()


def test_a_call_nobody_tried_lapses_and_comes_first(full: Store) -> None:
    first = full.plan()
    tried, other, third = first.calls
    attempt(full, tried.id, Outcome.VOICEMAIL)
    second = full.plan(WEEK.next(), later(days=7))
    states = dict(full.rows("SELECT id, state FROM call WHERE week = '2026-W48'"))
    assert (states[tried.id], states[other.id], states[third.id]) == ("planned", "lapsed", "lapsed")
    mine = [call for call in second.calls if call.week == str(WEEK.next())]
    # The reserve that stepped up beside was not tried either, and comes third.
    assert [call.customer.id for call in mine] == in_order(full)[1:4]
    assert [call.carried_from for call in mine] == ["2026-W48"] * 3
    assert [call.notes for call in mine] == [("from week 48",)] * 3
    assert second.calls[0].id == tried.id  # tried, and so still in the plan
    assert second.carried == 4
    kinds = [kind for (kind,) in full.rows("SELECT kind FROM ledger ORDER BY id")]
    assert kinds[-4:] == ["lapse", "lapse", "lapse", "draw"]


def test_a_skipped_customer_keeps_the_place_and_comes_first_next_week(full: Store) -> None:
    plan = full.plan()
    with full.changing(later(days=1)) as session:
        after = skip_call(session, plan.calls[1].id, "they are angry", later(days=1))
    assert [call.state for call in after.calls] == [CallState.PLANNED, CallState.SKIPPED, CallState.PLANNED]
    for call in (plan.calls[0], plan.calls[2]):
        attempt(full, call.id, Outcome.REACHED, later(days=2))
    following = full.plan(WEEK.next(), later(days=7))
    assert drawn(following)[0] == plan.calls[1].customer.id
    with full.changing(later(days=8)) as session, pytest.raises(errors.CallIsOver):
        skip_call(session, plan.calls[1].id, "again", later(days=8))


def test_nobody_skipped_is_drawn_again_in_the_same_week(store: Store) -> None:
    store.take(people(300))
    plan = store.plan()
    with store.changing(later(days=1)) as session:
        skip_call(session, plan.calls[0].id, "they are angry", later(days=1))
    extended = store.plan(now=later(days=2), wanted=12)
    assert len(drawn(extended)) == len(set(drawn(extended))) == 12


def test_a_chosen_call_leaves_the_drawn_names_as_they_are(full: Store, tmp_path) -> None:
    plain = new_store(tmp_path / "plain.db")
    plain.take(people(120))
    order = in_order(full)
    with full.changing() as session:
        for one in order[30:40]:
            add_chosen(session, one, None, "Ann", MONDAY)
    for week in range(5):
        with_chosen = full.plan(WEEK.plus(week), later(days=7 * week))
        without = plain.plan(WEEK.plus(week), later(days=7 * week))
        assert drawn(with_chosen) == drawn(without)
        for number, call in enumerate([call for call in with_chosen.calls if call.kind is CallKind.DRAWN]):
            for store in (full, plain):
                theirs = "SELECT id FROM call WHERE customer_id = ? AND state = 'planned'"
                now = later(days=7 * week, hours=1 + number)
                attempt(store, store.one(theirs, call.customer.id), Outcome.REACHED, now)
    plain.close()


def test_whoever_has_a_chosen_call_is_deferred_and_comes_first_when_free(full: Store) -> None:
    order = in_order(full)
    with full.changing() as session:
        chosen = add_chosen(session, order[0], None, "Ann", MONDAY)
    assert drawn(full.plan()) == order[1:4]
    deferred = full.rows("SELECT customer_id, reason FROM draw_entry WHERE role = 'deferred'")
    assert deferred == [(order[0], "planned")]
    attempt(full, chosen, Outcome.REACHED)
    for call in full.rows("SELECT id FROM call WHERE state = 'planned'"):
        attempt(full, call[0], Outcome.REACHED, later(hours=2))
    # Rested: the talk that was chosen did not move them on, so they come first.
    assert drawn(full.plan(Week.of(date(2027, 3, 1)), later(days=98)))[0] == order[0]


def test_nobody_is_drawn_twice_in_a_cycle_whatever_happens(tmp_path) -> None:
    store = new_store(tmp_path / "busy.db", rest_days=0, reserves=2)
    store.take(people(24))
    outcomes = (Outcome.REACHED, Outcome.NO_ANSWER, Outcome.REFUSED, Outcome.NO_ANSWER, Outcome.REACHED)
    for week in range(16):
        now = later(days=7 * week)
        plan = store.plan(WEEK.plus(week), now)
        for number, call in enumerate(plan.calls):
            if (week + number) % 4 and call.state is CallState.PLANNED:
                attempt(store, call.id, outcomes[(week + number) % 5], later(days=7 * week, hours=1 + number))
        with store.changing(later(days=7 * week, hours=9)) as session:
            away = 1 + week % 24
            if not planned_call(session, away):
                pause_customer(session, away, date(2027, 12, 1), None, later(days=7 * week, hours=9))
            back = 1 + (week - 3) % 24
            if week >= 3 and store_paused(session, back):
                bring_back(session, back, later(days=7 * week, hours=9))
    ended = store.rows(
        "SELECT e.cycle, c.customer_id, count(*) FROM call c JOIN draw_entry e ON e.draw_id = c.draw_id "
        "AND e.customer_id = c.customer_id WHERE c.state IN ('held', 'unreached', 'refused') GROUP BY 1, 2"
    )
    assert len(ended) > 20
    assert {times for _, _, times in ended} == {1}
    store.close()


def store_paused(session, customer: int) -> bool:
    from care.customers.queries import customer_row

    return customer_row(session, customer).paused_until is not None


def test_unpausing_in_the_middle_of_a_cycle_gives_no_priority(full: Store) -> None:
    first = in_order(full)[0]
    with full.changing() as session:
        pause_customer(session, first, date(2027, 12, 1), None, MONDAY)
    for week in range(3):
        full.plan(WEEK.plus(week), later(days=7 * week))
        for (call,) in full.rows("SELECT id FROM call WHERE state = 'planned'"):
            attempt(full, call, Outcome.REACHED, later(days=7 * week, hours=1))
    with full.changing(later(days=20)) as session:
        bring_back(session, first, later(days=20))
    assert full.one("SELECT cycle FROM customer WHERE id = ?", first) == 2
    assert first not in drawn(full.plan(WEEK.plus(3), later(days=21)))


def test_newcomers_behind_the_pointer_wait_for_the_next_cycle(full: Store) -> None:
    full.plan()
    [pointer] = full.rows("SELECT cycle, place FROM pointer")
    full.take(people(300, first=121), later(days=1))
    newcomers = full.rows("SELECT id, uid, cycle FROM customer WHERE id > 120 ORDER BY id")
    behind = {one for one, uid, _ in newcomers if place_of(KEY, uid, 1) <= pointer[1]}
    assert 0 < len(behind) < 100
    assert {one for one, _, cycle in newcomers if cycle == 2} == behind
    assert {cycle for _, _, cycle in newcomers} == {1, 2}
    for (call,) in full.rows("SELECT id FROM call WHERE state = 'planned'"):
        attempt(full, call, Outcome.REACHED, later(days=2))
    following = drawn(full.plan(WEEK.next(), later(days=7)))
    ahead = [one for one in in_order(full) if one not in behind]
    assert following == ahead[3:6]  # the first three were drawn in the week before
    assert not behind & {one for (one,) in full.rows("SELECT customer_id FROM draw_entry")}


def test_a_pause_that_is_over_wakes_at_the_next_draw(full: Store) -> None:
    order = in_order(full)
    with full.changing() as session:
        pause_customer(session, order[0], date(2026, 11, 30), "on leave", MONDAY)
        pause_customer(session, order[1], date(2026, 12, 1), "on leave", MONDAY)
    with full.reading() as session:
        counted = preview(session, WEEK.next(), later(days=7), None)
    plan = full.plan(WEEK.next(), later(days=7))
    assert plan.frame == counted.frame
    assert plan.frame is not None
    assert (plan.frame.eligible, plan.frame.excluded) == (119, {"paused": 1})
    assert drawn(plan)[0] == order[0]  # no draw had passed the place, so it is kept
    assert full.rows("SELECT paused_until, pause_reason FROM customer WHERE id = ?", order[0]) == [(None, None)]


def test_a_preview_says_what_the_draw_then_does_and_writes_nothing(full: Store) -> None:
    with full.changing() as session:
        stop_calling(session, 7, "asked", MONDAY)
    before = full.dump()
    with full.reading() as session:
        counted = preview(session, WEEK, MONDAY, 5)
    assert full.dump() == before
    plan = full.plan(wanted=5)
    assert (counted.frame, counted.seats, counted.reserves) == (plan.frame, len(plan.calls), plan.reserves)


def test_calls_are_assigned_among_the_callers(full: Store) -> None:
    plan = full.plan(callers=["Ann", "Bo"])
    assert [call.caller for call in plan.calls] == ["Ann", "Bo", "Ann"]
    longer = full.plan(wanted=4, callers=["Ann", "Bo"], now=later(days=1))
    assert longer.calls[3].caller == "Bo"


def test_a_week_off(full: Store) -> None:
    with full.changing() as session:
        assert take_week_off(session, WEEK, "Christmas", MONDAY).off == "Christmas"
        assert not has_plan(session, WEEK)
        with pytest.raises(errors.WeekBehind):
            take_week_off(session, WEEK.previous(), "too late", MONDAY)
    full.plan(WEEK.next(), later(days=7))
    with full.changing(later(days=7)) as session, pytest.raises(errors.WeekIsDrawn):
        take_week_off(session, WEEK.next(), "tired", later(days=7))


def test_the_next_call_is_the_first_not_tried_today(full: Store) -> None:
    plan = full.plan()
    attempt(full, plan.calls[0].id)
    with full.reading() as session:
        upcoming = next_call(session, later(hours=1))
        tomorrow = next_call(session, later(days=1))
    assert upcoming is not None
    assert upcoming.id == plan.calls[1].id
    assert tomorrow is not None
    assert tomorrow.id == plan.calls[1].id  # the fewest tries first
    for call in (plan.calls[1], plan.calls[2], plan.calls[0]):
        attempt(full, call.id, Outcome.REACHED, later(hours=2))
    with full.reading() as session:
        beside = next_call(session, later(hours=3))
        assert beside is not None
        assert beside.beside == plan.calls[0].id


def test_a_chosen_call_is_made_once(full: Store) -> None:
    with full.changing() as session:
        made = add_chosen(session, 5, date(2026, 11, 26), "Bo", MONDAY, at=later(days=3))
        assert add_chosen(session, 5, None, "Ann", MONDAY) == made
        record = one_call(session, made, MONDAY)
    assert (record.kind, record.week, record.starts_at, record.caller) == (
        CallKind.CHOSEN,
        "2026-W48",
        later(days=3),
        "Bo",
    )
    with full.reading() as session:
        assert [call.id for call in show_plan(session, WEEK).calls] == [made]
        with pytest.raises(errors.NoSuchCall):
            one_call(session, 99, MONDAY)
    assert phone(5) == full.one("SELECT phone FROM customer WHERE id = 5")
