"""Promises we made to customers, and what else we owe them."""

from datetime import date, datetime

from sqlalchemy import Index, column
from sqlmodel import Field

from care.db.tables.columns import METADATA, partly
from care.db.tables.mapped import Row, instant, word
from care.words import OwingKind, OwingState, PromiseState


class Owing(Row, table=True):
    """What is owed beside promises and news of issues, such as a small touch some time after a talk."""

    __table_args__ = (
        Index("owing_open", "due_on", **partly(column("state") == "open")),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    call_id: int | None = Field(default=None, foreign_key="call.id", index=True)
    kind: OwingKind = word(OwingKind)
    due_on: date
    state: OwingState = word(OwingState)
    settled_at: datetime | None = instant(nullable=True)
    reason: str | None = None


owings = METADATA.tables["owing"]


class Promise(Row, table=True):
    """A promise we made. Broken is not stored: an open promise past its date is broken.

    ``moved_from`` is the first day it was promised for, where that was moved.
    """

    __table_args__ = (
        Index("promise_open", "due_on", **partly(column("state") == "open")),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    call_id: int | None = Field(default=None, foreign_key="call.id")
    what: str
    due_on: date
    state: PromiseState = word(PromiseState)
    caller: str
    made_at: datetime = instant()
    settled_at: datetime | None = instant(nullable=True)
    reason: str | None = None
    moved_from: date | None = None


promises = METADATA.tables["promise"]
