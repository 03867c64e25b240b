"""Customers, the companies they belong to, and how they can be reached."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import JSON, BigInteger, ColumnClause, Index, column

from care.db.tables.columns import field, partly, table
from care.words import ContactKind, Eligibility, Stance, Status, Usable

_STANDING: ColumnClause[str] = column("standing")
_HEARD: ColumnClause[datetime] = column("last_heard_at")


class Company(NamedTuple):
    """A company customers belong to; ``folded`` is its name as it is compared, so that each is here once."""

    id: int
    name: str
    folded: str
    added_in: int | None


companies = table(
    "company",
    Company,
    folded=field(unique=True),
    added_in=field("batch.id"),
)


class Customer(NamedTuple):
    """A person we serve.

    ``uid`` is fixed for life; ``cycle`` and ``place`` are the position in the draw (``customers/order.py``);
    ``standing`` is worked out from the rest (``customers/eligibility.py``); ``planned`` counts open calls and is kept
    by triggers; ``phone`` and ``email`` repeat the first contact of their kind. ``owner`` is who of us looks after the
    account, ``hours`` when they like to be called, ``spend`` what they spent with us, in the unit of the file.
    """

    id: int
    uid: str
    name: str
    folded: str
    company_id: int | None
    email: str | None
    phone: str | None
    segment: str | None
    stratum: str
    status: Status
    standing: Eligibility
    country: str | None
    zone: str | None
    birth_day: int | None
    birth_month: int | None
    birth_year: int | None
    joined_on: date | None
    cycle: int
    place: int
    planned: int
    paused_until: date | None
    pause_reason: str | None
    dnc_reason: str | None
    left_reason: str | None
    last_heard_at: datetime | None
    free_on: date | None
    gives: int
    takes: int
    stance: Stance | None
    remember: str | None
    owner: str | None
    hours: str | None
    spend: float | None
    merged_into: int | None
    added_in: int | None
    added_at: datetime
    extra: dict[str, str] | None


customers = table(
    "customer",
    Customer,
    Index("customer_order", "stratum", "cycle", "place", **partly(_STANDING == "callable")),
    Index("customer_waiting", "stratum", "cycle", "place", **partly(_STANDING.in_(("resting", "planned")))),
    Index("customer_sold", "takes", "gives", **partly(column("takes") > 0)),
    Index("customer_heard", "last_heard_at", "standing", **partly(_HEARD.is_not(None))),
    Index("customer_paused", "paused_until", **partly(column("paused_until").is_not(None))),
    Index("customer_resting", "free_on", **partly(column("free_on").is_not(None))),
    Index("customer_added", "added_in", **partly(column("added_in").is_not(None))),
    Index("customer_merged", "merged_into", **partly(column("merged_into").is_not(None))),
    uid=field(unique=True),
    company_id=field("company.id", index=True),
    stratum=field(default=""),
    place=field(kind=BigInteger()),
    planned=field(default=0),
    gives=field(default=0),
    takes=field(default=0),
    merged_into=field("customer.id"),
    added_in=field("batch.id"),
    extra=field(kind=JSON(none_as_null=True)),
    sqlite_autoincrement=True,
)


class Contact(NamedTuple):
    """One phone number or e-mail address. ``value`` is what is compared, ``original`` what was written."""

    id: int
    customer_id: int
    kind: ContactKind
    value: str
    original: str
    usable: Usable
    rank: int
    added_in: int | None


contacts = table(
    "contact",
    Contact,
    Index("contact_added", "added_in", **partly(column("added_in").is_not(None))),
    customer_id=field("customer.id", index=True),
    value=field(index=True),
    added_in=field("batch.id"),
)
