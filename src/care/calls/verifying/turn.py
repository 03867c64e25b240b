"""Who is in the order as a replay goes on, kept so that no draw has to walk all customers once more."""

from collections.abc import Mapping
from datetime import date
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from care.customers.order import Position


class Stand(NamedTuple):
    """How a customer stood: in the order or not, where, until when they rest, and with how many open calls."""

    is_in: bool
    position: Position
    free_on: date | None = None
    planned: int = 0

    def could_be_drawn(self, today: date) -> bool:
        """Whether a draw on that day could have taken them."""
        return self.is_in and not self.planned and not self.rests(today)

    def rests(self, today: date) -> bool:
        """Whether they still rested on that day."""
        return self.free_on is not None and self.free_on > today


_PLACE_BITS, _ID_BITS = 63, 64
_ID = (1 << _ID_BITS) - 1


class Turn:
    """The customers of the order by position, those who could be drawn counted as they change."""

    def __init__(self) -> None:
        # Position and id in one number each, which compare as fast as can be; an outdated one is dropped when met.
        self._heap: list[int] = []
        self._new: list[int] = []
        self._free = 0
        self._rested: set[int] = set()

    def change(self, who: int, before: Stand | None, after: Stand | None) -> None:
        """Takes note that somebody stands otherwise than before; None where they are not there."""
        if before is not None and before.is_in and not before.planned:
            self._free -= 1
        self._rested.discard(who)
        if after is None or not after.is_in:
            return
        if not after.planned:
            self._free += 1
            if after.free_on is not None:
                self._rested.add(who)
        if before is None or not before.is_in or before.position != after.position:
            self._new.append(_packed(after.position) << _ID_BITS | who)

    def up_to(self, end: Position, stands: Mapping[int, Stand]) -> dict[int, Stand]:
        """Everybody in the order whose position is not behind that one."""
        self._take_in()
        bar, due = _packed(end), {}
        while self._heap and self._heap[0] >> _ID_BITS <= bar:
            first = heappop(self._heap)
            stand = stands.get(first & _ID)
            if stand is not None and stand.is_in and _packed(stand.position) == first >> _ID_BITS:
                due[first & _ID] = stand
        self._new += [_packed(stand.position) << _ID_BITS | who for who, stand in due.items()]
        return due

    def count(self, today: date, stands: Mapping[int, Stand]) -> int:
        """How many could have been drawn on that day."""
        return self._free - sum(stands[who].rests(today) for who in self._rested)

    def _take_in(self) -> None:
        if 8 * len(self._new) > len(self._heap):
            self._heap += self._new
            heapify(self._heap)
        else:
            for one in self._new:
                heappush(self._heap, one)
        self._new = []


def _packed(position: Position) -> int:
    return position.cycle << _PLACE_BITS | position.place
