"""What a draw sealed of itself, sealed again (``draw.md``, Ledger, seal, verification)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from care import chain
from care.db.tables.draw import Draw, DrawEntry
from care.verify.order import Order, Turn
from care.words import Role

SHOWN = 12
"""So many characters of a seal are printed, and enough to know it by."""

_SEALED = ("asked", "explicit_clock", "ledger_head", "part", "policy", "policy_calls", "reserves", "seal_before",
           "seats", "strata", "week")  # fmt: skip


def leaf_of(entry: DrawEntry) -> str:
    """What an entry that was not erased commits to: uid, turn, role and reason, under its salt."""
    facts = (entry.uid, entry.cycle, entry.place, entry.role.value, entry.reason or "")
    return chain.digest(entry.salt or "", *map(str, facts))


def seal_of(draw: Draw, entries: Iterable[DrawEntry]) -> str:
    """The seal in hex: over what the draw says of itself, its instant in UTC, and the leaves of its entries by rank."""
    facts: dict[str, Any] = {name: getattr(draw, name) for name in _SEALED}
    facts["drawn_at"] = draw.drawn_at.astimezone(UTC).isoformat()
    leaves = [entry.leaf for entry in sorted(entries, key=lambda entry: entry.rank)]
    return chain.digest(chain.canonical(facts), *leaves)


def wrong_seal(draw: Draw, entries: Sequence[DrawEntry], before: Draw | None, ledger_head: str) -> Iterator[str]:
    """What does not fit the seal of a draw. ``ledger_head`` is the hash of the ledger's row of it."""
    if seal_of(draw, entries) != draw.seal:
        yield "the draw was changed after it was sealed"
    if draw.seal_before != (before.seal if before else chain.START):
        yield "the draw before it was changed or is missing"
    if draw.ledger_head != ledger_head:
        yield "the ledger it was drawn from is not the one that is here"
    if before is not None and (draw.week, draw.drawn_at) < (before.week, before.drawn_at):
        yield "it comes before the draw it follows"
    if draw.part != (before.part + 1 if before and before.week == draw.week else 1):
        yield "it is not the next draw of its week"


def wrong_entries(draw: Draw, entries: Sequence[DrawEntry], order: Order) -> Iterator[str]:
    """What is wrong with the entries of a draw, held against their leaves, the key, each other and its seats."""
    for entry in entries:
        if entry.uid is None or entry.cycle is None:
            continue  # erased with whom it named
        if leaf_of(entry) != entry.leaf:
            yield f"the entry of the name drawn as number {entry.rank} was changed"
        elif order.turn(entry.uid, entry.cycle).place != entry.place:
            yield f"the place of the name drawn as number {entry.rank} is not what the key makes it"
    yield from wrong_ranks(entries)
    called = Counter(entry.stratum for entry in entries if entry.role is Role.CALLED)
    seats: Mapping[str, int] = {facts["stratum"]: facts["seats"] for facts in draw.strata}
    if any(called[stratum] != n for stratum, n in seats.items()) or called.total() != draw.seats:
        yield "its calls are not as many as its seats"
    if sum(entry.role is Role.RESERVE for entry in entries) != draw.reserves:
        yield "its reserves are not as many as it says"


def wrong_ranks(entries: Sequence[DrawEntry]) -> Iterator[str]:
    """What is wrong with the ranks of a draw: they have no gap, and the called and reserves stand in their turn."""
    if [entry.rank for entry in entries] != list(range(1, len(entries) + 1)):
        yield "its ranks have a gap"
    last: dict[str, Turn] = {}
    for entry in entries:
        turn = turn_of(entry)
        if turn is None or entry.role is Role.DEFERRED:
            continue
        if turn < last.get(entry.stratum, turn):
            yield "its names are not in turn"
            return
        last[entry.stratum] = turn


def turn_of(entry: DrawEntry) -> Turn | None:
    """The turn an entry seals, or None where it was erased."""
    return None if entry.cycle is None or entry.place is None else Turn(entry.cycle, entry.place)
