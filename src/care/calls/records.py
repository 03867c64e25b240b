"""Calls and plans as the rest of care sees them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, TypedDict

from care.customers.records import Person
from care.words import CallKind, CallState, How, Outcome, Part, Stance


class Chance(NamedTuple):
    """The chance a call was drawn with: so many seats among so many customers still to come in the cycle."""

    seats: int
    of: int


class AttemptRecord(NamedTuple):
    """One try."""

    at: datetime
    outcome: Outcome
    caller: str


class CallRecord(NamedTuple):
    """One call, its times in the team's zone.

    ``notes`` is what the plan says of it in a few words; ``beside`` the call a reserve stands beside; ``part`` the part
    of the day in which to try again, where tries went before and no time is set.
    """

    id: int
    kind: CallKind
    state: CallState
    customer: Person
    caller: str
    week: str
    not_before: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    drawn_in: str | None
    chance: Chance | None
    attempts: tuple[AttemptRecord, ...]
    carried_from: str | None = None
    beside: int | None = None
    skip_reason: str | None = None
    notes: tuple[str, ...] = ()
    part: Part | None = None


class NoTime(NamedTuple):
    """A call, by its id, for which no time was found, and why."""

    call: int
    reason: str


class Frame(NamedTuple):
    """Whom a draw was made from, at that moment."""

    customers: int
    eligible: int
    excluded: dict[str, int]


class Reserve(NamedTuple):
    """Someone who steps up when another cannot be reached; no command says who, before they do."""

    rank: int


class Suggested(NamedTuple):
    """A customer worth a chosen call beside the draw: they wait to be told what became of what they raised.

    ``issues`` are what they wait for, as in ``i7 fixed``; ``waiting_days`` counts from the first that was settled.
    """

    customer: Person
    issues: tuple[str, ...]
    waiting_days: int


class Plan(NamedTuple):
    """One week's plan. ``wanted`` talks, ``held`` of them so far; ``bounded`` where the company is too small for more.

    ``drawn_at``, ``seal`` and ``frame`` are None while the week has no draw. ``doubles`` counts the pairs of customers
    who may be one person, who then has two chances. ``no_time`` are the calls no slot could be found for; empty while
    nobody has set slots. ``suggested`` are calls that could be added, apart from the draw.
    """

    week: str
    monday: date
    sunday: date
    drawn_at: datetime | None
    seal: str | None
    frame: Frame | None
    calls: tuple[CallRecord, ...]
    reserves: tuple[Reserve, ...]
    held: int
    wanted: int
    carried: int
    off: str | None = None
    bounded: int | None = None
    new: bool = False
    doubles: int = 0
    no_time: tuple[NoTime, ...] = ()
    suggested: tuple[Suggested, ...] = ()


class PlanPreview(NamedTuple):
    """What a draw would be made from: counts, never names.

    ``free`` is how many calls the slots of the week still hold, and ``timed`` for how many of the seats that is enough;
    both None while nobody has set slots.
    """

    week: str
    frame: Frame
    wanted: int
    seats: int
    reserves: tuple[Reserve, ...]
    dry_run: bool = True
    timed: int | None = None
    free: int | None = None


class DrawRequest(NamedTuple):
    """What a draw is asked for. ``explicit_clock`` says that the clock was set by hand, which the seal records."""

    week: str
    wanted: int
    callers: Sequence[str]
    explicit_clock: bool


class CallChange(TypedDict, total=False):
    """The columns of a call that change once it is planned."""

    week: str
    kind: CallKind
    state: CallState
    caller: str
    not_before: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    zone: str | None
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


class CallTimes(TypedDict):
    """When a call begins and ends, with the zone this was said in; all None without a time."""

    starts_at: datetime | None
    ends_at: datetime | None
    zone: str | None


class CallRow(NamedTuple):
    """A call beside what is known of its customer, as it is stored; instants in UTC."""

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
    name: str
    company: str | None
    phone: str | None
    customer_zone: str | None
    uid: str
    cycle: int
    place: int
    last_heard_at: datetime | None
    customer_country: str | None
    customer_hours: str | None
    customer_owner: str | None
