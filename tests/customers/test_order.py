"""The order of the draw: places, joining and coming back, against the words of the method by brute force."""

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.customers.order import Position, entering, joining, moved_on, place_of, position_in
from stores import KEY

UIDS = [f"{number:032x}" for number in range(1, 60)]
uids = st.binary(min_size=16, max_size=16).map(bytes.hex)
keys = st.binary(min_size=32, max_size=32)
cycles = st.integers(1, 50)
places = st.integers(0, 2**63 - 1)
pointers = st.none() | st.builds(Position, cycles, places)


def place(uid: str, cycle: int, key: bytes = KEY) -> int:
    """The first 63 of 64 bits of BLAKE2b under the key, of the uid's 16 bytes and the cycle in 8."""
    made = blake2b(bytes.fromhex(uid) + cycle.to_bytes(8, "big"), key=key, digest_size=8).hexdigest()
    return int(f"{int(made, 16):064b}"[:63], 2)


def test_a_place_is_a_known_number() -> None:
    # Worked out once and written down: were it to change, every store would be reshuffled.
    assert [place_of(KEY, UIDS[0], cycle) for cycle in (1, 2)] == [4669963297192886372, 3831416220218966720]


@given(keys, uids, cycles)
def test_a_place_is_63_bits_and_the_same_for_ever(key: bytes, uid: str, cycle: int) -> None:
    found = place_of(key, uid, cycle)
    assert 0 <= found < 2**63
    assert found == place(uid, cycle, key)


def test_each_cycle_shuffles_anew_and_each_key_too() -> None:
    orders = {
        tuple(sorted(UIDS, key=lambda uid: place_of(key, uid, cycle)))
        for key in (KEY, bytes(32), b"k" * 32)
        for cycle in range(1, 6)
    }
    assert len(orders) == 15


def test_positions_compare_as_the_order_runs() -> None:
    assert sorted([Position(2, 1), Position(1, 9), Position(1, 3)]) == [(1, 3), (1, 9), (2, 1)]


def test_before_the_first_draw_everyone_joins_the_first_cycle() -> None:
    assert {joining(KEY, uid, None).cycle for uid in UIDS} == {1}


@given(keys, uids, st.builds(Position, cycles, places))
def test_a_newcomer_waits_in_the_earliest_cycle_that_is_not_past(key: bytes, uid: str, pointer: Position) -> None:
    expected = next(
        (cycle, place(uid, cycle, key))
        for cycle in range(pointer.cycle, pointer.cycle + 2)
        if (cycle, place(uid, cycle, key)) > pointer
    )
    assert joining(key, uid, pointer) == expected


@given(keys, uids, cycles, pointers)
def test_coming_back_is_never_a_claim_to_be_next(key: bytes, uid: str, own: int, pointer: Position | None) -> None:
    mine = position_in(key, uid, own)
    found = entering(key, uid, mine, pointer)
    assert found.place == place(uid, found.cycle, key)
    if pointer is None or mine > pointer:
        assert found == mine
    else:
        assert found > pointer
        # They are placed in the running cycle once, and only where that place is still to come.
        placed_here_before = own == pointer.cycle
        fits = place(uid, pointer.cycle, key) > pointer.place
        assert found.cycle == (pointer.cycle if fits and not placed_here_before else pointer.cycle + 1)


@given(keys, uids, cycles, pointers)
def test_whoever_was_drawn_goes_behind_everyone_of_the_running_cycle(
    key: bytes, uid: str, own: int, pointer: Position | None
) -> None:
    found = moved_on(key, uid, position_in(key, uid, own), pointer)
    assert found.cycle == max(own, pointer.cycle if pointer else 0) + 1
    assert found.place == place(uid, found.cycle, key)
    assert pointer is None or found > pointer


@pytest.mark.parametrize("n", [1, 2, 7, 40])
def test_nobody_is_drawn_twice_in_a_cycle_and_nobody_is_left_out(n: int) -> None:
    positions = {uid: joining(KEY, uid, None) for uid in UIDS[:n]}
    drawn: list[tuple[int, str]] = []
    for _ in range(3 * n):
        uid = min(positions, key=lambda one: positions[one])
        drawn.append((positions[uid].cycle, uid))
        positions[uid] = moved_on(KEY, uid, positions[uid], positions[uid])
    assert len(drawn) == len(set(drawn))
    assert [sorted(uid for cycle, uid in drawn if cycle == c) for c in (1, 2, 3)] == [UIDS[:n]] * 3
