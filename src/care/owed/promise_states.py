"""The states of a promise, and which follow on which.

Only open, kept and dropped are stored. An open promise is moved once it has another day than it was made for, and
broken from the day after it was due.
"""

from collections.abc import Mapping
from datetime import date

from care.words import PromiseState

NEXT: Mapping[PromiseState, frozenset[PromiseState]] = {
    PromiseState.OPEN: frozenset({PromiseState.KEPT, PromiseState.MOVED, PromiseState.DROPPED, PromiseState.BROKEN}),
    PromiseState.MOVED: frozenset({PromiseState.KEPT, PromiseState.DROPPED, PromiseState.BROKEN}),
    PromiseState.BROKEN: frozenset({PromiseState.KEPT, PromiseState.MOVED, PromiseState.DROPPED}),
    PromiseState.KEPT: frozenset(),
    PromiseState.DROPPED: frozenset(),
}
"""The states that may follow on each. A moved promise that is moved again stays moved."""


def state_on(state: PromiseState, due_on: date, today: date, moved_from: date | None = None) -> PromiseState:
    """The state as of today: an open promise is broken from the day after it was due, and until then may be moved."""
    if state is not PromiseState.OPEN:
        return state
    if today > due_on:
        return PromiseState.BROKEN
    return state if moved_from is None else PromiseState.MOVED


def is_unkept(state: PromiseState) -> bool:
    """Whether the promise is still to be kept, in time, late or on another day."""
    return PromiseState.KEPT in NEXT[state]


def overdue_days(due_on: date, today: date) -> int:
    """How many days past its date, 0 while there is time."""
    return max(0, (today - due_on).days)
