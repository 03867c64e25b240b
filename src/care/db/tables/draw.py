"""The sealed record of the draws: append-only, see ``db/schema.py``."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index
from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, instant, word
from care.words import Role


class Pointer(Row, table=True):
    """How far the draw has come in a stratum: the highest cycle and place that has become a call. Never moves back."""

    stratum: str = Field(primary_key=True)
    cycle: int
    place: int = Field(sa_column=Column(BigInteger, nullable=False))


class Draw(Row, table=True):
    """One week's draw and its seal. ``strata`` holds, for each, N, eligible, excluded, seats and the pointers.

    ``part`` is 2 and up for supplements drawn in the same week.
    """

    __table_args__ = (Index("draw_week", "week", "part", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    week: str
    part: int = 1
    drawn_at: datetime = instant()
    explicit_clock: bool
    asked: int
    policy_calls: int
    seats: int
    reserves: int
    policy: str
    strata: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    ledger_head: str
    seal_before: str
    seal: str


class DrawEntry(Row, table=True):
    """One customer's part in a draw. ``leaf`` stays when the rest is erased with the customer."""

    __tablename__ = "draw_entry"

    id: int | None = Field(default=None, primary_key=True)
    draw_id: int = Field(foreign_key="draw.id", index=True)
    rank: int
    role: Role = word(Role)
    reason: str | None = None
    stratum: str
    customer_id: int | None = Field(default=None, index=True)
    uid: str | None = None
    salt: str | None = None
    cycle: int | None = None
    place: int | None = Field(default=None, sa_column=Column(BigInteger))
    leaf: str


pointers = METADATA.tables["pointer"]


draws = METADATA.tables["draw"]


draw_entries = METADATA.tables["draw_entry"]


class StratumBefore(Row, table=True):
    """The stratum a customer was in until a change, so that the draws before it can be played again.

    It outlives customers whom an undone import takes away, as the journal does.
    """

    __tablename__ = "stratum_before"

    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(foreign_key="change.id")
    customer_id: int = Field(index=True)
    stratum: str


strata_before = METADATA.tables["stratum_before"]
