"""What commands did."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, instant


class Change(Row, table=True):
    """One thing a command did."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant()
    command: str
    caller: str | None = None
    undoes: int | None = Field(default=None, foreign_key="change.id")


changes = METADATA.tables["change"]


class Journal(Row, table=True):
    """How one row looked before a change: ``old`` is a JSON object, or nothing where the row was new."""

    __table_args__ = (Index("journal_row", "noun", "row_id"),)

    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(foreign_key="change.id", index=True)
    noun: str
    row_id: str
    act: str
    customer_id: int | None = Field(default=None, index=True)
    old: str | None = None


class Batch(Row, table=True):
    """One import: ``b1`` and so on."""

    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(foreign_key="change.id")
    at: datetime = instant()
    file: str
    layout: str
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0


journal = METADATA.tables["journal"]


batches = METADATA.tables["batch"]
