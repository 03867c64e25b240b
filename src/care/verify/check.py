"""Where a verification meets the store: what was sealed is sealed anew, and the record played again."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care import chain
from care.calls.frame import chance_in
from care.customers.order import Position, place_of
from care.customers.order_queries import all_pointers, base
from care.db.settings import draw_key
from care.db.tables.call import calls
from care.db.tables.customer import customers
from care.db.tables.draw import draw_entries, draws, strata_before
from care.db.tables.journal import batches, journal
from care.db.tables.ledger import ledger
from care.times.zones import local_date
from care.verify.records import Problem, Verification
from care.verify.replay import Newcomer, Replay, passed_over
from care.verify.sealed import sealed_wrongly, seats_wrongly
from care.words import IN_THE_ORDER, CallKind, LedgerKind, Role, Standing

SHOWN = 12
"""So many characters of a seal are printed, and enough to know it by."""


def verify(session: Session, seen: str | None) -> Verification:
    """Looks at everything that was sealed or recorded. ``seen`` is a seal kept elsewhere, its first characters or all.

    Linear in customers and ledger.
    """
    whole = _Whole(session)
    whole.play()
    whole.check_present()
    found = None
    if seen is not None:
        plain = seen.replace(" ", "").lower()
        found = next((one.week for one in whole.draws if len(plain) >= SHOWN and one.seal.startswith(plain)), None)
        if found is None:
            whole.note(None, f"the seal {seen} is none of this store: an older copy was restored, or another begun")
    weeks = {problem.week for problem in whole.problems if problem.week}
    return Verification(
        draws=len(whole.draws),
        verified=sum(one.week not in weeks for one in whole.draws),
        out_of_order=whole.passed_over,
        erased=whole.erased,
        problems=tuple(whole.problems),
        head=whole.draws[-1].seal[:SHOWN] if whole.draws else "",
        seen=seen,
        seen_in=found,
    )


class _Whole:
    """One verification as it goes on."""

    def __init__(self, session: Session) -> None:
        self.problems: list[Problem] = []
        self.passed_over = self.erased = 0
        self.draws = all_draws(session)
        self._session = session
        self._key = draw_key(session)
        self._entries = entries_by_draw(session)
        self._calls = drawn_calls(session)
        self._present = {row.id: row for row in present(session)}
        self._by_draw = {(one.week, one.part): one for one in self.draws}
        self._batches = batch_changes(session)
        self._left = all_before(session)
        self._replay = Replay(self._key, self._present, self._left)
        self._called: set[int] = set()
        self._lost = 0  # customers who were there and of whom nothing is left: forgotten since, or an undone import
        self._week: str | None = None
        self._draw_before: Any | None = None
        self._zone = "UTC"
        self._played: set[tuple[str, int]] = set()
        self._gone: dict[int, int] = {}

    def note(self, week: str | None, what: str) -> None:
        """Keeps a problem, once."""
        problem = Problem(what, week)
        if problem not in self.problems:
            self.problems.append(problem)

    def play(self) -> None:
        """The chain, row by row, and with it each draw at its moment."""
        before, first = chain.START, first_stands(self._session)
        members = defaultdict(list)
        for row in self._present.values():
            if row.added_in is not None:
                members[row.added_in].append(row)
        expected = 1
        for row in ledger_rows(self._session):
            if row.id != expected:
                self.note(self._week, f"ledger row {expected} is missing")
            expected = row.id + 1
            at = row.at.astimezone(UTC).isoformat()
            if row.uid is not None and chain.leaf(row.salt or "", row.uid, row.kind.value) != row.leaf:
                self.note(self._week, f"ledger row {row.id} names somebody else than was recorded")
            now = self._present.get(row.customer_id)
            if row.uid is not None and now is not None and now.uid != row.uid:
                self.note(self._week, f"customer {row.customer_id} is not who ledger row {row.id} speaks of")
            if chain.link(before, row.kind.value, at, row.leaf, row.facts) != row.hash:
                self.note(self._week, f"ledger row {row.id} ({row.kind.value}, {row.at:%Y-%m-%d}) was changed")
            before = row.hash
            if "policy" in row.facts:
                self._zone = row.facts["policy"].get("timezone", self._zone)
            if row.kind is LedgerKind.JOINED and "batch" in row.facts:
                self._join(row, members.get(row.facts["batch"], []), first)
            elif row.kind is LedgerKind.DRAW:
                self._draw(row)
            elif row.kind is LedgerKind.STRATUM:
                self._replay.switch(row, {one.id: one.stratum for one in self._present.values()})
            elif row.kind is LedgerKind.STEP:
                self._step(row)
            elif row.kind is LedgerKind.FORGET:
                self._forgotten(row.facts["batches"])
            else:
                if row.kind is LedgerKind.JOINED and row.uid is None:
                    self._lost += 1
                elif row.kind is LedgerKind.UNDO:
                    self._lost -= self._gone.pop(row.facts["change"], 0)
                self._replay.step(row)
            for wrong in self._replay.wrong:
                self.note(self._week, wrong)
            self._replay.wrong.clear()
        drawn = {(one.week, one.part) for one in self.draws}
        for week, _ in sorted(drawn - self._played):
            self.note(week, "the draw is not in the ledger")

    def _forgotten(self, batches: list[int | None]) -> None:
        for batch in batches:
            self._lost -= 1
            change = None if batch is None else self._batches.get(batch)
            if change in self._gone:
                self._gone[change] -= 1

    def _join(self, row: Any, members: list[Any], first: dict[int, tuple[Standing, int]]) -> None:
        bundle, after = chain.Bundle(), self._replay.stratum_after
        stood = [(one, *first.get(one.id, (one.standing, one.cycle))) for one in members]
        newcomers = (
            Newcomer(one.id, one.uid, standing in IN_THE_ORDER, cycle, after(one.id, row.change_id, one.stratum))
            for one, standing, cycle in stood
        )
        for here, (one, standing, _) in zip(self._replay.join(row.change_id, newcomers), stood, strict=True):
            bundle.add_line(f"{one.uid}\0{here.cycle}\0{here.place}\0{standing.value}")
        missing = row.facts["count"] - len(members)
        if missing:
            self._lost += missing
            self._gone[row.change_id] = missing
        elif bundle.hexdigest() != row.facts["digest"]:
            self.note(self._week, f"the customers of import b{row.facts['batch']} are not those who joined with it")

    def _draw(self, row: Any) -> None:
        draw = self._by_draw.get((row.facts["week"], row.facts["part"]))
        self._played.add((row.facts["week"], row.facts["part"]))
        if draw is None:
            self.note(row.facts["week"], "the draw is in the ledger and nowhere else")
            return
        self._week = draw.week
        entries = self._entries.get(draw.id, [])
        self.erased += sum(entry.uid is None for entry in entries)
        before = self._draw_before and self._draw_before.seal
        for what in sealed_wrongly(draw, entries, self._key, before or chain.START, row.hash):
            self.note(draw.week, what)
        for what in seats_wrongly(draw, self._draw_before, self._key):
            self.note(draw.week, what)
        self._draw_before = draw
        taken = [one for one in entries if one.role is not Role.DEFERRED]
        today = local_date(draw.drawn_at, self._zone)
        self._replay.wake(row.change_id, today)
        self._check_frame(draw, today)
        last = {one.stratum: one for one in taken}
        ends = {name: Position(one.cycle, one.place) for name, one in last.items() if one.uid is not None}
        self._check_turn(draw, [one for one in entries if one.stratum in ends], ends, today)
        self._pointers_before(draw)
        calls = {call.rank: call for call in self._calls.values() if call.draw_id == draw.id}
        chances = {one["stratum"]: (one["seats"], one["still_to_come"]) for one in draw.strata}
        for entry in (one for one in taken if one.role is Role.CALLED):
            call = calls.get(entry.rank)
            if call is None:
                self.note(draw.week, f"the call of the name drawn as number {entry.rank} is missing")
                continue
            self._check_call(draw, entry, call, chances.get(entry.stratum, (0, 0)))
            self._replay.call(row.change_id, entry)
        self._pointers_after(draw, taken)

    def _check_frame(self, draw: Any, today: date) -> None:
        if self._lost > 0:
            return  # of the forgotten and of undone imports it is no longer known how they stood
        counts = self._replay.count(today)
        for one in draw.strata:
            there, could = counts.get(one["stratum"], (0, 0))
            if could != one["eligible"]:
                self.note(draw.week, f"{could} could be drawn by the record, and {one['eligible']} are sealed")
            elif there != one.get("in_order", there):
                self.note(draw.week, f"{there} were in the order by the record, and {one['in_order']} are sealed")

    def _pointers_before(self, draw: Any) -> None:
        for one in draw.strata:
            name, sealed = one["stratum"], one["pointer_before"]
            here = self._replay.pointers.get(name)
            if name in self._replay.unsure:
                self._replay.unsure.discard(name)
                if sealed:
                    self._replay.pointers[name] = Position(*sealed)
            elif sealed != (None if here is None else list(here)):
                self.note(draw.week, "the pointer before the draw is not where the one before left it")

    def _pointers_after(self, draw: Any, taken: list[Any]) -> None:
        erased = {one.stratum for one in taken if one.uid is None}
        for one in draw.strata:
            name, sealed = one["stratum"], one["pointer_after"]
            here = self._replay.pointers.get(name)
            if name in erased and sealed:
                self._replay.pointers[name] = Position(*sealed)
            elif sealed != (None if here is None else list(here)):
                self.note(draw.week, "the pointer after the draw is not where its last call is")

    def _check_turn(self, draw: Any, entries: list[Any], ends: Mapping[str, Position], today: date) -> None:
        due = self._replay.up_to(ends)
        named = {entry.customer_id: entry for entry in entries if entry.customer_id is not None}
        over = passed_over(due, named)
        self.passed_over += len(over)
        for one in over:
            self.note(draw.week, f"customer {one} was passed over: it was their turn")
        for one, entry in named.items():
            stand = due.get(one)
            if stand is None or (entry.cycle, entry.place) != tuple(stand.position):
                self.note(draw.week, f"customer {one} was drawn as number {entry.rank} and it was not their turn")
            elif entry.role is not Role.DEFERRED and not stand.could_be_drawn(today):
                self.note(draw.week, f"customer {one} was drawn and could not be: they rested or had a call")
            elif entry.reason == Standing.RESTING and not stand.rests(today):
                self.note(draw.week, f"customer {one} was left out as resting and did not rest")
            elif entry.reason == Standing.PLANNED and not stand.planned:
                self.note(draw.week, f"customer {one} was left out as having a call and had none")

    def _check_call(self, draw: Any, entry: Any, call: Any, chance: tuple[int, int]) -> None:
        self._called.add(call.id)
        if call.week != draw.week:
            self.note(draw.week, f"c{call.id} is in another week than it was drawn for")
        if (call.seats, call.seats_of) != chance:
            self.note(draw.week, f"c{call.id} has another chance than it was drawn with")
        if entry.customer_id is not None and self._is_now(entry.customer_id) != self._is_now(call.customer_id):
            self.note(draw.week, f"c{call.id} is with somebody else than was drawn")

    def _is_now(self, customer_id: int) -> int:
        row = self._present.get(customer_id)
        while row is not None and row.merged_into is not None and row.merged_into != row.id:
            row = self._present.get(row.merged_into)
        return customer_id if row is None else row.id

    def _step(self, row: Any) -> None:
        call = self._calls.get(row.facts["call"])
        if call is None:
            self.note(row.facts["week"], f"c{row.facts['call']}, a reserve who stepped up, is missing")
            return
        entries = self._entries.get(call.draw_id, [])
        entry = next((one for one in entries if one.rank == call.rank and one.role is Role.RESERVE), None)
        draw = next((one for one in self.draws if one.id == call.draw_id), None)
        if entry is None or draw is None:
            self.note(row.facts["week"], f"c{call.id} stepped up and stands in no draw as a reserve")
            return
        self._replay.wake(row.change_id, local_date(row.at, self._zone))
        self._check_call(draw, entry, call, chance_in(draw.strata, entries, entry))
        if call.beside != row.facts["beside"]:
            self.note(draw.week, f"c{call.id} stands beside another call than it was called for")
        self._replay.call(row.change_id, entry)
        if entry.uid is None:
            self._replay.unsure.add(entry.stratum)  # how far it went with somebody forgotten since, the next draw says

    def check_present(self) -> None:
        """Whether what is there now is where the ledger ends."""
        if self._lost:
            self.note(self._week, f"{abs(self._lost)} who joined are gone, and nobody let them go or took them back")
        for call in self._calls.values():
            if call.id not in self._called:
                self.note(call.week, f"c{call.id} says it was drawn and no draw names it")
        end, here = self._replay.pointers, all_pointers(self._session)
        if any(here.get(name) != end.get(name) for name in {*here, *end} - self._replay.unsure):
            self.note(self._week, "the pointer is not where the last draw left it")
        if base(self._session) != self._replay.base:
            self.note(self._week, "the order begins with another cycle than the ledger says")
        for who, uid, standing, stratum, cycle, place, _, into in self._present.values():
            if into == who:
                continue  # who stands for the forgotten
            stand = self._replay.stands.get(who)
            if stand is None:
                self.note(self._week, f"customer {who} is there and never joined")
            elif (standing in IN_THE_ORDER) is not stand.is_in:
                self.note(self._week, f"customer {who} stands as {standing.value}, against the ledger")
            elif stratum != stand.stratum:
                self.note(self._week, f"customer {who} is in another stratum than the ledger puts them")
            elif (cycle, place) == stand.position:
                continue  # which was worked out with the key from the same uid
            elif standing in IN_THE_ORDER:
                self.note(self._week, f"customer {who} has another place than the ledger gives them")
            elif place_of(self._key, uid, cycle) != place:
                self.note(self._week, f"customer {who} has a place the key does not give")
        for one in set(self._replay.stands) - set(self._present):
            self.note(self._week, f"customer {one} is in the ledger and gone without a word")


def all_before(session: Session) -> dict[int, list[tuple[int, str]]]:
    """For each customer who ever left a stratum: (change, the stratum left in it), the first change first."""
    found: dict[int, list[tuple[int, str]]] = {}
    for row in session.execute(select(strata_before).order_by(strata_before.c.id)):
        found.setdefault(row.customer_id, []).append((row.change_id, row.stratum))
    return found


def ledger_rows(session: Session) -> Iterator[Any]:
    """The ledger from its first row."""
    yield from session.execute(select(ledger).order_by(ledger.c.id))


def all_draws(session: Session) -> Sequence[Any]:
    """Every draw and supplement, oldest first."""
    return session.execute(select(draws).order_by(draws.c.id)).all()


def entries_by_draw(session: Session) -> dict[int, list[Any]]:
    """The entries of each draw, in rank."""
    found: dict[int, list[Any]] = {}
    for row in session.execute(select(draw_entries).order_by(draw_entries.c.draw_id, draw_entries.c.rank)):
        found.setdefault(row.draw_id, []).append(row)
    return found


def drawn_calls(session: Session) -> dict[int, Any]:
    """The calls the draw gave, by id."""
    chosen = select(calls).where(calls.c.kind == CallKind.DRAWN)
    return {row.id: row for row in session.execute(chosen)}


def present(session: Session) -> Iterator[Any]:
    """How every customer stands now, in these columns."""
    columns = ("id", "uid", "standing", "stratum", "cycle", "place", "added_in", "merged_into")
    yield from session.execute(select(*(customers.c[name] for name in columns)).order_by(customers.c.id))


def first_stands(session: Session) -> dict[int, tuple[Standing, int]]:
    """Standing and cycle of customers before anything about them changed, of those of whom anything did."""
    first = select(func.min(journal.c.id)).where(
        journal.c.noun == "customer", journal.c.act.in_(("update", "delete")), journal.c.old.is_not(None)
    )
    images = select(journal.c.row_id, journal.c.old).where(journal.c.id.in_(first.group_by(journal.c.row_id)))
    found = ((int(row.row_id), json.loads(row.old)) for row in session.execute(images))
    return {one: (Standing(old["standing"]), int(old["cycle"])) for one, old in found}


def batch_changes(session: Session) -> dict[int, int]:
    """The change each import was."""
    return {row.id: row.change_id for row in session.execute(select(batches.c.id, batches.c.change_id))}
