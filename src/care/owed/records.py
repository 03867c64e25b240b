"""Promises, and everything owed in one list, as the rest of care sees them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from care.customers.records import Person
from care.words import PromiseState


class PromiseRecord(NamedTuple):
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


TELL, PROMISE, RECOVER, WORD, OTHER = "tell", "promise", "recover", "where_it_stands", "stay_in_touch"
"""The kinds of things owed."""


class OwedItem(NamedTuple):
    """One thing we owe one customer. ``kind`` is one of the above; ``state`` says how it stands.

    Telling is due the day it was settled, so ``overdue_days`` is how long they have waited; a failure is overdue once
    it should have been recovered, and where it stands once they waited too long for a word. ``ref`` is what one types,
    and ``failure`` says that it follows from a failure of ours.
    """

    id: int
    kind: str
    customer: Person
    what: str
    due_on: date
    overdue_days: int
    state: str
    owner: str | None
    ref: str
    failure: bool = False


class OwedCounts(NamedTuple):
    """How much is owed, by what it is; ``longest_days`` is how long whoever waits to be told has waited at most.

    Each is counted up to ``COUNTED`` of the store, and then said to be more.
    """

    broken: int = 0
    recover: int = 0
    tell: int = 0
    where_it_stands: int = 0
    stay_in_touch: int = 0
    promised: int = 0
    longest_days: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        told = self.tell + self.where_it_stands + self.stay_in_touch
        return self.broken + self.recover + told + self.promised


class Owed(NamedTuple):
    """What is owed, the first of it, and how many things there are in all."""

    owed: tuple[OwedItem, ...]
    total: int
    counts: OwedCounts = OwedCounts()


def in_order(items: Iterable[OwedItem]) -> Sequence[OwedItem]:
    """Broken promises first, then what follows from a failure, then the longest overdue, then what is due next.

    Last come those to stay in touch with.
    """
    return sorted(items, key=lambda item: (_rank(item), -item.overdue_days, item.due_on, item.id))


def _rank(item: OwedItem) -> int:
    if item.kind == OTHER:
        return 3
    return 0 if item.state == PromiseState.BROKEN else 1 if item.failure else 2
