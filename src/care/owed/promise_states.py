"""When a promise counts as broken."""

from datetime import date

from care.words import PromiseState


def state_on(state: PromiseState, due_on: date, today: date, moved_from: date | None = None) -> PromiseState:
    """The state as of today: an open promise is broken from the day after it was due, and until then may be moved."""
    if state is not PromiseState.OPEN:
        return state
    if today > due_on:
        return PromiseState.BROKEN
    return state if moved_from is None else PromiseState.MOVED


def is_unkept(state: PromiseState) -> bool:
    """Whether the promise is still to be kept, in time, late or on another day."""
    return state in (PromiseState.OPEN, PromiseState.BROKEN, PromiseState.MOVED)


def overdue_days(due_on: date, today: date) -> int:
    """How many days past its date, 0 while there is time."""
    return max(0, (today - due_on).days)
