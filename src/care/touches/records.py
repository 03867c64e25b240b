"""Dates of a customer's that come near."""

from dataclasses import dataclass
from datetime import date

from care.customers.records import Person
from care.words import OwingKind, OwingState


@dataclass(frozen=True, slots=True)
class ComingDate:
    """A date of theirs near enough to mention: their birthday, or the day they joined."""

    kind: str
    on: date
    in_days: int


@dataclass(frozen=True, slots=True)
class FollowUpRecord:
    """One other thing owed to a customer. ``remember`` is the thread to take up with them."""

    id: int
    kind: OwingKind
    customer: Person
    due_on: date
    state: OwingState
    reason: str | None
    remember: str | None
