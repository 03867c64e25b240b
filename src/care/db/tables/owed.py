"""Promises we made to customers, and what else we owe them."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Index, column

from care.db.tables.columns import field, partly, table
from care.words import OwingKind, OwingState, PromiseState


class Owing(NamedTuple):
    """What is owed beside promises and news of issues, such as a small touch some time after a talk."""

    id: int
    customer_id: int
    call_id: int | None
    kind: OwingKind
    due_on: date
    state: OwingState
    settled_at: datetime | None
    reason: str | None


owings = table(
    "owing",
    Owing,
    Index("owing_open", "due_on", **partly(column("state") == "open")),
    sqlite_autoincrement=True,
    customer_id=field("customer.id", index=True),
    call_id=field("call.id", index=True),
)


class Promise(NamedTuple):
    """A promise we made. Broken is not stored: an open promise past its date is broken.

    ``moved_from`` is the first day it was promised for, where that was moved.
    """

    id: int
    customer_id: int
    call_id: int | None
    what: str
    due_on: date
    state: PromiseState
    caller: str
    made_at: datetime
    settled_at: datetime | None
    reason: str | None
    moved_from: date | None


promises = table(
    "promise",
    Promise,
    Index("promise_open", "due_on", **partly(column("state") == "open")),
    sqlite_autoincrement=True,
    customer_id=field("customer.id", index=True),
    call_id=field("call.id"),
)
