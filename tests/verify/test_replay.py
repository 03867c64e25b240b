"""The ledger played again, row by row: literal facts, and where the rules send the customer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from sealed_rows import UID, drawn_entry

from care.db.tables.ledger import Ledger
from care.verify.order import Order, Turn
from care.verify.queue import ReplayState
from care.verify.replay import Newcomer, Replay
from care.words import LedgerKind
from stores import KEY, MONDAY

FIRST, SECOND, THIRD = Turn(1, 8913482433939943475), Turn(2, 2393993973431042859), Turn(3, 2337758595908989374)
"""The turns of ``UID`` under ``KEY`` in the first three cycles, worked out with hashlib."""


def row(kind: str, facts: Mapping[str, Any], change: int = 1, customer_id: int | None = 7) -> Ledger:
    uid = None if customer_id is None else UID
    return Ledger(1, MONDAY, LedgerKind(kind), change, customer_id, uid, "aa", dict(facts), "", "")


@pytest.fixture
def replay() -> Replay:
    """A replay to which customer 7 has come, as the first."""
    made = Replay(Order(KEY), {7}, {})
    made.step(row("joined", {"count": 1, "cycle": 1, "standings": {"callable": 1}}))
    return made


def test_who_joins_gets_a_turn_in_the_first_cycle(replay: Replay) -> None:
    assert replay.states == {7: ReplayState(is_in=True, turn=FIRST)}
    assert replay.wrong == []


def test_a_newcomer_behind_the_pointer_is_sent_on_and_another_cycle_on_record_is_wrong() -> None:
    behind = Replay(Order(KEY), {7}, {})
    behind.pointers[""] = Turn(2, SECOND.place)
    behind.step(row("joined", {"count": 1, "cycle": 2, "standings": {"no_phone": 1}}))
    assert behind.states == {7: ReplayState(is_in=False, turn=THIRD)}
    assert behind.wrong == ["customer 7 joined into cycle 2, and the rules say 3"]


def test_an_import_gets_its_turns_by_the_pointer_of_each_stratum() -> None:
    replay = Replay(Order(KEY), {7, 8}, {8: [(3, "trade")]})
    replay.pointers["trade"] = Turn(1, 2**63 - 1)
    assert [replay.stratum_after(8, change, "retail") for change in (2, 3)] == ["trade", "retail"]
    newcomers = [Newcomer(7, UID, True, 1, ""), Newcomer(8, UID, True, 1, "trade")]
    assert list(replay.join(2, newcomers)) == [FIRST, SECOND]


def test_a_call_moves_the_pointer_and_its_end_the_customer(replay: Replay) -> None:
    replay.call(2, drawn_entry(1, "called", customer_id=7, cycle=1, place=FIRST.place))
    assert (replay.pointers, replay.states[7].planned) == ({"": FIRST}, 1)
    closed = {"call": 1, "kind": "drawn", "state": "held", "free_on": "2026-12-01", "cycle": 2}
    replay.step(row("closed", closed, change=3))
    assert replay.states[7] == ReplayState(is_in=True, turn=SECOND, free_on=date(2026, 12, 1))
    replay.end_rests(4, date(2026, 12, 1))
    assert replay.states[7].free_on is None
    replay.call(5, drawn_entry(1, "called", customer_id=7, cycle=1, place=5))
    assert replay.pointers == {"": FIRST}  # it never moves back


def test_an_undo_brings_back_what_was_before_the_change(replay: Replay) -> None:
    replay.step(row("out", {"reason": "paused", "until": None}, change=2))
    assert not replay.states[7].is_in
    replay.step(row("undo", {"change": 2}, change=3, customer_id=None))
    assert replay.states[7].is_in
    replay.step(row("undo", {"change": 3}, change=4, customer_id=None))
    assert not replay.states[7].is_in


def test_who_comes_back_has_no_claim_to_a_passed_turn(replay: Replay) -> None:
    replay.step(row("out", {"reason": "paused", "until": None}, change=2))
    replay.pointers[""] = FIRST
    replay.step(row("in", {"cycle": 1, "standing": "callable"}, change=3))
    assert replay.states[7].turn == SECOND
    assert replay.wrong == ["customer 7 came back into cycle 1, and the rules say 2"]


def test_a_chosen_call_and_a_skip_leave_the_turn(replay: Replay) -> None:
    replay.step(row("out", {"reason": "planned", "call": 4, "kind": "chosen"}, change=2))
    assert replay.states[7] == ReplayState(is_in=True, turn=FIRST, planned=1)
    replay.step(row("skip", {"call": 4, "kind": "chosen", "caller": "Ann"}, change=3))
    assert replay.states[7] == ReplayState(is_in=True, turn=FIRST)


def test_a_switch_begins_anew_and_keeps_who_was_in_which_stratum() -> None:
    replay = Replay(Order(KEY), {7}, {7: [(2, "")]})
    replay.step(row("joined", {"count": 1, "cycle": 1, "standings": {"callable": 1}}))
    replay.pointers[""] = Turn(1, 3)
    replay.switch(row("stratum", {"strata": "segment", "base": 2, "customers": 1}, 2, None), {7: "trade"})
    assert replay.states == {7: ReplayState(is_in=True, turn=SECOND, stratum="trade")}
    assert (replay.pointers, replay.first_cycle) == ({}, 2)


def test_the_merged_are_followed(replay: Replay) -> None:
    replay.states[8] = replay.states[7]
    replay.uids[8] = UID
    replay.step(row("merge", {"part": "gone"}, change=2, customer_id=8))
    replay.step(row("merge", {"part": "kept", "cycle": 2, "free_on": None, "planned": 0}, change=2))
    assert (replay.who(8), replay.states[7].turn) == (7, SECOND)
    replay.step(row("undo", {"change": 2}, change=3, customer_id=None))
    assert (replay.who(8), replay.states[7].turn) == (8, FIRST)


def test_somebody_who_is_there_and_never_joined_is_wrong() -> None:
    replay = Replay(Order(KEY), {7}, {})
    replay.step(row("out", {"reason": "paused", "until": None}))
    assert replay.wrong == ["customer 7 is in the ledger and never joined"]
    gone = Replay(Order(KEY), set(), {})
    gone.step(row("out", {"reason": "paused", "until": None}))
    assert gone.wrong == []
