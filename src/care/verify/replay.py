"""The ledger played again: who stood where at the moment of each draw (``draw.md``, Ledger, seal, verification)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from care.db.tables.draw import DrawEntry
from care.db.tables.ledger import Ledger
from care.verify.order import FIRST_CYCLE, Order, Turn
from care.verify.queue import Queue, ReplayState, StratumCount
from care.verify.seal import turn_of
from care.words import Eligibility, LedgerKind


class Newcomer(NamedTuple):
    """A customer who joins with an import.

    The cycle is what their first image says; it only counts while it is not known where the pointer is.
    """

    id: int
    uid: str
    is_in: bool
    cycle: int
    stratum: str


class Replay:
    """How everybody stands as the ledger goes on. ``wrong`` gathers what the ledger says against the rules.

    ``pointers`` are by stratum, and ``first_cycle`` is the one in which the order began. ``unsure`` holds the strata in
    which it is not known where the pointer is; the ledger is then taken at its word.
    """

    def __init__(self, order: Order, present: Collection[int], left: Mapping[int, Sequence[tuple[int, str]]]) -> None:
        """``present`` are the ids of everybody who is there now, ``left`` the strata they were in until a change."""
        self.states: dict[int, ReplayState] = {}
        self.uids: dict[int, str] = {}
        self.pointers: dict[str, Turn] = {}
        self.first_cycle = FIRST_CYCLE
        self.wrong: list[str] = []
        self.unsure: set[str] = set()
        self._order, self._present, self._left = order, present, left
        self._queue = Queue()
        self._before: dict[int, dict[int, ReplayState | None]] = {}
        self._closings: dict[int, tuple[int, Turn, Turn]] = {}
        self._merging: int | None = None
        self._change: int | None = None

    def join(self, change_id: int | None, newcomers: Iterable[Newcomer]) -> Iterator[Turn]:
        """Lets an import's customers join and yields the turn each of them gets."""
        self._change = change_id
        for newcomer in newcomers:
            self.uids[newcomer.id] = newcomer.uid
            ruled = self._order.of_newcomer(newcomer.uid, self.pointers.get(newcomer.stratum), self.first_cycle)
            turn = self._believed(newcomer.uid, newcomer.stratum, ruled, newcomer.cycle)
            self._put(newcomer.id, ReplayState(newcomer.is_in, turn, stratum=newcomer.stratum))
            yield turn

    def stratum_after(self, customer_id: int, change_id: int | None, now: str) -> str:
        """The stratum a customer was in after a change, being in ``now`` today."""
        left = self._left.get(customer_id, ())
        return next((stratum for change, stratum in left if change > (change_id or 0)), now)

    def switch(self, row: Ledger, now: Mapping[int, str]) -> None:
        """Plays a switch of the strata, all being in the strata of ``now`` today."""
        self._change, self.first_cycle, self._queue = row.change_id, row.facts["base"], Queue()
        for customer_id, state in self.states.items():
            uid, pointer = self.uids[customer_id], self.pointers.get(state.stratum)
            turn = self._order.after_switch(uid, state.turn, pointer, self.first_cycle)
            stratum = self.stratum_after(customer_id, row.change_id, now.get(customer_id, ""))
            self.states[customer_id] = state._replace(turn=turn, stratum=stratum)
            self._queue.change(customer_id, None, self.states[customer_id])
        self.pointers.clear()
        self.unsure.clear()
        self._before.clear()  # what was done before a switch is never taken back

    def step(self, row: Ledger) -> None:
        """Plays one row of the ledger that is about one customer, or an undo."""
        self._change = row.change_id
        if row.kind is LedgerKind.UNDO:
            for customer_id, state in self._before.get(row.facts["change"], {}).items():
                self._put(customer_id, state)
        elif row.customer_id is not None and row.uid is not None:
            self.uids.setdefault(row.customer_id, row.uid)
            self._about_customer(row.kind, row.customer_id, row.facts)

    def call(self, change_id: int | None, entry: DrawEntry) -> None:
        """Plans a call with whom an entry names, if that is still known: the pointer moves to them, never back."""
        self._change = change_id
        turn = turn_of(entry)
        if turn is None or entry.customer_id is None:
            return
        pointer = self.pointers.get(entry.stratum)
        self.pointers[entry.stratum] = turn if pointer is None else max(turn, pointer)
        state = self.states.get(entry.customer_id)
        if state is not None:
            self._put(entry.customer_id, state._replace(planned=state.planned + 1))

    def end_rests(self, change_id: int | None, today: date) -> None:
        """Ends the rests that are over, as each draw does: they stay ended should the clock be set back."""
        self._change = change_id
        rested = [customer_id for customer_id in self._queue.resting if not self.states[customer_id].rests(today)]
        for customer_id in rested:
            self._put(customer_id, self.states[customer_id]._replace(free_on=None))

    def up_to(self, ends: Mapping[str, Turn]) -> dict[int, ReplayState]:
        """Everybody in the order whose turn is not behind the one given for their stratum."""
        return self._queue.up_to(ends, self.states)

    def count(self, today: date) -> dict[str, StratumCount]:
        """How many there are in each stratum on that day."""
        return self._queue.count(today, self.states)

    def who(self, customer_id: int) -> int:
        """Who a customer has become by now, through merges."""
        state = self.states.get(customer_id)
        while state is not None and state.merged_into is not None:
            customer_id = state.merged_into
            state = self.states.get(customer_id)
        return customer_id

    def _about_customer(self, kind: LedgerKind, customer_id: int, facts: Mapping[str, Any]) -> None:
        if kind is LedgerKind.JOINED:
            self._join_alone(customer_id, facts)
            return
        state = self.states.get(customer_id)
        if state is not None:
            play = _PLAYS.get(kind)
            if play is not None:
                play(self, customer_id, state, facts)
        elif customer_id in self._present:  # else they are gone with an import that was taken back
            self.wrong.append(f"customer {customer_id} is in the ledger and never joined")

    def _join_alone(self, customer_id: int, facts: Mapping[str, Any]) -> None:
        uid, stratum = self.uids[customer_id], facts.get("stratum", "")
        ruled = self._order.of_newcomer(uid, self.pointers.get(stratum), self.first_cycle)
        turn = self._believed(uid, stratum, ruled, facts["cycle"])
        self._expect(turn, facts, f"customer {customer_id} joined")
        self._put(customer_id, ReplayState(Eligibility.CALLABLE in facts["standings"], turn, stratum=stratum))

    def _come_in(self, customer_id: int, state: ReplayState, facts: Mapping[str, Any]) -> None:
        uid, pointer = self.uids[customer_id], self.pointers.get(state.stratum)
        ruled = self._order.of_returner(uid, state.turn, pointer)
        turn = self._believed(uid, state.stratum, ruled, facts["cycle"])
        self._expect(turn, facts, f"customer {customer_id} came back")
        self._put(customer_id, state._replace(is_in=True, turn=turn))

    def _go_out(self, customer_id: int, state: ReplayState, facts: Mapping[str, Any]) -> None:
        if facts["reason"] == Eligibility.PLANNED:  # a call that no draw gave, which leaves them in the order
            self._put(customer_id, state._replace(planned=state.planned + 1))
        else:
            self._put(customer_id, state._replace(is_in=False))

    def _drop_call(self, customer_id: int, state: ReplayState, facts: Mapping[str, Any]) -> None:
        self._put(customer_id, state._replace(planned=max(0, state.planned - 1)))

    def _close(self, customer_id: int, state: ReplayState, facts: Mapping[str, Any]) -> None:
        turn, stratum = state.turn, facts.get("stratum", state.stratum)
        if "cycle" in facts:
            ruled = self._turn_after(customer_id, state, stratum)
            turn = self._believed(self.uids[customer_id], stratum, ruled, facts["cycle"])
            self._expect(turn, facts, f"the call c{facts['call']} closed")
            if stratum == state.stratum:
                self._closings[facts["call"]] = (customer_id, state.turn, turn)
        rests = [day for day in (state.free_on, _day(facts["free_on"])) if day]
        planned = max(0, state.planned - 1)
        free_on = max(rests, default=None)
        self._put(customer_id, state._replace(turn=turn, free_on=free_on, planned=planned, stratum=stratum))

    def _turn_after(self, customer_id: int, state: ReplayState, stratum: str) -> Turn:
        uid, pointer = self.uids[customer_id], self.pointers.get(stratum)
        if stratum == state.stratum:
            return self._order.after_call(uid, state.turn, pointer)
        return self._order.after_crossing(uid, pointer, self.first_cycle)

    def _mend(self, customer_id: int, state: ReplayState, facts: Mapping[str, Any]) -> None:
        """Plays that a recorded talk was put right: it begins another rest, or the call is open again."""
        turn = state.turn
        if facts["reopened"]:
            closed, before, after = self._closings.pop(facts["call"], (None, turn, turn))
            ruled = before if (closed, turn) == (customer_id, after) else turn
            turn = self._believed(self.uids[customer_id], state.stratum, ruled, facts["cycle"])
            self._expect(turn, facts, f"the talk c{facts['call']} was put right")
        self._put(customer_id, state._replace(turn=turn, free_on=_day(facts["free_on"]), planned=facts["planned"]))

    def _merge(self, customer_id: int, state: ReplayState, facts: Mapping[str, Any]) -> None:
        if facts["part"] != "kept":
            self._merging = customer_id
            self._put(customer_id, state._replace(free_on=None, planned=0))
            return
        turn = self._order.turn(self.uids[customer_id], facts["cycle"])
        self._put(customer_id, state._replace(turn=turn, free_on=_day(facts["free_on"]), planned=facts["planned"]))
        gone = self.states.get(self._merging) if self._merging is not None else None
        if gone is not None and self._merging is not None:
            self._put(self._merging, gone._replace(merged_into=customer_id))

    def _believed(self, uid: str, stratum: str, ruled: Turn, cycle: int) -> Turn:
        """The turn the rules give, or that of the cycle on record where it is not known where the pointer is."""
        return self._order.turn(uid, cycle) if stratum in self.unsure else ruled

    def _expect(self, turn: Turn, facts: Mapping[str, Any], what: str) -> None:
        if facts["cycle"] != turn.cycle:
            self.wrong.append(f"{what} into cycle {facts['cycle']}, and the rules say {turn.cycle}")

    def _put(self, customer_id: int, state: ReplayState | None) -> None:
        before = self.states.get(customer_id)
        if self._change is not None:
            self._before.setdefault(self._change, {}).setdefault(customer_id, before)
        self._queue.change(customer_id, before, state)
        if state is None:
            self.states.pop(customer_id, None)
        else:
            self.states[customer_id] = state


_PLAYS = {
    LedgerKind.IN: Replay._come_in,
    LedgerKind.OUT: Replay._go_out,
    LedgerKind.SKIP: Replay._drop_call,
    LedgerKind.LAPSE: Replay._drop_call,
    LedgerKind.CLOSED: Replay._close,
    LedgerKind.TALK: Replay._mend,
    LedgerKind.MERGE: Replay._merge,
}
"""What each kind of row does to the state of its customer."""


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
