"""The ledger played again: who stood where at the moment of each draw (``draw.md``, Ledger, seal, verification)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from care.customers.order import FIRST_CYCLE, Position, crossed_over, entering, joining, moved_on, position_in, switched
from care.verify.turn import Stand, Turn
from care.words import LedgerKind, Standing


class Newcomer(NamedTuple):
    """One who joined with an import: id, uid, whether they were in the order then, their cycle, and their stratum.

    The cycle is what their first image says; it only counts while it is not known where the pointer is.
    """

    id: int
    uid: str
    is_in: bool
    cycle: int
    stratum: str


class Replay:
    """How everybody stood as the ledger goes on. ``wrong`` gathers what the ledger says against its own rules.

    ``pointers`` are by stratum, and ``base`` is the first cycle of the order. ``unsure`` holds the strata in which it
    is not known where the pointer is; the ledger is then taken at its word.
    """

    def __init__(self, key: bytes, there: Collection[int], left: Mapping[int, Sequence[tuple[int, str]]]) -> None:
        """``there`` are the ids of everybody who is there now, ``left`` the strata they were in until a change."""
        self.stands: dict[int, Stand] = {}
        self.uids: dict[int, str] = {}
        self.pointers: dict[str, Position] = {}
        self.base = FIRST_CYCLE
        self.wrong: list[str] = []
        self.unsure: set[str] = set()
        self._left = left
        self._turn = Turn()
        self._key = key
        self._there = there
        self._before: dict[int, dict[int, Stand | None]] = {}
        self._closings: dict[int, tuple[int, Position, Position]] = {}
        self._change = 0

    def join(self, change_id: int, newcomers: Iterable[Newcomer]) -> Iterator[Position]:
        """Lets an import's customers join, each where their place sends them: yields those positions."""
        self._change = change_id
        for one in newcomers:
            self.uids[one.id] = one.uid
            ruled = joining(self._key, one.uid, self.pointers.get(one.stratum), self.base)
            here = self._at(one.uid, one.stratum, ruled, {"cycle": one.cycle})
            self._put(one.id, Stand(one.is_in, here, stratum=one.stratum))
            yield here

    def stratum_after(self, customer_id: int, change_id: int, now: str) -> str:
        """The stratum a customer was in after a change, being in ``now`` today."""
        return next((left for change, left in self._left.get(customer_id, ()) if change > change_id), now)

    def switch(self, row: Any, now: Mapping[int, str]) -> None:
        """Plays a switch of the strata, all being in the strata of ``now`` today."""
        self._change, self.base, self._turn = row.change_id, row.facts["base"], Turn()
        for one, stand in self.stands.items():
            uid, pointer = self.uids[one], self.pointers.get(stand.stratum)
            here = switched(self._key, uid, stand.position, pointer, self.base)
            into = self.stratum_after(one, row.change_id, now.get(one, ""))
            self.stands[one] = stand._replace(position=here, stratum=into)
            self._turn.change(one, None, self.stands[one])
        self.pointers.clear()
        self.unsure.clear()
        self._before.clear()  # what was done before a switch is never taken back

    def step(self, row: Any) -> None:
        """Plays one row of the ledger that is about one customer, or an undo."""
        self._change = row.change_id
        if row.kind is LedgerKind.UNDO:
            self._undo(int(row.facts["change"]))
        elif row.customer_id is not None and row.uid is not None:
            self.uids.setdefault(row.customer_id, row.uid)
            self._about_one(row.kind, row.customer_id, row.facts)

    def call(self, change_id: int, entry: Any) -> None:
        """Plans a call with whom an entry names, if that is still known: the pointer moves to them, never back."""
        self._change = change_id
        if entry.uid is None:
            return
        here, position = self.pointers.get(entry.stratum), Position(entry.cycle, entry.place)
        if here is None or position > here:
            self.pointers[entry.stratum] = position
        stand = self.stands.get(entry.customer_id)
        if stand is not None:
            self._put(entry.customer_id, stand._replace(planned=stand.planned + 1))

    def wake(self, change_id: int, today: date) -> None:
        """Lets those go whose rest is over, as each draw does: they stay awake should the clock be set back."""
        self._change = change_id
        for one in [one for one in self._turn.resting if not self.stands[one].rests(today)]:
            self._put(one, self.stands[one]._replace(free_on=None))

    def up_to(self, ends: Mapping[str, Position]) -> dict[int, Stand]:
        """Everybody in the order whose position is not behind the one given for their stratum."""
        return self._turn.up_to(ends, self.stands)

    def count(self, today: date) -> dict[str, tuple[int, int]]:
        """By stratum: how many were in the order, and how many could have been drawn on that day."""
        return self._turn.count(today, self.stands)

    def _about_one(self, kind: LedgerKind, customer_id: int, facts: Mapping[str, Any]) -> None:
        uid, stand = self.uids[customer_id], self.stands.get(customer_id)
        if kind is LedgerKind.JOINED:
            into = facts.get("stratum", "")
            here = self._at(uid, into, joining(self._key, uid, self.pointers.get(into), self.base), facts)
            is_in = any(Standing(one) is Standing.CALLABLE for one in facts["standings"])
            self._expect(here.cycle, facts, f"customer {customer_id} joined")
            self._put(customer_id, Stand(is_in, here, stratum=into))
        elif stand is None and customer_id not in self._there:
            return  # gone with an import that was taken back
        elif stand is None:
            self.wrong.append(f"customer {customer_id} is in the ledger and never joined")
        elif kind is LedgerKind.IN:
            ruled = entering(self._key, uid, stand.position, self.pointers.get(stand.stratum))
            here = self._at(uid, stand.stratum, ruled, facts)
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
        free_on = date.fromisoformat(facts["free_on"]) if facts["free_on"] else stand.free_on
        free_on = max(free_on, stand.free_on) if free_on and stand.free_on else free_on
        position, stratum = stand.position, facts.get("stratum", stand.stratum)
        if "cycle" in facts:
            uid, pointer = self.uids[customer_id], self.pointers.get(stratum)
            if stratum == stand.stratum:
                ruled = moved_on(self._key, uid, position, pointer)
            else:
                ruled = crossed_over(self._key, uid, pointer, self.base)
            position = self._at(uid, stratum, ruled, facts)
            self._expect(position.cycle, facts, f"the call c{facts['call']} closed")
            if stratum == stand.stratum:
                self._closings[facts["call"]] = (customer_id, stand.position, position)
        planned = max(0, stand.planned - 1)
        moved = stand._replace(position=position, free_on=free_on, planned=planned, stratum=stratum)
        self._put(customer_id, moved)

    def _mend(self, customer_id: int, stand: Stand, facts: Mapping[str, Any]) -> None:
        """A recorded talk was put right: it begins another rest, or it was with somebody else and the call is open."""
        position = stand.position
        if facts["reopened"]:
            closed, before, after = self._closings.pop(facts["call"], (None, position, position))
            ruled = before if (closed, position) == (customer_id, after) else position
            position = self._at(self.uids[customer_id], stand.stratum, ruled, facts)
            self._expect(position.cycle, facts, f"the talk c{facts['call']} was put right")
        free_on = facts["free_on"] and date.fromisoformat(facts["free_on"])
        self._put(customer_id, stand._replace(position=position, free_on=free_on, planned=facts["planned"]))

    def _at(self, uid: str, stratum: str, ruled: Position, facts: Mapping[str, Any]) -> Position:
        return position_in(self._key, uid, facts["cycle"]) if stratum in self.unsure else ruled

    def _expect(self, cycle: int, facts: Mapping[str, Any], what: str) -> None:
        if facts["cycle"] != cycle:
            self.wrong.append(f"{what} into cycle {facts['cycle']}, and the rules say {cycle}")

    def _undo(self, change_id: int) -> None:
        for customer_id, stand in self._before.get(change_id, {}).items():
            self._put(customer_id, stand)

    def _put(self, customer_id: int, stand: Stand | None) -> None:
        before = self.stands.get(customer_id)
        self._before.setdefault(self._change, {}).setdefault(customer_id, before)
        self._turn.change(customer_id, before, stand)
        if stand is None:
            self.stands.pop(customer_id, None)
        else:
            self.stands[customer_id] = stand


def in_turn(entries: Iterable[Any]) -> Iterator[str]:
    """What is wrong with the order of a draw's own entries: ranks without a gap, the called and reserves in turn."""
    rows = list(entries)
    if [row.rank for row in rows] != list(range(1, len(rows) + 1)):
        yield "its ranks have a gap"
    for stratum in sorted({row.stratum for row in rows}):
        mine = (row for row in rows if row.uid and row.role != "deferred" and row.stratum == stratum)
        taken = [Position(row.cycle, row.place) for row in mine]
        if taken != sorted(taken):
            yield "its names are not in turn"


def passed_over(due: Mapping[int, Stand], named: Collection[int]) -> list[int]:
    """Customers whose turn had come and whom a draw does not name, in their turn."""
    return sorted((one for one in due if one not in named), key=lambda one: due[one].position)
