"""The draws and their entries, which only grow (``db/triggers.py``), and how far the draw has come in each stratum."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Index

from care.db.tables.columns import field, table
from care.words import Role


class Pointer(NamedTuple):
    """How far the draw has come in a stratum: the highest cycle and place that has become a call. Never moves back."""

    stratum: str
    cycle: int
    place: int


pointers = table(
    "pointer",
    Pointer,
    stratum=field(primary_key=True),
    place=field(kind=BigInteger()),
)


class Draw(NamedTuple):
    """One week's draw and its seal. ``strata`` holds, for each, N, eligible, excluded, seats and the pointers.

    ``part`` is 2 and up for supplements drawn in the same week.
    """

    id: int
    week: str
    part: int
    drawn_at: datetime
    explicit_clock: bool
    asked: int
    policy_calls: int
    seats: int
    reserves: int
    policy: str
    strata: list[dict[str, Any]]
    ledger_head: str
    seal_before: str
    seal: str


draws = table(
    "draw",
    Draw,
    Index("draw_week", "week", "part", unique=True),
    part=field(default=1),
)


class DrawEntry(NamedTuple):
    """One customer's part in a draw. ``leaf`` stays when the rest is erased with the customer."""

    id: int
    draw_id: int
    rank: int
    role: Role
    reason: str | None
    stratum: str
    customer_id: int | None
    uid: str | None
    salt: str | None
    cycle: int | None
    place: int | None
    leaf: str


draw_entries = table(
    "draw_entry",
    DrawEntry,
    draw_id=field("draw.id", index=True),
    customer_id=field(index=True),
    place=field(kind=BigInteger()),
)


class StratumBefore(NamedTuple):
    """The stratum a customer was in until a change, so that the draws before it can be played again.

    It outlives customers whom an undone import takes away, as the journal does.
    """

    id: int
    change_id: int
    customer_id: int
    stratum: str


strata_before = table(
    "stratum_before",
    StratumBefore,
    change_id=field("change.id"),
    customer_id=field(index=True),
)
