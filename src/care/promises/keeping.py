"""When a promise counts as broken."""

from datetime import date

from care.words import PromiseState


def state_on(state: PromiseState, due_on: date, today: date) -> PromiseState:
    """The state as of today: an open promise is broken from the day after it was due."""
    return PromiseState.BROKEN if state is PromiseState.OPEN and today > due_on else state


def is_unkept(state: PromiseState) -> bool:
    """Whether the promise is still to be kept, in time or late."""
    return state in (PromiseState.OPEN, PromiseState.BROKEN)


def overdue_days(due_on: date, today: date) -> int:
    """How many days past its date, 0 while there is time."""
    return max(0, (today - due_on).days)
