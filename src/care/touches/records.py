"""Touches, follow-ups and dates to remember, as the rest of care sees them."""

from datetime import date, datetime
from typing import NamedTuple

from care.customers.records import Person
from care.words import Area, OwingKind, OwingState, Purpose


class TouchRecord(NamedTuple):
    """A touch just recorded. ``area`` goes with ``involve``."""

    id: int
    customer: Person
    purpose: Purpose
    words: str | None
    area: Area | None
    caller: str
    at: datetime


class FollowUpRecord(NamedTuple):
    """A follow-up owed to a customer after a talk. ``remember`` is the thread to take up with them."""

    id: int
    kind: OwingKind
    customer: Person
    due_on: date
    state: OwingState
    reason: str | None
    remember: str | None


class ComingDate(NamedTuple):
    """A date of theirs near enough to mention: their birthday, or the day they joined."""

    kind: str
    on: date
    in_days: int
