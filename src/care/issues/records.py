"""Issues, those who raised them, and letters to them, as the rest of care sees them."""

from datetime import date, datetime
from typing import NamedTuple

from care.issues.similar import SimilarIssue
from care.words import IssueKind, IssueState, Stance


class Addressee(NamedTuple):
    """Whom a letter is for, and how they can be reached. ``do_not_call`` says that they do not want the phone."""

    id: int
    name: str
    company: str | None
    phone: str | None
    email: str | None
    do_not_call: bool


class Letter(NamedTuple):
    """What to say to one customer, a paragraph each. ``words`` are theirs, ``said_on`` the day they said them."""

    customer: Addressee
    say: tuple[str, ...]
    words: str | None
    said_on: date
    word_days: int


class Letters(NamedTuple):
    """The letters to everyone who has to be told of an issue, or, while it is open, who waits for a word."""

    id: int
    title: str
    state: IssueState
    note: str | None
    drafts: tuple[Letter, ...]


class RaiserRecord(NamedTuple):
    """A customer who raised an issue. ``id`` is the customer's; ``reaction`` what they said when told.

    ``reopened`` counts how often it was not so; ``word_days`` since they last heard from us of it, while it is open.
    """

    id: int
    name: str
    told: bool
    company: str | None = None
    phone: str | None = None
    words: str | None = None
    raised_on: date | None = None
    told_on: date | None = None
    reaction: str | None = None
    reopened: int = 0
    informed_on: date | None = None
    word_days: int | None = None
    stance_before: Stance | None = None
    stance_after: Stance | None = None


class WhereItStands(NamedTuple):
    """What one of us wrote down on how far an issue has come."""

    on: date
    by: str
    words: str


class IssueEvent(NamedTuple):
    """One thing that happened with an issue, and who of us did it."""

    at: datetime
    by: str | None
    what: str
    words: str | None = None


class IssueRecord(NamedTuple):
    """One issue. ``age_days`` counts from the day it was raised; ``waiting`` raisers have not been told.

    ``recover_by`` is the day by which a failure has to be recovered. ``merged`` are the issues that are part of it;
    they, ``where_it_stands`` and ``history`` are known where one issue is shown, ``near`` where it was just added.
    """

    id: int
    title: str
    state: IssueState
    kind: IssueKind
    age_days: int
    owner: str | None
    raised_by: tuple[RaiserRecord, ...]
    opened_on: date
    opened_at: datetime
    settled_on: date | None
    settled_days: int | None
    waiting: int
    note: str | None = None
    new: bool = False
    blocking: bool = False
    feeling: str | None = None
    recover_by: date | None = None
    merged_into: int | None = None
    merged: tuple[int, ...] = ()
    where_it_stands: tuple[WhereItStands, ...] = ()
    history: tuple[IssueEvent, ...] = ()
    near: tuple[SimilarIssue, ...] = ()

    def waits_to_be_told(self, customer_id: int) -> bool:
        """Whether that customer raised it and was not told what became of it."""
        return self.waiting > 0 and any(one.id == customer_id and not one.told for one in self.raised_by)


class Issues(NamedTuple):
    """A list of issues, and how many there are in all."""

    issues: tuple[IssueRecord, ...]
    total: int


class OpenIssues(NamedTuple):
    """Issues that are not yet told, oldest first; how many are open, and since when the oldest is."""

    issues: tuple[IssueRecord, ...]
    open: int
    total: int
    oldest_days: int
