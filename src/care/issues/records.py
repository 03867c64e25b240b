"""Issues as the rest of care sees them."""

from dataclasses import dataclass
from datetime import date, datetime

from care.words import IssueKind, IssueState


@dataclass(frozen=True, slots=True)
class RaiserRecord:
    """A customer who raised an issue. ``id`` is the customer's; ``reaction`` what they said when told."""

    id: int
    name: str
    told: bool
    company: str | None = None
    phone: str | None = None
    words: str | None = None
    raised_on: date | None = None
    told_on: date | None = None
    reaction: str | None = None


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """One issue. ``age_days`` counts from the day it was raised; ``waiting`` raisers have not been told."""

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
