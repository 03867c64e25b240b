"""Strata: each segment has its share of every week, a switch costs nobody their turn, and all of it can be verified."""

import json
from collections import Counter, defaultdict
from datetime import timedelta

import pytest

from care.calls.skip import skip_call
from care.calls.tries import Try, record_try
from care.customers.add import add_customer
from care.customers.edit import Edit, edit_customer
from care.customers.policy import change_setting
from care.errors import WrongUsage
from care.history.undo import undo_import, undo_last
from care.times.weeks import Week
from care.verify.check import verify
from care.words import Outcome
from stores import MONDAY, Store, draft, in_segments, made_once, people, phone

THIRDS = ("retail", "retail", "retail", "trade", "trade", None)
"""A half, a third and a sixth."""


def set_strata(store: Store, said: str | None, at=MONDAY) -> None:
    with store.changing(at) as session:
        change_setting(session, "strata", said, at)


def week_after(week: int) -> Week:
    return Week.of((MONDAY + timedelta(weeks=week)).date())


def run_weeks(store: Store, weeks: range, wanted: int) -> None:
    """Weeks in which every call is held at once."""
    for number in weeks:
        at = MONDAY + timedelta(weeks=number)
        store.plan(week_after(number), at, wanted=wanted)
        for (call,) in store.rows("SELECT id FROM call WHERE state = 'planned'"):
            with store.changing(at) as session:
                record_try(session, call, Try(at, "Ann", Outcome.REACHED), at)


def seats(store: Store) -> list[dict[str, int]]:
    found = store.rows("SELECT strata FROM draw ORDER BY id")
    return [{one["stratum"]: one["seats"] for one in json.loads(strata)} for (strata,) in found]


def problems(store: Store) -> tuple[object, ...]:
    with store.reading() as session:
        return verify(session, None).problems


@made_once
def divided(store: Store) -> Store:
    """Sixty customers in three strata, who do not rest."""
    store.take(in_segments(60, *THIRDS))
    with store.changing() as session:
        change_setting(session, "rest_days", 0, MONDAY)
    set_strata(store, "segment")
    return store


def test_after_every_draw_each_stratum_has_had_its_share_to_within_one_seat(divided: Store) -> None:
    run_weeks(divided, range(20), wanted=4)
    had = Counter[str]()
    for number, dealt in enumerate(seats(divided), 1):
        had.update(dealt)
        for name, part in (("retail", 1 / 2), ("trade", 1 / 3), ("", 1 / 6)):
            assert abs(had[name] - 4 * number * part) < 1
    assert had == {"retail": 40, "trade": 27, "": 13}
    assert problems(divided) == ()


def test_within_a_stratum_everyone_is_drawn_once_before_anyone_twice(divided: Store) -> None:
    run_weeks(divided, range(15), wanted=4)
    drawn = divided.rows("SELECT stratum, cycle, customer_id FROM draw_entry WHERE role = 'called' ORDER BY id")
    assert len(drawn) == 60
    in_cycle = defaultdict(list)
    for stratum, cycle, who in drawn:
        in_cycle[stratum, cycle].append(who)
    assert all(len(set(whom)) == len(whom) for whom in in_cycle.values())
    assert len(in_cycle["retail", 2]) == 30


def test_the_chance_of_a_call_is_that_of_its_stratum(divided: Store) -> None:
    run_weeks(divided, range(1), wanted=6)
    query = (
        "SELECT c.seats, c.seats_of, e.stratum FROM call c "
        "JOIN draw_entry e ON e.draw_id = c.draw_id AND e.rank = c.rank"
    )
    assert set(divided.rows(query)) == {(3, 30, "retail"), (2, 20, "trade"), (1, 10, "")}


def test_the_reserve_who_steps_up_is_of_the_same_stratum(divided: Store) -> None:
    divided.plan(week_after(0), MONDAY, wanted=3)
    of = dict(divided.rows("SELECT id, stratum FROM customer"))
    for _ in range(6):
        for call, who in divided.rows("SELECT id, customer_id FROM call WHERE state = 'planned' AND tries = 0"):
            with divided.changing() as session:
                beside = record_try(session, call, Try(MONDAY, "Ann", Outcome.NO_ANSWER), MONDAY)
            [(other,)] = divided.rows("SELECT customer_id FROM call WHERE id = ?", beside)
            assert of[other] == of[who]
    assert problems(divided) == ()


def test_where_a_stratum_has_nobody_left_another_steps_in(store: Store) -> None:
    store.take([*in_segments(12, "retail"), draft("Only", phone(900), segment="trade", external_id="T")])
    set_strata(store, "segment")
    [only] = [row for (row,) in store.rows("SELECT id FROM customer WHERE name = 'Only'")]
    with store.changing() as session:
        change_setting(session, "pace", "asked", MONDAY)
    store.plan(week_after(0), MONDAY, wanted=12)
    [(call,)] = store.rows("SELECT id FROM call WHERE customer_id = ?", only)
    with store.changing() as session:
        beside = record_try(session, call, Try(MONDAY, "Ann", Outcome.NO_ANSWER), MONDAY)
    assert store.one(
        "SELECT stratum FROM customer JOIN call ON customer_id = customer.id WHERE call.id = ?", beside
    ) == ("retail")
    assert problems(store) == ()


def test_a_plan_is_extended_by_the_shares_too(divided: Store) -> None:
    divided.plan(week_after(0), MONDAY, wanted=3)
    divided.plan(week_after(0), MONDAY, wanted=12)
    assert sum((Counter(one) for one in seats(divided)), Counter()) == {"retail": 6, "trade": 4, "": 2}
    assert problems(divided) == ()


def test_a_switch_costs_nobody_their_turn_and_gives_nobody_two(store: Store) -> None:
    store.take(in_segments(60, *THIRDS))
    with store.changing() as session:
        change_setting(session, "rest_days", 0, MONDAY)
    run_weeks(store, range(5), wanted=4)
    before = {row for (row,) in store.rows("SELECT customer_id FROM call")}
    assert len(before) == 20
    set_strata(store, "segment", MONDAY + timedelta(weeks=5))
    run_weeks(store, range(5, 34), wanted=4)
    after = [row for (row,) in store.rows("SELECT customer_id FROM call WHERE week > ? ORDER BY id", "2026-W52")]
    # Each stratum goes through those it had not drawn, and nobody waits longer than the cycle after.
    of = dict(store.rows("SELECT id, stratum FROM customer"))
    turns: dict[str, list[int]] = defaultdict(list)
    for who in after:
        turns[of[who]].append(who)
    for stratum, called in turns.items():
        everyone = {who for who, theirs in of.items() if theirs == stratum}
        first = len(everyone - before)
        assert set(called[:first]) == everyone - before
        assert set(called[: first + len(everyone)]) == everyone
    assert set(after) == set(of)
    assert problems(store) == ()


def test_switched_there_and_back_it_can_still_be_verified(divided: Store) -> None:
    run_weeks(divided, range(3), wanted=4)
    set_strata(divided, None, MONDAY + timedelta(weeks=3))
    run_weeks(divided, range(3, 6), wanted=4)
    with divided.changing(MONDAY + timedelta(weeks=6)) as session:
        add_customer(session, draft("New", phone(901), segment="Trade"), MONDAY + timedelta(weeks=6))
    set_strata(divided, "segment", MONDAY + timedelta(weeks=6))
    run_weeks(divided, range(6, 9), wanted=4)
    assert problems(divided) == ()
    assert {len(one) for one in seats(divided)} == {1, 3}


def test_a_changed_segment_counts_from_the_next_cycle(divided: Store) -> None:
    [(who,)] = divided.rows("SELECT id FROM customer WHERE stratum = 'retail' ORDER BY cycle, place LIMIT 1")
    with divided.changing() as session:
        edit_customer(session, who, Edit(segment=" Trade"), MONDAY)
    assert divided.one("SELECT stratum FROM customer WHERE id = ?", who) == "retail"
    run_weeks(divided, range(1), wanted=4)
    assert divided.one("SELECT stratum FROM draw_entry WHERE customer_id = ?", who) == "retail"
    assert divided.rows("SELECT stratum, cycle FROM customer WHERE id = ?", who) == [("trade", 3)]
    assert problems(divided) == ()


def test_taking_the_talk_back_takes_the_stratum_back(divided: Store) -> None:
    [(who,)] = divided.rows("SELECT id FROM customer WHERE stratum = 'retail' ORDER BY cycle, place LIMIT 1")
    with divided.changing() as session:
        edit_customer(session, who, Edit(segment="Trade"), MONDAY)
    run_weeks(divided, range(1), wanted=1)
    with divided.changing() as session:
        undo_last(session, MONDAY)
    assert divided.one("SELECT stratum FROM customer WHERE id = ?", who) == "retail"
    assert problems(divided) == ()


def test_those_skipped_keep_their_place_when_the_week_is_extended(divided: Store) -> None:
    divided.plan(week_after(0), MONDAY, wanted=3)
    with divided.changing() as session:
        skip_call(session, 1, "ill", MONDAY)
    divided.plan(week_after(0), MONDAY, wanted=9)
    assert divided.one("SELECT count(*) FROM draw_entry WHERE reason = 'skipped'") == 1
    assert problems(divided) == ()


def test_a_switch_is_never_taken_back_nor_what_was_done_before_it(divided: Store) -> None:
    divided.take(people(2, 500))
    with divided.changing() as session:
        undo_import(session, 2, MONDAY)
    set_strata(divided, "none")
    with pytest.raises(WrongUsage, match="everybody was given a new place"), divided.changing() as session:
        undo_last(session, MONDAY)
    with pytest.raises(WrongUsage, match="everybody was given a new place"), divided.changing() as session:
        undo_import(session, 1, MONDAY)


def test_a_switch_leaves_no_row_images_and_is_one_row_of_the_ledger(divided: Store) -> None:
    [(change,)] = divided.rows("SELECT change_id FROM ledger WHERE kind = 'stratum'")
    assert divided.rows("SELECT noun FROM journal WHERE change_id = ?", change) == [("setting",), ("setting",)]
    assert divided.one("SELECT count(*) FROM stratum_before") == 60


def test_too_many_segments_are_refused_with_their_number(store: Store) -> None:
    store.take(in_segments(60, *(f"segment {number}" for number in range(60))))
    with pytest.raises(WrongUsage, match="60 segments, and at most 50"):
        set_strata(store, "segment")
    assert store.one("SELECT DISTINCT stratum FROM customer") == ""


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE customer SET stratum = 'trade' WHERE id = 1",
        "UPDATE pointer SET place = place + 1 WHERE stratum = 'trade'",
        "UPDATE setting SET value = '3' WHERE key = 'first cycle'",
        "UPDATE draw_entry SET stratum = 'trade' WHERE stratum = 'retail' AND role = 'reserve'",
        "UPDATE draw SET strata = replace(strata, '\"in_order\": 20', '\"in_order\": 21') WHERE id = 2",
    ],
)
def test_what_is_bent_behind_its_back_is_found(divided: Store, tampering: str) -> None:
    run_weeks(divided, range(3), wanted=4)
    assert problems(divided) == ()
    assert bent(divided, tampering)


def test_it_is_found_that_somebody_is_said_to_have_been_in_another_stratum(divided: Store) -> None:
    run_weeks(divided, range(3), wanted=4)
    set_strata(divided, None, MONDAY + timedelta(weeks=3))
    assert problems(divided) == ()
    last = "(SELECT max(id) FROM stratum_before WHERE stratum = 'retail')"
    assert bent(divided, f"UPDATE stratum_before SET stratum = 'trade' WHERE id = {last}")


def bent(divided: Store, tampering: str) -> tuple[object, ...]:
    """What a verification finds after that was done to the file."""
    with divided.bare() as connection:
        for table in ("draw", "draw_entry"):
            connection.execute(f"DROP TRIGGER {table}_as_written")
        connection.execute(tampering)
    from sqlalchemy import create_engine
    from sqlalchemy.orm import Session

    engine = create_engine(f"sqlite:///{divided.path}")  # the door would refuse a store without its triggers
    with Session(engine) as session:
        found = verify(session, None).problems
    engine.dispose()
    return found
