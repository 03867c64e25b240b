"""What one try does: to the call, to the customer, and to the week."""

from datetime import date, datetime

import pytest

from care.calls.add import add_chosen, new_call
from care.calls.tries import Try, record_try
from care.person.leave import pause_customer
from care.words import CallKind, Outcome, Stance, Usable
from stores import MONDAY, WEEK, Store, contact, draft, later, made_once, new_store, people, phone

MISSED = (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.BUSY)


def attempt(store: Store, call: int, outcome: Outcome, now: datetime = MONDAY, **more: object) -> int | None:
    with store.changing(now) as session:
        return record_try(session, call, Try(more.pop("at", now), "Ann", outcome, **more), now)


def state(store: Store, call: int) -> str:
    return store.one("SELECT state FROM call WHERE id = ?", call)


@made_once
def planned(store: Store) -> Store:
    """A week with calls 1 to 3 among 100 customers."""
    store.take(people(100))
    store.plan()
    return store


def whom(store: Store, call: int) -> int:
    return store.one("SELECT customer_id FROM call WHERE id = ?", call)


def test_a_talk_ends_silence_starts_a_rest_and_moves_on(planned: Store) -> None:
    held = later(hours=2)
    attempt(planned, 1, Outcome.REACHED, held, minutes=17, stance=Stance.FAN, sold=False, defended=True, listeners="Bo")
    row = planned.rows(
        "SELECT state, held_at, minutes, how, stance, sold, defended, listeners, tries FROM call WHERE id = 1"
    )
    assert row == [("held", "2026-11-23 11:00:00.000000", 17, "phone", "fan", 0, 1, "Bo", 1)]
    [customer] = planned.rows(
        "SELECT standing, free_on, last_heard_at, stance, cycle, planned FROM customer WHERE id = ?", whom(planned, 1)
    )
    assert customer == ("resting", "2027-02-21", "2026-11-23 11:00:00.000000", "fan", 2, 0)  # 90 days on
    assert planned.rows("SELECT outcome, caller, call_id FROM attempt") == [("reached", "Ann", 1)]


def test_a_refusal_rests_a_year_and_a_reserve_steps_up(planned: Store) -> None:
    beside = attempt(planned, 1, Outcome.REFUSED)
    assert planned.rows(
        "SELECT standing, free_on, last_heard_at, cycle FROM customer WHERE id = ?", whom(planned, 1)
    ) == [("resting", "2027-11-23", None, 2)]
    assert planned.rows("SELECT beside, rank, kind, state, week FROM call WHERE id = ?", beside) == [
        (1, 4, "drawn", "planned", str(WEEK))
    ]


def test_tried_three_times_is_unreached_and_rests(planned: Store) -> None:
    for day, outcome in enumerate(MISSED):
        assert state(planned, 1) == "planned"
        attempt(planned, 1, outcome, later(days=day))
    assert state(planned, 1) == "unreached"
    assert planned.rows("SELECT standing, free_on, cycle FROM customer WHERE id = ?", whom(planned, 1)) == [
        ("resting", "2027-02-23", 2)
    ]
    assert planned.one("SELECT count(*) FROM call WHERE beside = 1") == 1  # once per call, not once per try


def test_who_asks_for_another_time_was_reached(planned: Store) -> None:
    for day in range(5):
        assert attempt(planned, 1, Outcome.RESCHEDULED, later(days=day)) is None
    assert state(planned, 1) == "planned"
    assert planned.one("SELECT count(*) FROM call") == 3


def test_a_reserve_s_reserve_steps_up_too(planned: Store) -> None:
    fourth = attempt(planned, 1, Outcome.NO_ANSWER)
    fifth = attempt(planned, fourth, Outcome.NO_ANSWER)
    assert planned.rows("SELECT id, beside, rank FROM call WHERE beside IS NOT NULL") == [
        (fourth, 1, 4),
        (fifth, fourth, 5),
    ]
    [pointer] = planned.rows("SELECT cycle, place FROM pointer")
    assert pointer == planned.rows("SELECT cycle, place FROM customer WHERE id = ?", whom(planned, fifth))[0]


def test_when_the_reserves_run_out_the_next_is_drawn_and_sealed(planned: Store) -> None:
    reserves = [
        one for (one,) in planned.rows("SELECT customer_id FROM draw_entry WHERE role = 'reserve' ORDER BY rank")
    ]
    call, stepped = 1, []
    for hour in range(8):
        call = attempt(planned, call, Outcome.NO_ANSWER, later(hours=hour))
        stepped.append(whom(planned, call))
    assert stepped[:6] == reserves
    assert planned.rows("SELECT part, seats, reserves FROM draw ORDER BY id") == [(1, 3, 6), (2, 1, 0), (3, 1, 0)]
    assert len(set(stepped)) == 8


def test_nobody_left_to_step_up_is_no_error(tmp_path) -> None:
    store = new_store(tmp_path / "care.db")
    store.take(people(1))
    store.plan()
    assert attempt(store, 1, Outcome.NO_ANSWER) is None
    assert state(store, 1) == "planned"
    store.close()


def test_a_reserve_who_cannot_be_called_any_more_is_passed_over(planned: Store) -> None:
    reserves = [
        one for (one,) in planned.rows("SELECT customer_id FROM draw_entry WHERE role = 'reserve' ORDER BY rank")
    ]
    with planned.changing() as session:
        pause_customer(session, reserves[0], date(2027, 6, 1), None, MONDAY)
    beside = attempt(planned, 1, Outcome.NO_ANSWER)
    assert whom(planned, beside) == reserves[1]


def test_nobody_steps_up_once_the_week_is_over(planned: Store) -> None:
    attempt(planned, 1, Outcome.RESCHEDULED)
    planned.plan(WEEK.next(), later(days=7))
    assert attempt(planned, 1, Outcome.NO_ANSWER, later(days=8)) is None
    assert planned.rows("SELECT week, part FROM draw ORDER BY id") == [("2026-W48", 1), ("2026-W49", 1)]


def test_a_wrong_number_tries_the_next_and_then_closes(store: Store) -> None:
    store.take([draft("Kari", phone(1), contact("12345", Usable.UNCHECKED, "123 45"), "k@x.no")])
    store.plan()
    attempt(store, 1, Outcome.WRONG_NUMBER)
    assert (state(store, 1), store.one("SELECT phone FROM customer")) == ("planned", "123 45")
    assert store.rows("SELECT value, usable FROM contact ORDER BY id") == [
        (phone(1), "no"), ("12345", "unchecked"), ("k@x.no", "yes"),
    ]  # fmt: skip
    attempt(store, 1, Outcome.WRONG_NUMBER, later(days=1))
    assert state(store, 1) == "unreached"
    assert store.rows("SELECT usable FROM contact WHERE kind = 'phone'") == [("no",), ("no",)]
    assert store.one("SELECT standing FROM customer") == "no_phone"


def test_a_wrong_number_of_one_is_not_wrong_for_another(store: Store) -> None:
    store.take([draft("Kari", phone(1), phone(2)), draft("Ola", phone(1))])
    with store.changing() as session:
        kari = add_chosen(session, 1, None, "Ann", MONDAY)
    attempt(store, kari, Outcome.WRONG_NUMBER)
    assert store.rows("SELECT customer_id, value, usable FROM contact ORDER BY id") == [
        (1, phone(1), "no"), (1, phone(2), "yes"), (2, phone(1), "yes"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [CallKind.CHOSEN, CallKind.VOLUNTEERED])
def test_only_a_drawn_call_moves_a_customer_on(planned: Store, kind: CallKind) -> None:
    [(one, cycle, place)] = planned.rows("SELECT id, cycle, place FROM customer WHERE planned = 0 ORDER BY id LIMIT 1")
    with planned.changing() as session:
        call = new_call(session, one, kind, MONDAY.date(), "Ann", MONDAY)
    assert attempt(planned, call, Outcome.REACHED) is None
    assert planned.rows("SELECT cycle, place, standing, last_heard_at IS NOT NULL FROM customer WHERE id = ?", one) == [
        (cycle, place, "resting", 1)
    ]


@pytest.mark.parametrize("kind", [CallKind.CHOSEN, CallKind.VOLUNTEERED])
def test_nobody_steps_up_beside_a_call_no_draw_gave(planned: Store, kind: CallKind) -> None:
    with planned.changing() as session:
        call = new_call(session, 1, kind, MONDAY.date(), "Ann", MONDAY)
    assert attempt(planned, call, Outcome.NO_ANSWER) is None


def test_an_older_talk_logged_late_does_not_overwrite_what_is_newer(planned: Store) -> None:
    one = whom(planned, 1)
    attempt(planned, 1, Outcome.REACHED, later(days=1), stance=Stance.FAN)
    with planned.changing(later(days=2)) as session:
        call = new_call(session, one, CallKind.CHOSEN, date(2026, 6, 1), "Ann", later(days=2))
    attempt(planned, call, Outcome.REACHED, later(days=2), at=later(days=-170), stance=Stance.CRITIC)
    assert planned.rows("SELECT last_heard_at, stance, free_on FROM customer WHERE id = ?", one) == [
        ("2026-11-24 09:00:00.000000", "fan", "2027-02-22")
    ]


def test_the_day_of_a_rest_is_the_team_s(tmp_path) -> None:
    store = new_store(tmp_path / "care.db", timezone="Pacific/Auckland", rest_days=1)
    store.take(people(3))
    store.plan()
    late = later(hours=3)  # 2026-11-24 01:00 there
    attempt(store, 1, Outcome.REACHED, late)
    assert store.one("SELECT free_on FROM customer WHERE id = ?", whom(store, 1)) == "2026-11-25"
    store.close()


def test_without_a_rest_customers_stay_callable(tmp_path) -> None:
    store = new_store(tmp_path / "care.db", rest_days=0)
    store.take(people(9))
    store.plan()
    attempt(store, 1, Outcome.REACHED)
    assert store.rows("SELECT standing, free_on, cycle FROM customer WHERE id = ?", whom(store, 1)) == [
        ("callable", None, 2)
    ]
    store.close()
