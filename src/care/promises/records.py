"""Promises as the rest of care sees them."""

from dataclasses import dataclass
from datetime import date

from care.customers.person import Person
from care.words import PromiseState


@dataclass(frozen=True, slots=True)
class PromiseRecord:
    """One promise. ``overdue_days`` is 0 until the day after it was due.

    ``moved_from`` is the day it was first promised for, and ``reason`` why it was dropped.
    """

    id: int
    what: str
    customer: Person
    due_on: date
    state: PromiseState
    overdue_days: int
    caller: str
    made_on: date
    moved_from: date | None = None
    reason: str | None = None
