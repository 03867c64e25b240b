"""The order of the draw: place, cycle, joining and coming back (``draw.md``, Order).

The order is (cycle, place) within a stratum. The pointer is the highest position that has become a call.
"""

from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from care.text import fold
from care.words import Strata


class Position(NamedTuple):
    """Where a customer, or the pointer, stands in the order; positions compare as the order runs."""

    cycle: int
    place: int


FIRST_CYCLE = 1

MOST_STRATA = 50
"""With more segments than that the seats of a week say nothing about any of them."""


def stratum_of(segment: str | None, strata: Strata) -> str:
    """The stratum of a customer of that segment; the one of a store without strata, and of no segment, is empty."""
    return fold(segment or "") if strata is Strata.SEGMENT else ""


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


def joining(key: bytes, uid: str, pointer: Position | None, base: int = FIRST_CYCLE) -> Position:
    """Where a newcomer goes: into the running cycle if their place there is still to come, else into the next.

    ``base`` is the first cycle of a stratum of which nobody was drawn yet.
    """
    if pointer is None:
        return position_in(key, uid, base)
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
    cycle = position.cycle if pointer is None else max(position.cycle, pointer.cycle)
    return position_in(key, uid, cycle + 1)


def crossed_over(key: bytes, uid: str, pointer: Position | None, base: int = FIRST_CYCLE) -> Position:
    """Where a customer goes who was drawn and whose segment had changed: the next cycle of their new stratum.

    ``pointer`` and ``base`` are those of the new stratum, whose cycles count for themselves.
    """
    return position_in(key, uid, (pointer.cycle if pointer else base - 1) + 1)


def switched(key: bytes, uid: str, position: Position, pointer: Position | None, base: int) -> Position:
    """Where a customer goes when the strata are switched: nobody who was not drawn yet loses their turn.

    ``pointer`` is that of the stratum they leave, and ``base`` a cycle higher than any there was. Those whose cycle the
    pointer has not passed go into it, and the others, who had their turn, into the one after.
    """
    had_their_turn = pointer is not None and position.cycle > pointer.cycle
    return position_in(key, uid, base + had_their_turn)
