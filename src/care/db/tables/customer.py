"""How customers can be reached."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Column, ColumnClause, Index, column
from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, instant, partly, word
from care.words import ContactKind, Stance, Standing, Status, Usable


class Contact(Row, table=True):
    """One phone number or e-mail address. ``folded`` is what is compared, ``original`` what was written."""

    __table_args__ = (Index("contact_added", "added_in", **partly(column("added_in").is_not(None))),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    kind: ContactKind = word(ContactKind)
    value: str = Field(index=True)
    original: str
    usable: Usable = word(Usable)
    rank: int
    added_in: int | None = Field(default=None, foreign_key="batch.id")


contacts = METADATA.tables["contact"]


_STANDING: ColumnClause[str] = column("standing")


_HEARD: ColumnClause[datetime] = column("last_heard_at")


class Company(Row, table=True):
    """A company customers belong to, once however it is written."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str = Field(unique=True)
    added_in: int | None = Field(default=None, foreign_key="batch.id")


class Customer(Row, table=True):
    """A person we serve.

    ``uid`` is fixed for life; ``cycle`` and ``place`` are the position in the draw (``customers/order.py``);
    ``standing`` is worked out from the rest (``customers/standing.py``); ``planned`` counts open calls and is kept by
    triggers; ``phone`` and ``email`` repeat the first contact of their kind. ``owner`` is who of us looks after the
    account, ``hours`` when they like to be called, ``spend`` what they spent with us, in the unit of the file.
    """

    __table_args__ = (
        Index("customer_order", "stratum", "cycle", "place", **partly(_STANDING == "callable")),
        Index("customer_waiting", "stratum", "cycle", "place", **partly(_STANDING.in_(("resting", "planned")))),
        Index("customer_sold", "takes", "gives", **partly(column("takes") > 0)),
        Index("customer_heard", "last_heard_at", "standing", **partly(_HEARD.is_not(None))),
        Index("customer_paused", "paused_until", **partly(column("paused_until").is_not(None))),
        Index("customer_resting", "free_on", **partly(column("free_on").is_not(None))),
        Index("customer_added", "added_in", **partly(column("added_in").is_not(None))),
        Index("customer_merged", "merged_into", **partly(column("merged_into").is_not(None))),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    name: str
    folded: str
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    email: str | None = None
    phone: str | None = None
    segment: str | None = None
    stratum: str = ""
    status: Status = word(Status)
    standing: Standing = word(Standing)
    country: str | None = None
    zone: str | None = None
    birth_day: int | None = None
    birth_month: int | None = None
    birth_year: int | None = None
    joined_on: date | None = None
    cycle: int
    place: int = Field(sa_column=Column(BigInteger, nullable=False))
    planned: int = 0
    paused_until: date | None = None
    pause_reason: str | None = None
    dnc_reason: str | None = None
    left_reason: str | None = None
    last_heard_at: datetime | None = instant(nullable=True)
    free_on: date | None = None
    gives: int = 0
    takes: int = 0
    stance: Stance | None = word(Stance, nullable=True)
    remember: str | None = None
    owner: str | None = None
    hours: str | None = None
    spend: float | None = None
    merged_into: int | None = Field(default=None, foreign_key="customer.id")
    added_in: int | None = Field(default=None, foreign_key="batch.id")
    added_at: datetime = instant()
    extra: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


companies = METADATA.tables["company"]


customers = METADATA.tables["customer"]
