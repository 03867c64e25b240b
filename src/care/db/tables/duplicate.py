"""Customers who may be one person, entered twice."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, column
from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, instant, partly, word
from care.words import Likeness


class Duplicate(Row, table=True):
    """Two customers who look like one; ``one_id`` is the lower. ``reasons`` are words of ``Alike``."""

    __table_args__ = (
        Index("duplicate_pair", "one_id", "other_id", unique=True),
        Index("duplicate_open", "found_at", **partly(column("state") == "open")),
    )

    id: int | None = Field(default=None, primary_key=True)
    one_id: int = Field(foreign_key="customer.id")
    other_id: int = Field(foreign_key="customer.id", index=True)
    reasons: list[str] = Field(sa_column=Column(JSON, nullable=False))
    state: Likeness = word(Likeness)
    found_at: datetime = instant()


duplicates = METADATA.tables["duplicate"]
