"""The rules of the order as the verifier knows them (``draw.md``, Order).

Everything here is written from the rules and shares nothing with the draw: a fault in either shows in the other.
"""

import unicodedata
from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

FIRST_CYCLE = 1

_UID_AND_CYCLE = Struct(">16sQ")

_WHOLE_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "þ": "th", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t"}
)
"""Letters that do not come apart into a plain one and its mark."""


class Turn(NamedTuple):
    """When a customer is due: in which cycle, and at which place in it. Turns compare in the order of the draw."""

    cycle: int
    place: int


class Order:
    """The turns that a key gives, and the cycle each rule sends a customer into.

    ``pointer`` is always that of the stratum the customer goes into, None before its first draw, and ``first_cycle``
    the cycle in which the order began.
    """

    def __init__(self, key: bytes) -> None:
        self._keyed = blake2b(key=key, digest_size=8)

    def turn(self, uid: str, cycle: int) -> Turn:
        """The turn of that uid (32 hex digits) in a cycle; places are from 0 to 2**63 - 1."""
        hashed = self._keyed.copy()
        hashed.update(_UID_AND_CYCLE.pack(bytes.fromhex(uid), cycle))
        return Turn(cycle, int.from_bytes(hashed.digest(), "big") // 2)

    def of_newcomer(self, uid: str, pointer: Turn | None, first_cycle: int) -> Turn:
        """The first turn of a newcomer that is still to come."""
        return self.turn(uid, first_cycle) if pointer is None else self._next(uid, pointer, pointer.cycle)

    def of_returner(self, uid: str, turn: Turn, pointer: Turn | None) -> Turn:
        """The turn of somebody who could not be drawn and can again.

        They keep a turn still to come. A passed one is gone, and nobody has two turns in one cycle.
        """
        if pointer is None or pointer < turn:
            return turn
        return self._next(uid, pointer, max(pointer.cycle, turn.cycle + 1))

    def after_call(self, uid: str, turn: Turn, pointer: Turn | None) -> Turn:
        """The turn after a drawn call: in the cycle after their own or the running one, whichever is later."""
        return self.turn(uid, 1 + (turn.cycle if pointer is None else max(turn.cycle, pointer.cycle)))

    def after_crossing(self, uid: str, pointer: Turn | None, first_cycle: int) -> Turn:
        """The turn after a drawn call for somebody who goes into another stratum: in its next cycle."""
        return self.turn(uid, first_cycle if pointer is None else pointer.cycle + 1)

    def after_switch(self, uid: str, turn: Turn, pointer: Turn | None, first_cycle: int) -> Turn:
        """The turn in an order that begins anew with ``first_cycle``; ``pointer`` is that of the stratum they leave.

        Whoever already had their turn in the cycle the pointer is in comes a cycle after the others.
        """
        is_still_due = pointer is None or turn.cycle <= pointer.cycle
        return self.turn(uid, first_cycle if is_still_due else first_cycle + 1)

    def _next(self, uid: str, pointer: Turn, cycle: int) -> Turn:
        turn = self.turn(uid, cycle)
        return turn if turn > pointer else self.turn(uid, cycle + 1)


def stratum_of_segment(segment: str | None) -> str:
    """The stratum a segment makes: without case, accents and needless spaces."""
    letters = unicodedata.normalize("NFKD", (segment or "").casefold().translate(_WHOLE_LETTERS))
    plain = "".join(filter(lambda letter: not unicodedata.combining(letter), letters))
    return " ".join(unicodedata.normalize("NFC", plain).split())
