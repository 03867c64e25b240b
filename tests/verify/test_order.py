"""The rules of the order as the verifier knows them: places and cycles worked out with hashlib alone, or by hand."""

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.text import fold
from care.verify.order import Order, Turn, stratum_of_segment

KEY = bytes(range(32))
UID = "000102030405060708090a0b0c0d0e0f"
ORDER = Order(KEY)

PLACES = {
    1: 8913482433939943475,
    2: 2393993973431042859,
    3: 2337758595908989374,
    4: 6592441080325845386,
    5: 7708331336452257484,
}
"""Of ``UID`` in the first cycles, worked out once with hashlib."""


def at(cycle: int) -> Turn:
    return Turn(cycle, PLACES[cycle])


@pytest.mark.parametrize("cycle", PLACES)
def test_the_place_is_63_bits_of_the_key_over_uid_and_cycle(cycle: int) -> None:
    hashed = blake2b(bytes(range(16)) + bytes(7) + bytes([cycle]), key=KEY, digest_size=8).digest()
    assert ORDER.turn(UID, cycle) == (cycle, PLACES[cycle]) == (cycle, int.from_bytes(hashed, "big") >> 1)


def test_turns_go_by_cycle_and_then_by_place() -> None:
    assert sorted([Turn(2, 1), Turn(1, 9), Turn(1, 3)]) == [(1, 3), (1, 9), (2, 1)]


@pytest.mark.parametrize(
    ("pointer", "turn"),
    [
        (None, at(4)),  # nobody of the stratum was drawn yet: the first cycle
        (Turn(2, PLACES[2] - 1), at(2)),
        (Turn(2, PLACES[2]), at(3)),
        (Turn(2, PLACES[2] + 1), at(3)),
    ],
)
def test_a_newcomer_gets_the_first_turn_still_to_come(pointer: Turn | None, turn: Turn) -> None:
    assert ORDER.of_newcomer(UID, pointer, 4) == turn


@pytest.mark.parametrize(
    ("before", "pointer", "turn"),
    [
        (at(1), None, at(1)),
        (at(2), Turn(2, PLACES[2] - 1), at(2)),  # still to come: kept
        (at(3), Turn(2, 5), at(3)),
        (at(2), Turn(2, PLACES[2]), at(3)),  # passed in the running cycle: nobody has two turns in one
        (at(2), Turn(2, PLACES[2] + 1), at(3)),
        (at(1), Turn(2, PLACES[2] - 1), at(2)),  # passed in an earlier one: as a newcomer
        (at(1), Turn(2, PLACES[2] + 1), at(3)),
    ],
)
def test_a_returner_has_no_claim_to_a_passed_turn(before: Turn, pointer: Turn | None, turn: Turn) -> None:
    assert ORDER.of_returner(UID, before, pointer) == turn


@pytest.mark.parametrize(("pointer", "cycle"), [(None, 3), (Turn(1, 7), 3), (Turn(2, 7), 3), (Turn(4, 7), 5)])
def test_a_drawn_call_moves_on_and_nobody_carries_a_backlog(pointer: Turn | None, cycle: int) -> None:
    assert ORDER.after_call(UID, at(2), pointer) == at(cycle)


@pytest.mark.parametrize(("pointer", "cycle"), [(None, 2), (Turn(3, 7), 4)])
def test_crossing_goes_into_the_next_cycle_of_the_other_stratum(pointer: Turn | None, cycle: int) -> None:
    assert ORDER.after_crossing(UID, pointer, 2) == at(cycle)


@pytest.mark.parametrize(
    ("before", "pointer", "cycle"),
    [(at(2), None, 4), (at(2), Turn(2, 0), 4), (at(1), Turn(2, 0), 4), (at(3), Turn(2, 0), 5)],
)
def test_at_a_switch_those_who_had_their_turn_come_a_cycle_later(
    before: Turn, pointer: Turn | None, cycle: int
) -> None:
    assert ORDER.after_switch(UID, before, pointer, 4) == at(cycle)


@pytest.mark.parametrize(
    ("segment", "stratum"),
    [(None, ""), ("  Trade ", "trade"), ("GROẞ  Händler", "gross handler"), ("Ærø", "aero"), ("Łódź", "lodz")],
)
def test_a_stratum_is_a_segment_without_case_accents_and_needless_spaces(segment: str | None, stratum: str) -> None:
    assert stratum_of_segment(segment) == stratum


@given(st.text())
def test_a_segment_is_folded_as_care_folds_it(segment: str) -> None:
    assert stratum_of_segment(segment) == fold(segment)
