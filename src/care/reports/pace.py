"""How long it takes to hear everybody once, at a pace."""

from datetime import date, timedelta
from math import ceil

WEEKS_A_YEAR = 52


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
