"""Calls and the tries made to reach someone."""

from datetime import date, datetime

from sqlalchemy import Index, column
from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, instant, partly, word
from care.words import CallKind, CallState, How, Outcome, Stance


class Call(Row, table=True):
    """One talk with one customer, planned or held.

    ``seats`` and ``seats_of`` are the chance it was drawn with. ``beside`` is the call that could not be reached and
    that this one, a reserve, stands beside. ``carried_from`` is the week an untried call of theirs lapsed in.
    ``published`` says what was last written into the calendar; ``version`` counts the sheets read back and amendments.
    """

    __table_args__ = (
        Index("call_planned", "week", **partly(column("state") == "planned")),
        Index("call_held", "held_at", **partly(column("held_at").is_not(None))),
        Index("call_closed", "closed_at", "state", **partly(column("closed_at").is_not(None))),
        Index("call_customer", "customer_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    draw_id: int | None = Field(default=None, foreign_key="draw.id", index=True)
    week: str = Field(index=True)
    kind: CallKind = word(CallKind)
    state: CallState = word(CallState)
    caller: str
    not_before: date | None = None
    starts_at: datetime | None = instant(nullable=True)
    ends_at: datetime | None = instant(nullable=True)
    zone: str | None = None
    rank: int | None = None
    seats: int | None = None
    seats_of: int | None = None
    beside: int | None = Field(default=None, foreign_key="call.id", index=True)
    carried_from: str | None = None
    tries: int = 0
    held_at: datetime | None = instant(nullable=True)
    closed_at: datetime | None = instant(nullable=True)
    minutes: int | None = None
    how: How | None = word(How, nullable=True)
    stance: Stance | None = word(Stance, nullable=True)
    sold: bool | None = None
    defended: bool | None = None
    listeners: str | None = None
    skip_reason: str | None = None
    ics_uid: str | None = None
    ics_sequence: int = 0
    etag: str | None = None
    published: str | None = None
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Attempt(Row, table=True):
    """One try to reach a customer."""

    __table_args__ = (Index("attempt_at", "at", "outcome"),)

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    caller: str
    at: datetime = instant()
    outcome: Outcome = word(Outcome)
    recorded_at: datetime = instant()


class WeekOff(Row, table=True):
    """A week in which nobody calls: it neither keeps nor breaks the row of weeks kept."""

    __tablename__ = "week_off"

    week: str = Field(primary_key=True)
    reason: str


calls = METADATA.tables["call"]


attempts = METADATA.tables["attempt"]


weeks_off = METADATA.tables["week_off"]
