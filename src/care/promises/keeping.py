"""When a promise counts as broken."""

from datetime import date

from care.words import PromiseState


def state_on(state: PromiseState, due_on: date, today: date) -> PromiseState:
    """The state as of today: an open promise is broken from the day after it was due."""
    return PromiseState.BROKEN if state is PromiseState.OPEN and today > due_on else state


def overdue_days(due_on: date, today: date) -> int:
    """How many days past its date, 0 while there is time."""
    return max(0, (today - due_on).days)
