"""Who is neglected: gone silent, or never heard."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from care.words import Standing

SERVED = frozenset({Standing.CALLABLE, Standing.PLANNED, Standing.RESTING, Standing.PAUSED, Standing.NO_PHONE})
"""Those we serve and could wish to hear; nobody is neglected who asked not to be called."""


WEEKS_A_YEAR = 52


@dataclass(frozen=True, slots=True)
class Neglectee:
    """A customer as the report names them."""

    id: int
    name: str
    company: str | None


@dataclass(frozen=True, slots=True)
class NeglectedCustomer:
    """One neglected customer and why they are worth a call first."""

    customer: Neglectee
    last_heard_on: date | None
    silent_days: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Neglected:
    """How many have gone silent and how many were never heard, of how many; a few names with the best cause.

    ``all_heard_by`` is the year in which everyone was heard at this pace, ``weekly_for_a_year`` the pace for one year.
    """

    gone_silent: int
    never_heard: int
    of: int
    calls_per_week: int
    all_heard_by: int | None
    weeks_to_all: int | None
    weekly_for_a_year: int | None
    customers: tuple[NeglectedCustomer, ...]


def all_heard_by(never_heard: int, calls_per_week: int, today: date) -> int | None:
    """The year in which the last of them is heard at so many talks a week; None when everyone was."""
    if not never_heard:
        return None
    try:
        return (today + timedelta(weeks=ceil(never_heard / calls_per_week))).year
    except OverflowError:
        return date.max.year


def weeks_to_all(never_heard: int, calls_per_week: int) -> int | None:
    """How many weeks hear them all at so many talks a week; None when everyone was heard."""
    return ceil(never_heard / calls_per_week) if never_heard else None


def weekly_for_a_year(never_heard: int) -> int | None:
    """How many talks a week hear them all within a year; None when everyone was heard."""
    return ceil(never_heard / WEEKS_A_YEAR) if never_heard else None
