"""Verification: clean after everything care does, and whatever is changed behind its back is found, with its week."""

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b

import pytest
from histories import ACTS, act
from hypothesis import given, settings
from hypothesis import strategies as st

from care.calls.records import DrawRequest
from care.calls.skip import call_off
from care.calls.step_up import step_up
from care.calls.tries import Try, record_try
from care.customers.add import add_customer
from care.customers.policy import change_setting
from care.db.settings import policy
from care.person.forget import forget
from care.person.leave import pause_customer
from care.times.weeks import Week
from care.verify.check import verify
from care.verify.findings import Verification
from care.words import Outcome
from stores import MONDAY, Store, draft, in_segments, later, made_once, new_store, people, phone


def verified(store: Store, seen: str | None = None) -> Verification:
    with store.reading() as session:
        return verify(session, seen)


def talk(store: Store, call: int, at: timedelta, outcome: Outcome = Outcome.REACHED) -> None:
    with store.changing(MONDAY + at) as session:
        record_try(session, call, Try(MONDAY + at, "Ann", outcome, explicit_clock=True), MONDAY + at)


def planned(store: Store) -> list[int]:
    return [row for (row,) in store.rows("SELECT id FROM call WHERE state = 'planned' ORDER BY id")]


@made_once
def five_weeks(store: Store) -> Store:
    """Forty customers and five weeks: talks held, a try in vain and the reserve beside, a pause, a newcomer."""
    store.take(people(40))
    for number in range(5):
        start = timedelta(weeks=number)
        store.plan(Week(2026, 48 + number), MONDAY + start, wanted=3)
        first, second, *_ = planned(store)
        talk(store, first, start + timedelta(hours=1))
        talk(store, second, start + timedelta(hours=2), Outcome.NO_ANSWER)
        if number == 1:
            with store.changing(MONDAY + start) as session:
                pause_customer(session, 7, date(2026, 12, 10), None, MONDAY + start)
                add_customer(session, draft("New", phone(99)), MONDAY + start)
    return store


def test_five_weeks_are_clean(five_weeks: Store) -> None:
    found = verified(five_weeks)
    assert (found.problems, found.out_of_order, found.erased) == ((), 0, 0)
    assert found.verified == found.draws >= 5


UPDATES = {
    "the first ledger row": "UPDATE ledger SET at = '2026-01-01 00:00:00.000000' WHERE id = 1",
    "a ledger row's facts": "UPDATE ledger SET facts = json_set(facts, '$.x', 1) WHERE id = 9",
    "the last ledger row": "UPDATE ledger SET kind = 'skip' WHERE id = (SELECT max(id) FROM ledger)",
    "a ledger row taken out": "DELETE FROM ledger WHERE id = 5",
    "the last ledger row taken out": "DELETE FROM ledger WHERE id = (SELECT max(id) FROM ledger WHERE kind = 'draw')",
    "whom a ledger row names": "UPDATE ledger SET customer_id = 1 + customer_id % 30 WHERE kind = 'closed'",
    "the first ledger row taken out": "DELETE FROM ledger WHERE id = 1",
    "the number of seats": "UPDATE draw SET seats = 4 WHERE id = 1",
    "the instant of a draw": "UPDATE draw SET drawn_at = '2026-11-24 09:00:00.000000' WHERE id = 2",
    "a seal": "UPDATE draw SET seal = iif(seal LIKE 'ab%', 'cd', 'ab') || substr(seal, 3) WHERE id = 3",
    "the last draw": "UPDATE draw SET asked = 9 WHERE id = (SELECT max(id) FROM draw)",
    "the frame": "UPDATE draw SET strata = replace(strata, '\"eligible\": 4', '\"eligible\": 5') WHERE id = 1",
    "a draw taken out": "DELETE FROM draw WHERE id = 2",
    "who was drawn": "UPDATE draw_entry SET uid = (SELECT uid FROM customer WHERE id = 40) WHERE id = 1",
    "the rank": "UPDATE draw_entry SET rank = rank + 1 WHERE id = 2",
    "the role": "UPDATE draw_entry SET role = 'reserve' WHERE id = 1",
    "a leaf": "UPDATE draw_entry SET leaf = iif(leaf LIKE 'ab%', 'cd', 'ab') || substr(leaf, 3) WHERE id = 3",
    "an entry taken out": "DELETE FROM draw_entry WHERE id = 2",
    "the last entry taken out": "DELETE FROM draw_entry WHERE id = (SELECT max(id) FROM draw_entry)",
    "whom a drawn call is with": "UPDATE call SET customer_id = 40 WHERE id = 1",
    "the week of a drawn call": "UPDATE call SET week = '2027-W01' WHERE id = 2",
    "the chance of a drawn call": "UPDATE call SET seats_of = seats_of + 1 WHERE id = 2",
    "a drawn call taken out": "DELETE FROM call WHERE id = (SELECT max(id) FROM call)",
    "a call said to be drawn":
        "INSERT INTO call(customer_id, draw_id, week, kind, state, caller, rank, tries, ics_sequence) "
        "VALUES (20, 1, '2026-W48', 'drawn', 'held', 'Ann', 9, 0, 0)",
    "the pointer set back": "UPDATE pointer SET place = place - 1",
    "a customer's place": "UPDATE customer SET place = 1 WHERE id = 30",
    "a customer's cycle": "UPDATE customer SET cycle = cycle + 1 WHERE id = 30",
    "a customer's standing": "UPDATE customer SET standing = 'do_not_call' WHERE id = 30",
    "a customer taken out": "DELETE FROM customer WHERE id = 40",
    "a customer put in":
        "INSERT INTO customer(uid, name, folded, stratum, status, standing, cycle, place, planned, gives, takes, "
        "added_at) VALUES ('00112233445566778899aabbccddeeff', 'X', 'x', '', 'active', 'callable', 1, 7, 0, 0, 0, "
        "'2026-11-23 09:00:00.000000')",
    "the last draw with its entries and its calls":
        "DELETE FROM call WHERE draw_id = (SELECT max(id) FROM draw); "
        "DELETE FROM draw_entry WHERE draw_id = (SELECT max(id) FROM draw); "
        "DELETE FROM draw WHERE id = (SELECT max(id) FROM draw)",
    "the last draw with its ledger row":
        "DELETE FROM ledger WHERE id = (SELECT max(id) FROM ledger WHERE kind = 'draw'); "
        "DELETE FROM call WHERE draw_id = (SELECT max(id) FROM draw); "
        "DELETE FROM draw_entry WHERE draw_id = (SELECT max(id) FROM draw); "
        "DELETE FROM draw WHERE id = (SELECT max(id) FROM draw)",
    "how many were still to come":
        "UPDATE draw SET strata = replace(strata, '\"still_to_come\": 4', '\"still_to_come\": 5') WHERE id = 1",
    "a customer's uid": "UPDATE customer SET uid = '00112233445566778899aabbccddeeff' WHERE id = 40",
    "the key": "UPDATE secret SET value = 'ab' || substr(value, 3)",
}  # fmt: skip
"""One change each, made to the file by somebody who takes the triggers away first."""


@pytest.mark.parametrize("what", UPDATES)
def test_whatever_is_changed_behind_its_back_is_found(five_weeks: Store, what: str) -> None:
    five_weeks.close()
    before = five_weeks.dump()
    connection = sqlite3.connect(five_weeks.path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.executescript(UPDATES[what])
    connection.commit()
    assert list(connection.iterdump()) != before
    tampered = _without_triggers(five_weeks)
    connection.close()
    assert tampered.problems, what
    if what not in ("the key", "the first ledger row"):
        assert any(problem.week for problem in tampered.problems), tampered.problems


def test_an_earlier_draw_sealed_anew_no_longer_fits_the_one_after_it(five_weeks: Store) -> None:
    five_weeks.close()
    with sqlite3.connect(five_weeks.path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE draw SET asked = 9 WHERE id = 1")
        seal = _seal_anew(connection, 1)
        connection.execute("UPDATE draw SET seal = ? WHERE id = 1", (seal,))
    connection.close()
    [problem] = _without_triggers(five_weeks).problems
    assert (problem.what, problem.week) == ("the draw before it was changed or is missing", "2026-W49")


def _seal_anew(connection: sqlite3.Connection, draw: int) -> str:
    """The seal the rows of a draw make, with hashlib alone."""
    connection.row_factory = sqlite3.Row
    facts = dict(connection.execute("SELECT * FROM draw WHERE id = ?", (draw,)).fetchone())
    del facts["id"], facts["seal"]
    at = datetime.fromisoformat(facts["drawn_at"]).replace(tzinfo=UTC).isoformat()
    facts |= {"drawn_at": at, "strata": json.loads(facts["strata"]), "explicit_clock": bool(facts["explicit_clock"])}
    leaves = connection.execute("SELECT leaf FROM draw_entry WHERE draw_id = ? ORDER BY rank", (draw,)).fetchall()
    written = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    parts = [part.encode() for part in (written, *(leaf for (leaf,) in leaves))]
    return blake2b(b"".join(len(part).to_bytes(8, "big") + part for part in parts), digest_size=32).hexdigest()


def _without_triggers(store: Store) -> Verification:
    """Verified past the door, which refuses a store without its triggers before anything is looked at."""
    from sqlalchemy import create_engine
    from sqlalchemy.orm import Session

    engine = create_engine(f"sqlite:///{store.path}")
    with Session(engine) as session:
        found = verify(session, None)
    engine.dispose()
    return found


def test_a_restored_backup_is_found_with_the_seal_kept_elsewhere(five_weeks: Store) -> None:
    kept = verified(five_weeks).head
    assert verified(five_weeks, kept).seen_in == "2026-W52"
    assert verified(five_weeks, f"{kept[:4]} {kept[4:8]} {kept[8:]}".upper()).seen_in == "2026-W52"
    for wrong in ("4f0c91d277ae", kept[:4], ""):
        [problem] = verified(five_weeks, wrong).problems
        assert "none of this store" in problem.what


def test_it_is_clean_after_the_forgotten_and_says_how_many_they_were(five_weeks: Store) -> None:
    drawn = five_weeks.rows("SELECT DISTINCT customer_id FROM draw_entry WHERE role = 'called' ORDER BY 1 LIMIT 2")
    at = later(weeks=5)
    for (one,) in drawn:
        with five_weeks.changing(at) as session:
            call_off(session, one, "forgotten", at, replace=False, explicit_clock=True)
            forget(session, one, at)
    found = verified(five_weeks)
    assert found.problems == ()
    assert found.erased >= 2
    five_weeks.plan(Week(2027, 1), at, wanted=3)
    assert verified(five_weeks).problems == ()


DONE = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 10_000), st.integers(0, 3)), min_size=5, max_size=30)


@settings(max_examples=8)
@given(acts=DONE)
def test_whatever_a_team_does_it_is_clean(
    acts: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    check_clean(acts, tmp_path_factory)


@pytest.mark.slow
@settings(max_examples=60)
@given(acts=DONE)
def test_whatever_many_teams_do_it_is_clean(
    acts: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    check_clean(acts, tmp_path_factory)


def check_clean(acts: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory) -> None:
    store = new_store(tmp_path_factory.mktemp("acts") / "care.db")
    store.take(in_segments(15))
    days = 0
    for name, number, pause in acts:
        days += pause
        act(store, name, number, days)
    found = verified(store)
    store.close()
    assert found.problems == (), (acts, found.problems)


def test_a_supplement_is_drawn_from_all_who_could_be_drawn_on_its_day(store: Store) -> None:
    store.take(people(6))
    store.plan(wanted=1)
    at = later(days=1)
    with store.changing(at) as session:
        rules = policy(session)
        for _ in range(5):
            step_up(session, DrawRequest("2026-W48", 1, ["Ann"], True), None, rules, at)
    assert verified(store).problems == ()


def test_somebody_whose_number_comes_in_a_later_piece_of_the_file_has_joined_before_it(store: Store) -> None:
    late = draft("Zed", phone(99_999), line=2500, external_id="Z")
    store.take([draft("Zed", line=1, external_id="Z"), *people(2400), late])
    assert [kind for (kind,) in store.rows("SELECT kind FROM ledger ORDER BY id")] == ["init", "joined", "in"]
    assert verified(store).problems == ()


def test_a_try_in_vain_is_kept_under_a_clock_set_back_and_nobody_steps_up(store: Store) -> None:
    store.take(people(20))
    store.plan(wanted=2)
    with store.changing() as session:
        change_setting(session, "reserves", 0, MONDAY)
    for number in range(6):  # the reserves are used up
        talk(store, planned(store)[number], timedelta(hours=1), Outcome.NO_ANSWER)
    calls = len(planned(store))
    talk(store, planned(store)[-1], -timedelta(hours=5), Outcome.NO_ANSWER)
    assert store.one("SELECT count(*) FROM attempt") == 7
    assert len(planned(store)) == calls
    assert verified(store).problems == ()
