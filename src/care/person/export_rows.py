"""All that is held on one customer, as it is exported. Instants are UTC, dates as they were said."""

from datetime import date, datetime
from typing import Any, NamedTuple

from care.customers.records import ContactRecord
from care.words import (
    Area,
    CallKind,
    CallState,
    Eligibility,
    GoldKind,
    How,
    IssueKind,
    IssueState,
    LedgerKind,
    Outcome,
    PromiseState,
    Purpose,
    Reading,
    Role,
    Stance,
    Status,
)


class HeldNumber(NamedTuple):
    """The number they have in another system."""

    source: str
    external_id: str


class HeldOrigin(NamedTuple):
    """The import they came with."""

    id: int
    file: str
    layout: str
    at: datetime


class HeldAttempt(NamedTuple):
    """One try to reach them."""

    id: int
    at: datetime
    caller: str
    outcome: Outcome
    recorded_at: datetime


class HeldAnswer(NamedTuple):
    """What they answered, to the question as it was put then."""

    id: int
    key: str
    question: str
    words: str | None
    reading: Reading | None
    private: bool


class HeldGold(NamedTuple):
    """A passage of theirs worth acting on."""

    id: int
    kind: GoldKind
    words: str
    said_at: datetime


class HeldCall(NamedTuple):
    """One call, whatever became of it. ``listeners`` are the names of those of the team who listened in."""

    id: int
    week: str
    kind: CallKind
    state: CallState
    caller: str
    starts_at: datetime | None
    ends_at: datetime | None
    held_at: datetime | None
    closed_at: datetime | None
    minutes: int | None
    how: How | None
    stance: Stance | None
    sold: bool | None
    defended: bool | None
    listeners: str | None
    skip_reason: str | None
    carried_from: str | None
    attempts: tuple[HeldAttempt, ...]
    answers: tuple[HeldAnswer, ...]
    gold: tuple[HeldGold, ...]


class HeldIssue(NamedTuple):
    """An issue they raised, their words, and what they were told. ``reopened`` counts how often it was not fixed."""

    id: int
    title: str
    kind: IssueKind
    state: IssueState
    note: str | None
    settled_at: datetime | None
    call_id: int | None
    words: str | None
    raised_at: datetime
    told_at: datetime | None
    told_by: str | None
    reaction: str | None
    reopened: int


class HeldPromise(NamedTuple):
    """What we told them we would do."""

    id: int
    call_id: int | None
    what: str
    due_on: date
    state: PromiseState
    caller: str
    made_at: datetime
    settled_at: datetime | None
    reason: str | None


class HeldTouch(NamedTuple):
    """One contact with a purpose, talks apart."""

    id: int
    at: datetime
    purpose: Purpose
    area: Area | None
    words: str | None
    caller: str


class HeldDraw(NamedTuple):
    """Their part in the draw of a week."""

    week: str
    drawn_at: datetime
    role: Role
    reason: str | None


class HeldLedgerRow(NamedTuple):
    """What the ledger says of them."""

    id: int
    at: datetime
    kind: LedgerKind
    facts: dict[str, Any]


class HeldImage(NamedTuple):
    """How a row about them looked before a command changed it, None where it was new then; what ``care undo`` reads."""

    id: int
    at: datetime
    command: str
    caller: str | None
    noun: str
    row_id: str
    act: str
    before: dict[str, Any] | None


class HeldCustomer(NamedTuple):
    """Everything held on one customer. ``journal`` is None where it was not asked for."""

    id: int
    uid: str
    name: str
    company: str | None
    status: Status
    standing: Eligibility
    segment: str | None
    country: str | None
    zone: str | None
    contacts: tuple[ContactRecord, ...]
    numbers: tuple[HeldNumber, ...]
    birthday: str | None
    joined_on: date | None
    owner: str | None
    prefers: str | None
    spend: float | None
    added_at: datetime
    origin: HeldOrigin | None
    extra: dict[str, str]
    last_heard_at: datetime | None
    stance: Stance | None
    remember: str | None
    paused_until: date | None
    pause_reason: str | None
    do_not_call_reason: str | None
    left_reason: str | None
    rests_until: date | None
    merged_into: int | None
    calls: tuple[HeldCall, ...]
    issues: tuple[HeldIssue, ...]
    promises: tuple[HeldPromise, ...]
    touches: tuple[HeldTouch, ...]
    draws: tuple[HeldDraw, ...]
    ledger: tuple[HeldLedgerRow, ...]
    journal: tuple[HeldImage, ...] | None


class Export(NamedTuple):
    """Whose export it is and when it was made; the customers follow one by one."""

    company: str
    exported_at: datetime
