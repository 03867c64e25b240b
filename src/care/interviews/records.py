"""Interviews as the rest of care sees them: the guide, the brief, what a talk came to, and transcripts kept with it."""

from datetime import date, datetime
from typing import NamedTuple

from care.calls.records import CallRecord
from care.customers.records import Person
from care.owed.records import PromiseRecord
from care.touches.records import ComingDate
from care.words import GoldKind, IssueKind, IssueState, Outcome, QuestionKind, Reading, Stance, Status


class Attached(NamedTuple):
    """Which file went to which talk, how many passages it has, and who speaks in it.

    ``already`` where that file was attached to it before; ``sure`` where a name told who of the speakers is ours.
    """

    call: int
    customer: Person
    file: str
    passages: int
    minutes: int
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    sure: bool
    already: bool = False
    quoted: bool = False


class Moved(NamedTuple):
    """The call the talk is now, with whom it was logged before, and the call it was logged as, where that is there."""

    call: CallRecord
    was_with: Person
    reopened: CallRecord | None


class WordingRecord(NamedTuple):
    """How a question was put from that day on."""

    text: str
    since: date


class QuestionRecord(NamedTuple):
    """One question with its present words. ``wordings`` are all it was ever put in, the oldest first."""

    id: int
    key: str
    kind: QuestionKind
    text: str
    probes: tuple[str, ...]
    reading: bool
    private: bool
    segment: str | None
    retired_on: date | None
    wordings: tuple[WordingRecord, ...]


class Guide(NamedTuple):
    """The questions, in the order they are asked, and what is said first. ``retired`` counts those no longer asked."""

    questions: tuple[QuestionRecord, ...]
    opening: str
    retired: int


class LastAnswer(NamedTuple):
    """What a customer answered, to which question as it was put then, and when."""

    key: str
    question: str
    words: str | None
    reading: Reading | None
    on: date
    private: bool = False


class CallQuestion(NamedTuple):
    """A question of this call beside what they said last time."""

    number: int
    key: str
    question: str
    probes: tuple[str, ...]
    reading: bool
    last: LastAnswer | None = None


class CustomerIssue(NamedTuple):
    """An issue this customer raised, in their own words."""

    id: int
    title: str
    state: IssueState
    kind: IssueKind
    words: str | None
    raised_on: date
    settled_on: date | None
    told: bool
    told_on: date | None = None
    note: str | None = None


class TouchCounts(NamedTuple):
    """Contacts since we last heard them, apart from talks; ``only_sold`` when every one of them was to sell."""

    since: date | None
    total: int
    by_purpose: dict[str, int]
    only_sold: bool


class Colleague(NamedTuple):
    """Somebody of the same company whom we called lately: when, who of us, and in which call."""

    id: int
    name: str
    on: date
    caller: str
    call: int


class BriefedCustomer(NamedTuple):
    """Who is about to be called. ``local_time`` is what their clock shows, in ``zone``.

    ``do_not_call`` is why they are not to be called, ``paused_until`` the day before which they are not.
    """

    id: int
    name: str
    company: str | None
    phone: str | None
    unchecked: bool
    zone: str | None
    local_time: datetime | None
    status: Status
    joined_on: date | None
    last_heard_on: date | None
    last_heard_by: str | None
    silent_days: int | None
    stance: Stance | None
    hours: str | None
    do_not_call: str | None
    paused_until: date | None


class Brief(NamedTuple):
    """One screen before dialling. ``opening`` is the line to say when they pick up, shown where we never talked."""

    customer: BriefedCustomer
    call: CallRecord | None
    remember: str | None
    tell: tuple[CustomerIssue, ...]
    promises: tuple[PromiseRecord, ...]
    said: tuple[LastAnswer, ...]
    issues: tuple[CustomerIssue, ...]
    touches: TouchCounts
    questions: tuple[CallQuestion, ...]
    dates: tuple[ComingDate, ...]
    colleagues: tuple[Colleague, ...]
    today: date
    opening: str
    minutes: int


class IssueNoted(NamedTuple):
    """An issue a talk raised or joined; ``raisers`` it has now."""

    id: int
    title: str
    joined: bool
    raisers: int


class IssueTold(NamedTuple):
    """An issue a customer was told of, and how many are still to be told."""

    id: int
    title: str
    waiting: int
    reopened: bool


class GoldNoted(NamedTuple):
    """A passage worth acting on."""

    id: int
    kind: GoldKind
    words: str


class Talk(NamedTuple):
    """What was recorded of one try. ``stepped_up`` is the reserve's call, ``again`` the chosen call that follows."""

    call: CallRecord
    outcome: Outcome
    answers: dict[str, str]
    readings: dict[str, Reading]
    issues: tuple[IssueNoted, ...]
    promises: tuple[PromiseRecord, ...]
    gold: tuple[GoldNoted, ...]
    told: tuple[IssueTold, ...]
    kept: tuple[PromiseRecord, ...]
    stepped_up: CallRecord | None
    again: CallRecord | None
    held: int
    wanted: int


class Interview(NamedTuple):
    """What a caller needs to take notes: whom, which call, what to ask and what to tell."""

    customer: Person
    call_id: int | None
    questions: tuple[CallQuestion, ...]
    tell: tuple[CustomerIssue, ...]
    open_issues: tuple[tuple[int, str], ...]
    promises: tuple[PromiseRecord, ...]
    opening: str
    new: bool
    today: date
