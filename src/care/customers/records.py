"""Customers as the rest of care sees them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from care.words import ContactKind, Stance, Standing, Status, Usable


@dataclass(frozen=True, slots=True)
class Person:
    """Enough of a customer to name and to dial them. ``zone`` is an IANA name."""

    id: int
    name: str
    company: str | None = None
    phone: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class ListedCustomer:
    """One line of the list. ``silent_days`` is None for someone never heard."""

    id: int
    name: str
    company: str | None
    email: str | None
    phone: str | None
    segment: str | None
    status: Status
    last_heard_on: date | None
    silent_days: int | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class CustomerList:
    """A page of customers and how many there are in all."""

    customers: tuple[ListedCustomer, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """One way to reach a customer."""

    kind: ContactKind
    value: str
    original: str
    usable: Usable


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened with a customer. ``ref`` is what a person types to name it, where it has one."""

    at: datetime
    what: str
    words: str | None = None
    ref: str | None = None
    caller: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """All that is known of one customer. Dates are in the team's zone; ``reason`` says why they cannot be drawn."""

    id: int
    name: str
    company: str | None
    status: Status
    standing: Standing
    reason: str | None
    segment: str | None
    country: str | None
    zone: str | None
    contacts: tuple[ContactRecord, ...]
    birthday: str | None
    joined_on: date | None
    paused_until: date | None
    free_on: date | None
    last_heard_on: date | None
    silent_days: int | None
    stance: Stance | None
    remember: str | None
    added_on: date
    extra: dict[str, str] = field(default_factory=dict)
    timeline: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """What a column of the file was recognised as; None where it is kept as it is."""

    column: str
    field: str | None


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line that could not be taken."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did; read = added + updated + unchanged + rejected, always.

    ``callable`` of the customers in the file could be drawn now, ``excluded`` counts the others by reason.
    """

    batch: str | None
    file: str
    layout: str
    encoding: str
    delimiter: str
    read: int
    added: int
    updated: int
    unchanged: int
    rejected: int
    rejections: tuple[RejectedLine, ...]
    columns: tuple[ColumnRead, ...]
    callable: int
    excluded: dict[str, int]
    unchecked: int
    unreadable: dict[str, int]
    unknown_statuses: dict[str, int]
    notices: tuple[str, ...]
    sample: tuple[str, ...] = ()
    dry_run: bool = False
