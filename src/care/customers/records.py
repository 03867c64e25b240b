"""Customers as the rest of care sees them: in a list, on a card, as stored, and as a pair that may be one person."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from care.words import ContactKind, Eligibility, Stance, Status, Usable


class Person(NamedTuple):
    """Enough of a customer to name and to dial them. ``zone`` is an IANA name."""

    id: int
    name: str
    company: str | None = None
    phone: str | None = None
    zone: str | None = None


class PossibleDuplicate(NamedTuple):
    """Two customers who look like one. ``reasons`` say why, the strongest first; ``calls`` is how many each has had."""

    id: int
    one: Person
    other: Person
    reasons: tuple[str, ...]
    calls: tuple[int, int]


class DuplicateList(NamedTuple):
    """The open pairs, the likeliest first, and how many there are in all."""

    pairs: tuple[PossibleDuplicate, ...]
    total: int


class Merged(NamedTuple):
    """Two customers made one: who is left, who went into them, and how many rows moved, by what they are."""

    kept: Person
    gone: Person
    moved: dict[str, int]


class ListedCustomer(NamedTuple):
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
    standing: Eligibility


class CustomerList(NamedTuple):
    """A page of customers and how many there are in all."""

    customers: tuple[ListedCustomer, ...]
    total: int


class ContactRecord(NamedTuple):
    """One way to reach a customer."""

    kind: ContactKind
    value: str
    original: str
    usable: Usable


class TimelineEntry(NamedTuple):
    """One thing that happened with a customer. ``ref`` is what a person types to name it, where it has one."""

    at: datetime
    what: str
    words: str | None = None
    ref: str | None = None
    caller: str | None = None
    private: bool = False


class Changed(NamedTuple):
    """What one command changed on a customer: each column with what it was before, and how much of what else."""

    at: datetime
    command: str
    caller: str | None
    what: tuple[str, ...]


class CustomerCard(NamedTuple):
    """All that is known of one customer. Dates are in the team's zone; ``reason`` says why they cannot be drawn.

    ``also`` are the names of those who were merged into them. What happened comes the newest first; ``changes`` are
    there where the history is wanted. ``owner`` looks after the account, ``prefers`` is when
    they like to be called, ``spend`` what they spent, in the unit of the file it came from.
    """

    id: int
    name: str
    company: str | None
    status: Status
    standing: Eligibility
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
    extra: Mapping[str, str] = {}
    timeline: tuple[TimelineEntry, ...] = ()
    also: tuple[str, ...] = ()
    changes: tuple[Changed, ...] = ()
    owner: str | None = None
    prefers: str | None = None
    spend: float | None = None


class CustomerRow(NamedTuple):
    """A customer with the name of the company, as stored; instants in UTC."""

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
    company: str | None
