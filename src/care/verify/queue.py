"""Everybody in the order as a replay goes on, kept so that no draw has to walk all customers once more."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from care.verify.order import Turn


class ReplayState(NamedTuple):
    """How a customer stands at some moment of the ledger.

    ``is_in`` says whether they are in the order, ``free_on`` is the first day after their rest, ``planned`` counts
    their open calls, and ``merged_into`` is whom they became.
    """

    is_in: bool
    turn: Turn
    free_on: date | None = None
    planned: int = 0
    stratum: str = ""
    merged_into: int | None = None

    def could_be_drawn(self, today: date) -> bool:
        """Whether a draw on that day could have taken them."""
        return self.is_in and not self.planned and not self.rests(today)

    def rests(self, today: date) -> bool:
        """Whether they still rest on that day."""
        return self.free_on is not None and self.free_on > today


class StratumCount(NamedTuple):
    """How many of a stratum there are, and of them in the order, with an open call, and at rest.

    ``free`` are those who could be drawn, by the cycle of their turn.
    """

    people: int
    in_order: int
    planned: int
    resting: int
    free: Mapping[int, int]


class Queue:
    """Customers by stratum and turn, counted as they come and go.

    ``resting`` has everybody with a day on which their rest ends, whether it is over or not.
    """

    def __init__(self) -> None:
        self.resting: set[int] = set()
        self._lines: defaultdict[str, _Line] = defaultdict(_Line)
        self._people: Counter[str] = Counter()
        self._planned: Counter[str] = Counter()
        self._unplanned: defaultdict[str, Counter[int]] = defaultdict(Counter)

    def change(self, customer_id: int, before: ReplayState | None, after: ReplayState | None) -> None:
        """Replaces the state of a customer; None where they are not there."""
        if before is not None:
            self._count(before, -1)
        if after is not None:
            self._count(after, 1)
            if after.is_in and not _same_turn(before, after):
                self._lines[after.stratum].add(customer_id, after.turn)
        if after is not None and after.free_on:
            self.resting.add(customer_id)
        else:
            self.resting.discard(customer_id)

    def up_to(self, ends: Mapping[str, Turn], states: Mapping[int, ReplayState]) -> dict[int, ReplayState]:
        """Everybody in the order whose turn is not behind the one given for their stratum."""
        due: dict[int, ReplayState] = {}
        for stratum, end in ends.items():
            line = self._lines[stratum]
            taken = {
                customer_id: states[customer_id]
                for customer_id, turn in line.take_out(end)
                if customer_id in states and _stands_at(states[customer_id], stratum, turn)
            }
            for customer_id, state in taken.items():
                line.add(customer_id, state.turn)
            due |= taken
        return due

    def count(self, today: date, states: Mapping[int, ReplayState]) -> dict[str, StratumCount]:
        """How many there are in each stratum on that day."""
        resting: defaultdict[str, Counter[int]] = defaultdict(Counter)
        for state in map(states.__getitem__, self.resting):
            if state.is_in and not state.planned and state.rests(today):
                resting[state.stratum][state.turn.cycle] += 1
        counts = {}
        for stratum, people in self._people.items():
            planned, unplanned = self._planned[stratum], self._unplanned[stratum]
            in_order = planned + unplanned.total()
            asleep = resting[stratum]
            counts[stratum] = StratumCount(people, in_order, planned, asleep.total(), unplanned - asleep)
        return counts

    def _count(self, state: ReplayState, n: int) -> None:
        self._people[state.stratum] += n if state.merged_into is None else 0
        if state.is_in and state.planned:
            self._planned[state.stratum] += n
        elif state.is_in:
            self._unplanned[state.stratum][state.turn.cycle] += n


def _same_turn(before: ReplayState | None, after: ReplayState) -> bool:
    return before is not None and before.is_in and _stands_at(before, after.stratum, after.turn)


def _stands_at(state: ReplayState, stratum: str, turn: Turn) -> bool:
    return state.is_in and (state.stratum, state.turn) == (stratum, turn)


_PLACE_BITS, _ID_BITS = 63, 64


class _Line:
    """Turns with whose they are; whoever moved away stays in it until their old turn is taken out."""

    def __init__(self) -> None:
        # Turn and id in one number, for numbers are compared fastest.
        self._heap: list[int] = []
        self._new: list[int] = []

    def add(self, customer_id: int, turn: Turn) -> None:
        self._new.append((turn.cycle << _PLACE_BITS | turn.place) << _ID_BITS | customer_id)

    def take_out(self, end: Turn) -> list[tuple[int, Turn]]:
        """Takes out all whose turn is not behind that one."""
        if 8 * len(self._new) > len(self._heap):
            self._heap += self._new
            heapify(self._heap)
        else:
            for number in self._new:
                heappush(self._heap, number)
        self._new = []
        bar, out = end.cycle << _PLACE_BITS | end.place, []
        while self._heap and self._heap[0] >> _ID_BITS <= bar:
            turn, customer_id = divmod(heappop(self._heap), 1 << _ID_BITS)
            out.append((customer_id, Turn(*divmod(turn, 1 << _PLACE_BITS))))
        return out
