"""Who is in the order as a replay goes on, kept so that no draw has to walk all customers once more."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from care.customers.order import Position


class Stand(NamedTuple):
    """How a customer stood: in the order or not, where, until when at rest, with how many calls, in which stratum."""

    is_in: bool
    position: Position
    free_on: date | None = None
    planned: int = 0
    stratum: str = ""

    def could_be_drawn(self, today: date) -> bool:
        """Whether a draw on that day could have taken them."""
        return self.is_in and not self.planned and not self.rests(today)

    def rests(self, today: date) -> bool:
        """Whether they still rested on that day."""
        return self.free_on is not None and self.free_on > today


class Turn:
    """Everybody by stratum and position, and those in the order counted as they come and go."""

    def __init__(self) -> None:
        self.resting: set[int] = set()
        self._lines: dict[str, _Line] = {}
        self._there: Counter[str] = Counter()
        self._busy: Counter[str] = Counter()

    def change(self, who: int, before: Stand | None, after: Stand | None) -> None:
        """Takes note that somebody stands otherwise than before; None where they are not there."""
        if before is not None and before.is_in:
            self._there[before.stratum] -= 1
            self._busy[before.stratum] -= before.planned > 0
        if after is None:
            self.resting.discard(who)
            return
        if after.is_in:
            self._there[after.stratum] += 1
            self._busy[after.stratum] += after.planned > 0
            stays = before is not None and before.is_in and before.stratum == after.stratum
            if before is None or not stays or before.position != after.position:
                self._line(after.stratum).add(who, after.position)
        if after.free_on:
            self.resting.add(who)
        elif before is not None:
            self.resting.discard(who)

    def up_to(self, ends: Mapping[str, Position], stands: Mapping[int, Stand]) -> dict[int, Stand]:
        """Everybody in the order whose position is not behind the one given for their stratum."""
        due: dict[int, Stand] = {}
        for stratum, end in ends.items():
            line = self._line(stratum)
            for who, position in line.taken_out(end):
                stand = stands.get(who)
                if stand is not None and stand.is_in and (stand.stratum, stand.position) == (stratum, position):
                    due[who] = stand
            for who, stand in due.items():
                if stand.stratum == stratum:
                    line.add(who, stand.position)
        return due

    def count(self, today: date, stands: Mapping[int, Stand]) -> dict[str, tuple[int, int]]:
        """By stratum: how many were in the order, and how many could have been drawn on that day."""
        rested = Counter(
            stand.stratum
            for stand in map(stands.__getitem__, self.resting)
            if stand.is_in and not stand.planned and stand.rests(today)
        )
        return {name: (there, there - self._busy[name] - rested[name]) for name, there in self._there.items()}

    def _line(self, stratum: str) -> "_Line":
        if stratum not in self._lines:
            self._lines[stratum] = _Line()
        return self._lines[stratum]


_PLACE_BITS, _ID_BITS = 63, 64


class _Line:
    """Positions with whose they are; whoever moved away stays in it until their old position is taken out."""

    def __init__(self) -> None:
        # Position and id in one number, for numbers are compared fastest.
        self._heap: list[int] = []
        self._new: list[int] = []

    def add(self, who: int, position: Position) -> None:
        self._new.append((position.cycle << _PLACE_BITS | position.place) << _ID_BITS | who)

    def taken_out(self, end: Position) -> list[tuple[int, Position]]:
        """Takes out all whose position is not behind that one."""
        if 8 * len(self._new) > len(self._heap):
            self._heap += self._new
            heapify(self._heap)
        else:
            for one in self._new:
                heappush(self._heap, one)
        self._new = []
        bar, out = end.cycle << _PLACE_BITS | end.place, []
        while self._heap and self._heap[0] >> _ID_BITS <= bar:
            at, who = divmod(heappop(self._heap), 1 << _ID_BITS)
            out.append((who, Position(*divmod(at, 1 << _PLACE_BITS))))
        return out
