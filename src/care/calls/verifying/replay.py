"""The ledger played again: who stood where at the moment of each draw (``draw.md``, Ledger, seal, verification)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from care.customers.order import Position, entering, joining, moved_on, position_in
from care.words import LedgerKind, Standing


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


class Newcomer(NamedTuple):
    """One who joined with an import: id, uid, whether they were in the order then, and the cycle they went into.

    The cycle is what their first image says; it only counts while it is not known where the pointer is.
    """

    id: int
    uid: str
    is_in: bool
    cycle: int


class Replay:
    """How everybody stood as the ledger goes on. ``wrong`` gathers what the ledger says against its own rules.

    ``unsure`` is set while it is not known where the pointer is; the ledger is then taken at its word.
    """

    def __init__(self, key: bytes, there: Collection[int]) -> None:
        """``there`` are the ids of everybody who is there now."""
        self.stands: dict[int, Stand] = {}
        self.uids: dict[int, str] = {}
        self.pointer: Position | None = None
        self.wrong: list[str] = []
        self.unsure = False
        self._key = key
        self._there = there
        self._before: dict[int, dict[int, Stand | None]] = {}
        self._closings: dict[int, tuple[int, Position, Position]] = {}
        self._change = 0

    def join(self, change_id: int, newcomers: Iterable[Newcomer]) -> None:
        """Lets an import's customers join, each where their place sends them."""
        self._change = change_id
        for one in newcomers:
            self.uids[one.id] = one.uid
            here = self._at(one.uid, joining(self._key, one.uid, self.pointer), {"cycle": one.cycle})
            self._put(one.id, Stand(one.is_in, here))

    def step(self, row: Any) -> None:
        """Plays one row of the ledger that is about one customer, or an undo."""
        self._change = row.change_id
        if row.kind is LedgerKind.UNDO:
            self._undo(int(row.facts["change"]))
        elif row.customer_id is not None and row.uid is not None:
            self.uids.setdefault(row.customer_id, row.uid)
            self._about_one(row.kind, row.customer_id, row.facts)

    def call(self, change_id: int, customer_id: int, position: Position) -> None:
        """Plans a call with somebody who was drawn: the pointer moves to them, never back."""
        self._change = change_id
        if self.pointer is None or position > self.pointer:
            self.pointer = position
        stand = self.stands.get(customer_id)
        if stand is not None:
            self._put(customer_id, stand._replace(planned=stand.planned + 1))

    def up_to(self, end: Position) -> dict[int, Stand]:
        """Everybody in the order whose position is not behind that one."""
        return {one: stand for one, stand in self.stands.items() if stand.is_in and stand.position <= end}

    def count(self, today: date) -> int:
        """How many could have been drawn on that day."""
        return sum(stand.could_be_drawn(today) for stand in self.stands.values())

    def _about_one(self, kind: LedgerKind, customer_id: int, facts: Mapping[str, Any]) -> None:
        uid, stand = self.uids[customer_id], self.stands.get(customer_id)
        if kind is LedgerKind.JOINED:
            here = self._at(uid, joining(self._key, uid, self.pointer), facts)
            is_in = any(Standing(one) is Standing.CALLABLE for one in facts["standings"])
            self._expect(here.cycle, facts, f"customer {customer_id} joined")
            self._put(customer_id, Stand(is_in, here))
        elif stand is None and customer_id not in self._there:
            return  # gone with an import that was taken back
        elif stand is None:
            self.wrong.append(f"customer {customer_id} is in the ledger and never joined")
        elif kind is LedgerKind.IN:
            here = self._at(uid, entering(self._key, uid, stand.position, self.pointer), facts)
            self._expect(here.cycle, facts, f"customer {customer_id} came back")
            self._put(customer_id, stand._replace(is_in=True, position=here))
        elif kind is LedgerKind.OUT and facts["reason"] == Standing.PLANNED:
            self._put(customer_id, stand._replace(planned=stand.planned + 1))
        elif kind is LedgerKind.OUT:
            self._put(customer_id, stand._replace(is_in=False))
        elif kind in (LedgerKind.SKIP, LedgerKind.LAPSE):
            self._put(customer_id, stand._replace(planned=max(0, stand.planned - 1)))
        elif kind is LedgerKind.CLOSED:
            self._close(customer_id, stand, facts)
        elif kind is LedgerKind.TALK:
            self._mend(customer_id, stand, facts)
        elif kind is LedgerKind.MERGE and facts["part"] == "kept":
            here = position_in(self._key, uid, facts["cycle"])
            free_on = facts["free_on"] and date.fromisoformat(facts["free_on"])
            self._put(customer_id, stand._replace(position=here, free_on=free_on, planned=facts["planned"]))
        elif kind is LedgerKind.MERGE:
            self._put(customer_id, stand._replace(free_on=None, planned=0))

    def _close(self, customer_id: int, stand: Stand, facts: Mapping[str, Any]) -> None:
        free_on = date.fromisoformat(facts["free_on"])
        free_on = max(free_on, stand.free_on) if stand.free_on else free_on
        position = stand.position
        if "cycle" in facts:
            uid = self.uids[customer_id]
            position = self._at(uid, moved_on(self._key, uid, position, self.pointer), facts)
            self._expect(position.cycle, facts, f"the call c{facts['call']} closed")
            self._closings[facts["call"]] = (customer_id, stand.position, position)
        planned = max(0, stand.planned - 1)
        self._put(customer_id, stand._replace(position=position, free_on=free_on, planned=planned))

    def _mend(self, customer_id: int, stand: Stand, facts: Mapping[str, Any]) -> None:
        """A recorded talk was put right: it begins another rest, or it was with somebody else and the call is open."""
        position = stand.position
        if facts["reopened"]:
            closed, before, after = self._closings.pop(facts["call"], (None, position, position))
            ruled = before if (closed, position) == (customer_id, after) else position
            position = self._at(self.uids[customer_id], ruled, facts)
            self._expect(position.cycle, facts, f"the talk c{facts['call']} was put right")
        free_on = facts["free_on"] and date.fromisoformat(facts["free_on"])
        self._put(customer_id, stand._replace(position=position, free_on=free_on, planned=facts["planned"]))

    def _at(self, uid: str, ruled: Position, facts: Mapping[str, Any]) -> Position:
        return position_in(self._key, uid, facts["cycle"]) if self.unsure else ruled

    def _expect(self, cycle: int, facts: Mapping[str, Any], what: str) -> None:
        if facts["cycle"] != cycle:
            self.wrong.append(f"{what} into cycle {facts['cycle']}, and the rules say {cycle}")

    def _undo(self, change_id: int) -> None:
        for customer_id, stand in self._before.get(change_id, {}).items():
            if stand is None:
                self._before.setdefault(self._change, {}).setdefault(customer_id, self.stands.get(customer_id))
                self.stands.pop(customer_id, None)
            else:
                self._put(customer_id, stand)

    def _put(self, customer_id: int, stand: Stand) -> None:
        self._before.setdefault(self._change, {}).setdefault(customer_id, self.stands.get(customer_id))
        self.stands[customer_id] = stand


def in_turn(entries: Iterable[Any]) -> Iterator[str]:
    """What is wrong with the order of a draw's own entries: ranks without a gap, the called and reserves in turn."""
    rows = list(entries)
    if [row.rank for row in rows] != list(range(1, len(rows) + 1)):
        yield "its ranks have a gap"
    taken = [Position(row.cycle, row.place) for row in rows if row.uid and row.role != "deferred"]
    if taken != sorted(taken):
        yield "its names are not in turn"


def passed_over(due: Mapping[int, Stand], named: Collection[int]) -> list[int]:
    """Customers whose turn had come and whom a draw does not name, in their turn."""
    return sorted((one for one in due if one not in named), key=lambda one: due[one].position)
