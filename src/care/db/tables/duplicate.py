"""Customers who may be one person, entered twice."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Index, column

from care.db.tables.columns import field, partly, table
from care.words import DuplicateState


class Duplicate(NamedTuple):
    """Two customers who look like one; ``one_id`` is the lower. ``reasons`` are words of ``Alike``."""

    id: int
    one_id: int
    other_id: int
    reasons: list[str]
    state: DuplicateState
    found_at: datetime


duplicates = table(
    "duplicate",
    Duplicate,
    Index("duplicate_pair", "one_id", "other_id", unique=True),
    Index("duplicate_open", "found_at", **partly(column("state") == "open")),
    one_id=field("customer.id"),
    other_id=field("customer.id", index=True),
)
