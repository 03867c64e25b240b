"""Each draw at its moment: its seal, whom it was drawn from, whose turn it was, and the calls it gave."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from care import chain
from care.db.tables.call import Call
from care.db.tables.draw import Draw, DrawEntry
from care.db.tables.ledger import Ledger
from care.verify.evidence import Evidence
from care.verify.findings import Findings
from care.verify.order import Order, Turn
from care.verify.queue import ReplayState, StratumCount
from care.verify.replay import Replay
from care.verify.seal import turn_of, wrong_entries, wrong_seal
from care.verify.seats import SealedStratum, chance_of, sealed_strata, wrong_seats
from care.words import CallState, Eligibility, Role, Strata


class DrawCheck:
    """Checks the draws one after the other, as the ledger comes to them."""

    def __init__(self, evidence: Evidence, replay: Replay, order: Order, findings: Findings) -> None:
        self._evidence, self._replay, self._order, self._findings = evidence, replay, order, findings
        self._draws = {(draw.week, draw.part): draw for draw in evidence.draws}
        self._by_id = {draw.id: draw for draw in evidence.draws}
        self._calls: defaultdict[int | None, dict[int | None, Call]] = defaultdict(dict)
        for call in evidence.calls.values():
            self._calls[call.draw_id][call.rank] = call
        self._last: Draw | None = None
        self._checked: set[tuple[str, int]] = set()
        self._named: set[int] = set()
        self._called: defaultdict[str, set[int]] = defaultdict(set)

    def check(self, row: Ledger, policy: Mapping[str, Any], *, is_whole: bool) -> None:
        """Checks the draw of a ledger row and plays its calls.

        Where the record is not whole, for somebody was forgotten since, how many there were is no longer known.
        """
        name = row.facts["week"], row.facts["part"]
        self._checked.add(name)
        draw = self._draws.get(name)
        if draw is None:
            self._findings.note("the draw is in the ledger and nowhere else", row.facts["week"])
            return
        self._findings.week = draw.week
        entries, strata = self._evidence.entries.get(draw.id, []), sealed_strata(draw)
        self._findings.erased += sum(entry.uid is None for entry in entries)
        today = local_day(draw.drawn_at, policy)
        self._replay.end_rests(row.change_id, today)
        self._note(self._wrong_draw(draw, entries, policy, row.hash))
        if is_whole:
            counts = self._replay.count(today)
            self._note(wrong_counts(strata, counts))
            self._note(wrong_chances(strata, entries, counts))
            self._note(self._wrong_held_back(draw, strata, today))
        self._note(self._wrong_turns(draw, entries, today))
        self._note(self._wrong_pointers_before(strata))
        self._check_calls(row, draw, entries, strata)
        self._note(self._wrong_pointers_after(strata, entries))
        self._last = draw

    def check_step(self, row: Ledger, policy: Mapping[str, Any]) -> None:
        """Checks a reserve who stepped up, and plays their call."""
        number, week = row.facts["call"], row.facts["week"]
        call = self._evidence.calls.get(number)
        if call is None:
            self._findings.note(f"c{number}, a reserve who stepped up, is missing", week)
            return
        draw = None if call.draw_id is None else self._by_id.get(call.draw_id)
        entries = [] if draw is None else self._evidence.entries.get(draw.id, [])
        entry = next((entry for entry in entries if entry.rank == call.rank and entry.role is Role.RESERVE), None)
        if draw is None or entry is None:
            self._findings.note(f"c{number} stepped up and stands in no draw as a reserve", week)
            return
        self._replay.end_rests(row.change_id, local_day(row.at, policy))
        self._check_call(draw, entry, call, chance_of(entry, entries, sealed_strata(draw)))
        if call.beside != row.facts["beside"]:
            self._findings.note(f"c{call.id} stands beside another call than it was called for", draw.week)
        self._plan(row, draw, entry)
        if entry.uid is None:
            # How far the order went with somebody forgotten since, the next draw says.
            self._replay.unsure.add(entry.stratum)

    def check_unrecorded(self) -> None:
        """Notes draws that no row of the ledger speaks of."""
        for week, _ in sorted(self._draws.keys() - self._checked):
            self._findings.note("the draw is not in the ledger", week)

    def check_unnamed_calls(self) -> None:
        """Notes calls said to be drawn that no draw names."""
        for call in self._evidence.calls.values():
            if call.id not in self._named:
                self._findings.note(f"c{call.id} says it was drawn and no draw names it", call.week)

    def _note(self, problems: Iterator[str]) -> None:
        for problem in problems:
            self._findings.note(problem)

    def _wrong_draw(
        self, draw: Draw, entries: Sequence[DrawEntry], policy: Mapping[str, Any], ledger_head: str
    ) -> Iterator[str]:
        """What is wrong with a draw as far as its own rows, the draw before it and the policy tell."""
        yield from wrong_seal(draw, entries, self._last, ledger_head)
        yield from wrong_entries(draw, entries, self._order)
        if policy:  # which a ledger without its first row has not
            yield from wrong_seats(draw, entries, self._last, self._evidence.key, policy)
        if draw.policy not in policy_digests(policy):
            yield "it was drawn by another policy than the ledger says"

    def _wrong_turns(self, draw: Draw, entries: Sequence[DrawEntry], today: date) -> Iterator[str]:
        """Who was passed over, and who was named though it was not their turn."""
        last = {entry.stratum: turn_of(entry) for entry in entries if entry.role is not Role.DEFERRED}
        ends = {stratum: turn for stratum, turn in last.items() if turn is not None}
        due = self._replay.up_to(ends)
        named = {
            entry.customer_id: entry for entry in entries if entry.customer_id is not None and entry.stratum in ends
        }
        missed = sorted(due.keys() - named.keys(), key=lambda customer_id: due[customer_id].turn)
        self._findings.passed_over += len(missed)
        for customer_id in missed:
            yield f"customer {customer_id} was passed over: it was their turn"
        called = {self._replay.who(customer_id) for customer_id in self._called[draw.week]}
        for customer_id, entry in named.items():
            problem = wrong_turn(entry, due.get(customer_id), today, had_call=customer_id in called)
            if problem:
                yield f"customer {customer_id} {problem}"

    def _wrong_held_back(self, draw: Draw, strata: Sequence[SealedStratum], today: date) -> Iterator[str]:
        """Whether those who had a call of the week already were kept from its shares."""
        called = {self._replay.who(customer_id) for customer_id in self._called[draw.week]}
        states = [state for state in map(self._replay.states.get, called) if state and state.could_be_drawn(today)]
        for sealed in strata:
            held_back = sum(state.stratum == sealed.stratum for state in states)
            if sealed.base is not None and held_back != sealed.held_back:
                yield f"{held_back} were held back for a call they had by the record, and {sealed.held_back} are sealed"

    def _wrong_pointers_before(self, strata: Sequence[SealedStratum]) -> Iterator[str]:
        for sealed in strata:
            if sealed.stratum in self._replay.unsure:
                self._replay.unsure.discard(sealed.stratum)
                self._believe(sealed.stratum, sealed.pointer_before)
            elif sealed.pointer_before != self._replay.pointers.get(sealed.stratum):
                yield "the pointer before the draw is not where the one before left it"

    def _wrong_pointers_after(self, strata: Sequence[SealedStratum], entries: Sequence[DrawEntry]) -> Iterator[str]:
        erased = {entry.stratum for entry in entries if entry.role is not Role.DEFERRED and entry.uid is None}
        for sealed in strata:
            if sealed.stratum in erased and sealed.pointer_after:
                self._believe(sealed.stratum, sealed.pointer_after)
            elif sealed.pointer_after != self._replay.pointers.get(sealed.stratum):
                yield "the pointer after the draw is not where its last call is"

    def _believe(self, stratum: str, pointer: Turn | None) -> None:
        if pointer is not None:
            self._replay.pointers[stratum] = pointer

    def _check_calls(
        self, row: Ledger, draw: Draw, entries: Sequence[DrawEntry], strata: Sequence[SealedStratum]
    ) -> None:
        calls = self._calls[draw.id]
        chances = {sealed.stratum: (sealed.seats, sealed.still_to_come) for sealed in strata}
        for entry in entries:
            if entry.role is not Role.CALLED:
                continue
            call = calls.get(entry.rank)
            if call is None:
                self._findings.note(f"the call of the name drawn as number {entry.rank} is missing")
                continue
            self._check_call(draw, entry, call, chances.get(entry.stratum, (0, 0)))
            self._plan(row, draw, entry)

    def _check_call(self, draw: Draw, entry: DrawEntry, call: Call, chance: tuple[int, int]) -> None:
        self._named.add(call.id)
        if call.week != draw.week:
            self._findings.note(f"c{call.id} is in another week than it was drawn for", draw.week)
        if (call.seats, call.seats_of) != chance:
            self._findings.note(f"c{call.id} has another chance than it was drawn with", draw.week)
        if entry.customer_id is not None and self._is_now(entry.customer_id) != self._is_now(call.customer_id):
            self._findings.note(f"c{call.id} is with somebody else than was drawn", draw.week)

    def _plan(self, row: Ledger, draw: Draw, entry: DrawEntry) -> None:
        self._replay.call(row.change_id, entry)
        if entry.customer_id is not None:
            self._called[draw.week].add(entry.customer_id)

    def _is_now(self, customer_id: int) -> int:
        """Who a customer is today, through all merges."""
        customer = self._evidence.people.get(customer_id)
        while customer is not None and customer.merged_into not in (None, customer.id):
            customer_id = customer.merged_into or 0
            customer = self._evidence.people.get(customer_id)
        return customer_id


def wrong_turn(entry: DrawEntry, state: ReplayState | None, today: date, *, had_call: bool) -> str | None:
    """What is wrong with an entry, given how its customer stood, None where it was not their turn; or None."""
    if state is None or turn_of(entry) != state.turn:
        return f"was drawn as number {entry.rank} and it was not their turn"
    if entry.role is not Role.DEFERRED:
        return None if state.could_be_drawn(today) else "was drawn and could not be: they rested or had a call"
    if entry.reason == Eligibility.PLANNED:
        return None if state.planned else "was left out as having a call and had none"
    if entry.reason == Eligibility.RESTING:
        return None if state.rests(today) else "was left out as resting and did not rest"
    if entry.reason == CallState.SKIPPED and had_call:
        return None
    return "was left out without a reason"


def wrong_counts(strata: Sequence[SealedStratum], counts: Mapping[str, StratumCount]) -> Iterator[str]:
    """What is wrong with how many customers each stratum had."""
    for sealed in strata:
        count = counts.get(sealed.stratum, StratumCount(0, 0, 0, 0, {}))
        eligible = count.in_order - count.planned - count.resting
        if eligible != sealed.eligible:
            yield f"{eligible} could be drawn by the record, and {sealed.eligible} are sealed"
        elif count.in_order != sealed.orderly or sealed.in_order not in (None, count.in_order):
            in_order = sealed.in_order if sealed.orderly == count.in_order else sealed.orderly
            yield f"{count.in_order} were in the order by the record, and {in_order} are sealed"
        elif count.people != sealed.customers:
            yield f"{count.people} customers were there by the record, and {sealed.customers} are sealed"
        elif sum(sealed.excluded.values()) != sealed.customers - sealed.eligible:
            yield "those left out and those who could be drawn are not all there were"
        elif count.planned != (planned := sealed.excluded.get(Eligibility.PLANNED, 0)):
            yield f"{count.planned} had a call by the record, and {planned} are sealed"


def wrong_chances(
    strata: Sequence[SealedStratum], entries: Sequence[DrawEntry], counts: Mapping[str, StratumCount]
) -> Iterator[str]:
    """What is wrong with how many were still to come: all free ones, up to the cycle of the last called."""
    last = {entry.stratum: entry for entry in entries if entry.role is Role.CALLED}
    for sealed in strata:
        entry, count = last.get(sealed.stratum), counts.get(sealed.stratum)
        if entry is None:
            to_come = 0
        elif entry.cycle is None or count is None:
            continue  # erased with whom it named
        else:
            to_come = sum(n for cycle, n in count.free.items() if cycle <= entry.cycle)
        if to_come != sealed.still_to_come:
            yield f"{to_come} were still to come by the record, and {sealed.still_to_come} are sealed"


def policy_digests(policy: Mapping[str, Any]) -> set[str]:
    """The digests a draw by this policy may have sealed; one on record from before there were strata names none."""
    undivided = {"strata": Strata.NONE.value, **policy}
    return {chain.digest(chain.canonical(policy)), chain.digest(chain.canonical(undivided))}


def local_day(at: datetime, policy: Mapping[str, Any]) -> date:
    """The day it was at that instant where the policy's time zone is."""
    return at.astimezone(ZoneInfo(policy.get("timezone", "UTC"))).date()
