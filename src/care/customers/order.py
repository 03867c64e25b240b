"""The order of the draw: place, cycle, joining and coming back (``draw.md``, Order).

The order is (cycle, place) within a stratum. The pointer is the highest position that has become a call.
"""

from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple


class Position(NamedTuple):
    """Where a customer, or the pointer, stands in the order; positions compare as the order runs."""

    cycle: int
    place: int


FIRST_CYCLE = 1


def place_of(key: bytes, uid: str, cycle: int) -> int:
    """A customer's place in a cycle: 63 bits of keyed BLAKE2b over the uid and the cycle."""
    made = _keyed(key).copy()
    made.update(bytes.fromhex(uid) + cycle.to_bytes(8, "big"))
    return int.from_bytes(made.digest(), "big") >> 1


@lru_cache(maxsize=1)
def _keyed(key: bytes) -> "blake2b":
    """The hash begun with its key, to be copied: a third cheaper than to key it for each of a million."""
    return blake2b(key=key, digest_size=8)


def position_in(key: bytes, uid: str, cycle: int) -> Position:
    """The position this customer has in that cycle."""
    return Position(cycle, place_of(key, uid, cycle))


def joining(key: bytes, uid: str, pointer: Position | None) -> Position:
    """Where a newcomer goes: into the running cycle if their place there is still to come, else into the next."""
    if pointer is None:
        return position_in(key, uid, FIRST_CYCLE)
    here = position_in(key, uid, pointer.cycle)
    return here if here > pointer else position_in(key, uid, pointer.cycle + 1)


def entering(key: bytes, uid: str, position: Position, pointer: Position | None) -> Position:
    """Where someone goes who could not be drawn for a while and now can again.

    A position still to come is kept. A passed one is not a claim to be next: without this rule anyone un-paused
    mid-cycle would be drawn the next Monday. Whoever was already placed in the running cycle waits for the next.
    """
    if pointer is None or position > pointer:
        return position
    if position.cycle < pointer.cycle:
        return joining(key, uid, pointer)
    return position_in(key, uid, pointer.cycle + 1)


def moved_on(key: bytes, uid: str, position: Position, pointer: Position | None) -> Position:
    """Where a customer goes after a drawn call came to its end: nobody carries a backlog."""
    return position_in(key, uid, max(position.cycle, pointer.cycle if pointer else 0) + 1)
