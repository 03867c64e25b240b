"""Whether a draw is as it was sealed, held against nothing but its own rows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from care.calls.seal import entry_leaf, seal_of
from care.calls.seats import Stratum, owed_after, share_out, tie_by
from care.customers.order import place_of
from care.verify.replay import in_turn
from care.words import Role

_SEALED = ("week", "part", "seats", "reserves", "explicit_clock", "asked", "policy_calls", "policy", "strata",
           "ledger_head", "seal_before")  # fmt: skip


def sealed_wrongly(draw: Any, entries: Sequence[Any], key: bytes, seal_before: str, ledger_head: str) -> Iterator[str]:
    """What is not as it was sealed. ``seal_before`` and ``ledger_head`` are what the rows before it come to."""
    for entry in entries:
        leaf = entry.uid and entry_leaf(entry.salt, entry.uid, entry.cycle, entry.place, entry.role, entry.reason)
        if entry.uid is not None and leaf != entry.leaf:
            yield f"the entry of the name drawn as number {entry.rank} was changed"
        elif entry.uid is not None and place_of(key, entry.uid, entry.cycle) != entry.place:
            yield f"the place of the name drawn as number {entry.rank} is not what the key makes it"
    sealed = {name: getattr(draw, name) for name in _SEALED}
    sealed["drawn_at"] = draw.drawn_at.astimezone(UTC).isoformat()
    if seal_of(sealed, [entry.leaf for entry in entries]) != draw.seal:
        yield "the draw was changed after it was sealed"
    if draw.seal_before != seal_before:
        yield "the draw before it was changed or is missing"
    if draw.ledger_head != ledger_head:
        yield "the ledger it was drawn from is not the one that is here"
    yield from in_turn(entries)
    called = Counter(entry.stratum for entry in entries if entry.role is Role.CALLED)
    if any(called[one["stratum"]] != one["seats"] for one in draw.strata) or called.total() != draw.seats:
        yield "its calls are not as many as its seats"


def seats_wrongly(draw: Any, before: Any | None, key: bytes) -> Iterator[str]:
    """What is wrong with how a draw's seats were dealt to its strata; ``before`` is the draw before it."""
    rows: Iterable[Mapping[str, Any]] = draw.strata
    base = draw.strata[0].get("base")
    if base is None or draw.strata[0]["beside"]:
        return
    owed = owed_after(before.strata if before else (), base)
    strata = [
        Stratum(one["stratum"], one["in_order"], one["eligible"] - one["held_back"], owed.get(one["stratum"], 0))
        for one in rows
    ]
    shared = share_out(strata, draw.seats, tie_by(key, draw.week))
    seats = Counter(shared.picks)
    if any((seats[one["stratum"]], shared.owed[one["stratum"]]) != (one["seats"], one["owed"]) for one in rows):
        yield "its seats are not what the shares of the strata make them"
