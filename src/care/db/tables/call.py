"""Calls and the tries made to reach someone."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Index, column

from care.db.tables.columns import field, partly, table
from care.words import CallKind, CallState, How, Outcome, Stance


class Call(NamedTuple):
    """One talk with one customer, planned or held.

    ``seats`` and ``seats_of`` are the chance it was drawn with. ``beside`` is the call that could not be reached and
    that this one, a reserve, stands beside. ``carried_from`` is the week an untried call of theirs lapsed in.
    ``published`` says what was last written into the calendar; ``version`` counts the sheets read back and amendments.
    """

    id: int
    customer_id: int
    draw_id: int | None
    week: str
    kind: CallKind
    state: CallState
    caller: str
    not_before: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    zone: str | None
    rank: int | None
    seats: int | None
    seats_of: int | None
    beside: int | None
    carried_from: str | None
    tries: int
    held_at: datetime | None
    closed_at: datetime | None
    minutes: int | None
    how: How | None
    stance: Stance | None
    sold: bool | None
    defended: bool | None
    listeners: str | None
    skip_reason: str | None
    ics_uid: str | None
    ics_sequence: int
    etag: str | None
    published: str | None
    version: int


calls = table(
    "call",
    Call,
    Index("call_planned", "week", **partly(column("state") == "planned")),
    Index("call_held", "held_at", **partly(column("held_at").is_not(None))),
    Index("call_closed", "closed_at", "state", **partly(column("closed_at").is_not(None))),
    Index("call_customer", "customer_id", "id"),
    customer_id=field("customer.id"),
    draw_id=field("draw.id", index=True),
    week=field(index=True),
    beside=field("call.id", index=True),
    tries=field(default=0),
    ics_sequence=field(default=0),
    version=field(default=0, server_default="0"),
    sqlite_autoincrement=True,
)


class Attempt(NamedTuple):
    """One try to reach a customer."""

    id: int
    call_id: int
    customer_id: int
    caller: str
    at: datetime
    outcome: Outcome
    recorded_at: datetime


attempts = table(
    "attempt",
    Attempt,
    Index("attempt_at", "at", "outcome"),
    call_id=field("call.id", index=True),
    customer_id=field("customer.id", index=True),
)


class WeekOff(NamedTuple):
    """A week in which nobody calls: it neither keeps nor breaks the row of weeks kept."""

    week: str
    reason: str


weeks_off = table(
    "week_off",
    WeekOff,
    week=field(primary_key=True),
)
