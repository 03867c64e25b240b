"""What each command did, how the rows it changed looked before, and what each import read."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Index

from care.db.tables.columns import field, table


class Change(NamedTuple):
    """One thing a command did."""

    id: int
    at: datetime
    command: str
    caller: str | None
    undoes: int | None


changes = table(
    "change",
    Change,
    undoes=field("change.id"),
)


class Journal(NamedTuple):
    """How one row looked before a change: ``old`` is a JSON object, or nothing where the row was new."""

    id: int
    change_id: int
    noun: str
    row_id: str
    act: str
    customer_id: int | None
    old: str | None


journal = table(
    "journal",
    Journal,
    Index("journal_row", "noun", "row_id"),
    change_id=field("change.id", index=True),
    customer_id=field(index=True),
)


class Batch(NamedTuple):
    """One import: ``b1`` and so on."""

    id: int
    change_id: int
    at: datetime
    file: str
    layout: str
    read: int
    added: int
    updated: int
    unchanged: int
    rejected: int


batches = table(
    "batch",
    Batch,
    change_id=field("change.id"),
    read=field(default=0),
    added=field(default=0),
    updated=field(default=0),
    unchanged=field(default=0),
    rejected=field(default=0),
)
