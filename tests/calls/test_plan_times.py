"""The times of a plan: given in the slots, assigned by them, kept when a call is moved, never part of the draw."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from care.calls import errors
from care.calls.add import add_chosen
from care.calls.give import give_call
from care.calls.move import move_planned
from care.calls.plan import plan_week, times_missing
from care.calls.preview import preview
from care.calls.records import NoTime, Plan
from care.calls.slots.records import Busy
from care.calls.tries import Try, record_try
from care.customers.edit import Edit, edit_customer
from care.customers.policy import change_setting
from care.issues.tell_notes import one_call
from care.verify.check import verify
from care.words import Outcome
from stores import MONDAY, WEEK, Store, draft, later, new_store, people, phone

OSLO = {"timezone": "Europe/Oslo", "country": "NO"}
ANN = {"Ann": "Tue 10:00-12:00, Thu 15:00-17:00"}


def open_store(folder: Path, **settings: object) -> Store:
    return new_store(folder / f"{len(list(folder.iterdir()))}.db", pace="asked", **{**OSLO, **settings})


def times(plan: Plan) -> dict[str, str | None]:
    """When each customer is called, by the team's clock."""
    return {call.customer.name: f"{call.starts_at:%a %H:%M}" if call.starts_at else None for call in plan.calls}


def set_slots(store: Store, slots: dict[str, str] | None, now: datetime = MONDAY) -> None:
    with store.changing(now) as session:
        change_setting(session, "slots", slots, now)


def busy_plan(store: Store, *busy: Busy, now: datetime = MONDAY) -> Plan:
    with store.changing(now) as session:
        return plan_week(
            session, WEEK, now, wanted=None, callers=("Ann",), explicit_clock=True, busy={"Ann": list(busy)}
        )


def test_a_plan_gives_its_calls_times_in_the_slots(tmp_path: Path) -> None:
    store = open_store(tmp_path, slots=ANN)
    store.take(people(40))
    plan = store.plan()
    spans = [(call.starts_at, call.ends_at) for call in plan.calls if call.starts_at and call.ends_at]
    assert [f"{start:%a %H:%M}-{end:%H:%M}" for start, end in spans] == [
        "Tue 10:00-10:20", "Tue 10:30-10:50", "Tue 11:00-11:20",
    ]  # fmt: skip
    assert plan.calls[0].starts_at is not None
    assert plan.calls[0].starts_at.isoformat() == "2026-11-24T10:00:00+01:00"
    assert store.rows("SELECT DISTINCT zone FROM call") == [("Europe/Oslo",)]
    assert plan.no_time == ()
    store.close()


def test_slots_change_neither_who_is_drawn_nor_what_is_sealed(tmp_path: Path) -> None:
    plans = []
    for slots in ({}, ANN):
        store = open_store(tmp_path, slots=slots)
        store.take(people(40))
        plans.append([call.customer.name for call in sorted(store.plan().calls, key=lambda call: call.id)])
        with store.reading() as session:
            assert verify(session, None).problems == ()
        store.close()
    assert plans[0] == plans[1]


def test_without_slots_no_call_has_a_time_until_some_are_set(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.take(people(40))
    first = store.plan()
    assert set(times(first).values()) == {None}
    with store.reading() as session:
        assert times_missing(session, WEEK, MONDAY) == (False, ())
    set_slots(store, ANN)
    with store.reading() as session:
        assert times_missing(session, WEEK, MONDAY) == (True, ())
    again = store.plan(now=later(hours=1))
    assert sorted(times(again).values(), key=str) == ["Tue 10:00", "Tue 10:30", "Tue 11:00"]
    assert (again.new, again.seal) == (False, first.seal)
    before = store.rows("SELECT id, starts_at, ends_at, caller FROM call")
    set_slots(store, {"Ann": "Wed 08:00-18:00"})
    store.plan(now=later(hours=2))
    assert store.rows("SELECT id, starts_at, ends_at, caller FROM call") == before  # a time once given stays
    store.close()


def test_busy_times_and_what_is_over_are_left_out(tmp_path: Path) -> None:
    store = open_store(tmp_path, slots=ANN)
    store.take(people(40))
    ten = datetime(2026, 11, 24, 9, tzinfo=UTC)  # 10:00 in Oslo
    plan = busy_plan(store, Busy(ten, ten + timedelta(minutes=75)), now=MONDAY)
    assert list(times(plan).values()) == ["Tue 11:15", "Thu 15:00", "Thu 15:30"]
    late = open_store(tmp_path, slots=ANN)
    late.take(people(40))
    assert list(times(late.plan(now=ten + timedelta(minutes=61))).values()) == ["Tue 11:05", "Tue 11:35", "Thu 15:00"]
    store.close()
    late.close()


def test_what_fits_nowhere_is_listed_with_the_reason(tmp_path: Path) -> None:
    store = open_store(tmp_path, slots=ANN, calls_per_week=6)
    store.take([
        draft("Yuki", phone(1), zone="Asia/Tokyo", country="JP"),
        draft("Bob", phone(2), zone="America/New_York", country="US"),  # Thursday is Thanksgiving
        draft("Kari", phone(3), zone="Europe/Oslo", country="NO"),
        draft("Ravi", phone(4), zone="Asia/Kolkata", country="IN"),
    ])  # fmt: skip
    plan = busy_plan(store)
    ids = {call.customer.name: call.id for call in plan.calls}
    assert times(plan)["Kari"] == "Tue 10:00"
    assert set(plan.no_time) == {
        NoTime(ids["Yuki"], "their 09:00–18:00 in Tokyo never meets your slots"),
        NoTime(ids["Bob"], "Thu 26 is a public holiday, and no other slot meets their 09:00–18:00 in New York"),
        NoTime(ids["Ravi"], "Tue 24 is a public holiday, and no other slot meets their 09:00–18:00 in Kolkata"),
    }
    with store.reading() as session:
        assert times_missing(session, WEEK, MONDAY) == (False, plan.no_time)
    store.close()


def test_hard_to_place_customers_come_first_whatever_the_draw(tmp_path: Path) -> None:
    store = open_store(tmp_path, slots={"Ann": "Tue 09:00-12:50"}, calls_per_week=8)
    store.take([*people(7), draft("Yuki", phone(99), zone="Asia/Tokyo", country="JP")])
    found = times(store.plan())
    assert found.pop("Yuki") == "Tue 09:00"  # 17:00 there; the others take all that is left
    assert None not in found.values()
    store.close()


def test_more_calls_than_slots_are_said_to_be(tmp_path: Path) -> None:
    store = open_store(tmp_path, slots={"Ann": "Tue 10:00-10:50"}, team=["Ann", "Bo"], callers=["Ann", "Bo"])
    store.take(people(40))
    plan = store.plan(callers=("Ann",))
    assert sorted(time for time in times(plan).values() if time) == ["Tue 10:00", "Tue 10:30"]
    assert [one.reason for one in plan.no_time] == ["other calls take all of Ann's slots that meet their 09:00–18:00"]
    store.close()


def test_calls_are_assigned_to_who_has_free_slots(tmp_path: Path) -> None:
    store = open_store(
        tmp_path, callers=["Ann", "Bo"], calls_per_week=5, slots={"Bo": "Tue 10:00-12:00, Wed 10:00-12:00"}
    )
    store.take(people(40))
    assert {call.caller for call in store.plan(callers=("Ann", "Bo")).calls} == {"Bo"}
    both = open_store(tmp_path, callers=["Ann", "Bo"], calls_per_week=5, slots={"Ann": "Tue 10-11", "Bo": "Wed 10-12"})
    both.take(people(40))
    plan = both.plan(callers=("Ann", "Bo"))
    assert sorted(call.caller for call in plan.calls) == ["Ann", "Ann", "Bo", "Bo", "Bo"]
    assert None not in times(plan).values()
    store.close()
    both.close()


def test_a_call_goes_to_the_caller_whose_slots_meet_their_hours(tmp_path: Path) -> None:
    store = open_store(tmp_path, callers=["Ann", "Bo"], calls_per_week=2, slots={"Ann": "Tue 15-17", "Bo": "Tue 8-9"})
    store.take([draft("Yuki", phone(1), zone="Asia/Tokyo"), draft("Bob", phone(2), zone="America/New_York")])
    plan = store.plan(callers=("Ann", "Bo"))
    assert {call.customer.name: call.caller for call in plan.calls} == {"Yuki": "Bo", "Bob": "Ann"}
    store.close()


@pytest.mark.parametrize("slots", [{}, {"Ann": "Tue 10-12", "Bo": "Tue 10-12"}])
def test_the_account_s_owner_is_assigned_that_call_last(tmp_path: Path, slots: dict[str, str]) -> None:
    store = open_store(tmp_path, callers=["Ann", "Bo"], calls_per_week=4, slots=slots)
    store.take([draft(f"P{n}", phone(n), owner="Ann Berg" if n < 3 else None) for n in range(4)])
    callers = {call.customer.name: call.caller for call in store.plan(callers=("Ann", "Bo")).calls}
    assert [callers[f"P{n}"] for n in range(3)] == ["Bo"] * 3
    assert callers["P3"] in ("Ann", "Bo")
    alone = open_store(tmp_path, slots=slots)
    alone.take([draft("P", phone(1), owner="Ann")])
    assert [call.caller for call in alone.plan().calls] == ["Ann"]  # nobody else can
    store.close()
    alone.close()


def test_a_reserve_stepping_up_gets_a_time_and_another_caller_than_the_owner(tmp_path: Path) -> None:
    store = open_store(tmp_path, slots=ANN, callers=["Ann", "Bo"])
    store.take([draft(f"P{n}", phone(n), owner="Ann") for n in range(40)])
    plan = store.plan(callers=("Ann",))
    with store.changing() as session:
        beside = record_try(session, plan.calls[0].id, Try(MONDAY, "Ann", Outcome.REFUSED), MONDAY)
        assert beside is not None
        assert one_call(session, beside, MONDAY).caller == "Bo"
    plain = open_store(tmp_path, slots=ANN)
    plain.take(people(40))
    plain.plan()
    with plain.changing() as session:
        beside = record_try(session, 1, Try(MONDAY, "Ann", Outcome.REFUSED), MONDAY)
        assert beside is not None
        call = one_call(session, beside, MONDAY)
    assert call.starts_at is not None and f"{call.starts_at:%a %H:%M}" == "Tue 10:00"  # free again
    store.close()
    plain.close()


def test_a_chosen_call_gets_a_time_beside_the_others(tmp_path: Path) -> None:
    store = open_store(tmp_path, slots=ANN)
    store.take(people(40))
    store.plan()
    free = store.rows("SELECT id FROM customer WHERE planned = 0 ORDER BY id LIMIT 3")
    with store.changing() as session:
        ids = [add_chosen(session, free[0][0], None, "Ann", MONDAY),
               add_chosen(session, free[1][0], date(2026, 11, 26), "Ann", MONDAY),
               add_chosen(session, free[2][0], date(2026, 12, 1), "Ann", MONDAY)]  # fmt: skip
        calls = [one_call(session, one, MONDAY) for one in ids]
    assert [f"{call.starts_at:%a %d %H:%M}" for call in calls] == ["Tue 24 11:30", "Thu 26 15:00", "Tue 01 10:00"]
    store.close()


def test_moving_keeps_the_end_right_and_warns(tmp_path: Path) -> None:
    store = open_store(tmp_path, slots=ANN, call_minutes=25)
    store.take(people(40))
    first, second, third = store.plan().calls
    assert second.starts_at is not None
    with store.changing() as session:
        at = second.starts_at + timedelta(minutes=10)
        assert move_planned(session, first.id, at.date(), at, MONDAY) == (
            f"c{first.id} overlaps c{second.id} with {second.customer.name} at 10:35.",
        )
        moved = one_call(session, first.id, MONDAY)
        assert (moved.starts_at, moved.ends_at) == (at, at + timedelta(minutes=25))
        night = datetime(2026, 11, 28, 18, 50, tzinfo=UTC)
        assert move_planned(session, third.id, night.date(), night, MONDAY) == (
            "Saturday 19:50 is outside the hours they are called in, Mon–Fri 09:00–18:00.",
        )
        assert move_planned(session, third.id, date(2026, 11, 26), None, MONDAY) == ()
        again = one_call(session, third.id, MONDAY)
        assert again.starts_at is not None and f"{again.starts_at:%a %H:%M}" == "Thu 15:00"
        assert move_planned(session, third.id, date(2026, 11, 27), None, MONDAY) == ()
        loose = one_call(session, third.id, MONDAY)
        assert (loose.starts_at, loose.ends_at, loose.not_before) == (None, None, date(2026, 11, 27))
        christmas = datetime(2026, 12, 25, 10, tzinfo=UTC)
        edit_customer(session, third.customer.id, Edit(country="NO", zone="Europe/London"), MONDAY)
        [said] = move_planned(session, third.id, christmas.date(), christmas, MONDAY)
        assert said == "Friday 10:00 in London is a public holiday for them."
        with pytest.raises(errors.NoSuchCall):
            move_planned(session, 99, at.date(), at, MONDAY)
        record_try(session, first.id, Try(MONDAY, "Ann", Outcome.REACHED), MONDAY)
        with pytest.raises(errors.CallIsOver):
            move_planned(session, first.id, at.date(), at, MONDAY)
    store.close()


def test_a_call_given_away_is_made_in_the_slots_of_who_gets_it(tmp_path: Path) -> None:
    store = open_store(tmp_path, slots={**ANN, "Bo": "Wed 8-9"}, callers=["Ann", "Bo"])
    store.take(people(40))
    plan = store.plan(callers=("Ann",))
    with store.changing() as session:
        edit_customer(session, plan.calls[0].customer.id, Edit(hours="before 9"), MONDAY)
        give_call(session, plan.calls[0].id, "Bo", MONDAY)
        call = one_call(session, plan.calls[0].id, MONDAY)
    assert call.starts_at is not None
    assert (call.caller, f"{call.starts_at:%a %H:%M}") == ("Bo", "Wed 08:00")
    store.close()


def test_a_customer_s_own_hours_count(tmp_path: Path) -> None:
    store = open_store(tmp_path, slots={"Ann": "Mon-Fri 08:00-20:00"}, calls_per_week=4)
    prefers = {"A": "after 16:00", "B": "Thu", "C": "Wed, Fri mornings", "D": None}
    store.take([draft(name, phone(n), hours=hours) for n, (name, hours) in enumerate(prefers.items())])
    assert times(store.plan(now=later(hours=8))) == {
        "A": "Mon 18:00", "B": "Thu 09:00", "C": "Wed 09:00", "D": "Tue 09:00",
    }  # fmt: skip
    store.close()


def test_a_rehearsal_counts_slots_and_looks_at_nobody(tmp_path: Path) -> None:
    store = open_store(tmp_path, slots={"Ann": "Tue 10:00-10:50"})
    store.take(people(40))
    before = store.dump()
    with store.reading() as session:
        counted = preview(session, WEEK, MONDAY, None)
        assert (counted.seats, counted.free, counted.timed) == (3, 2, 2)
    assert store.dump() == before
    set_slots(store, None)
    with store.reading() as session:
        counted = preview(session, WEEK, MONDAY, None)
    assert (counted.free, counted.timed) == (None, None)
    store.close()
