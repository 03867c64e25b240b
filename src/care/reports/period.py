"""The time a report looks at."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from care.errors import WrongUsage
from care.times.zones import at_midnight

DEFAULT_DAYS = 28

NEW_DAYS = 7

FIRST_YEAR, LAST_YEAR = 1900, 9000


class Period(NamedTuple):
    """From the first to the last day, both within it; ``start`` and ``end`` are instants, the end not within it.

    What happened from ``new_from`` on is marked as new.
    """

    since: date
    until: date
    start: datetime
    end: datetime
    new_from: datetime


def period_between(since: date | None, until: date | None, today: date, zone: str) -> Period:
    """The period from ``since`` (else four weeks before the end) to ``until`` (else today), in the team's zone.

    Raises WrongUsage when it ends before it begins.
    """
    last = until or today
    first = since or last - timedelta(days=DEFAULT_DAYS - 1)
    for day in (first, last):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise WrongUsage(f"a report of {day.year} is out of reach. Say a year from {FIRST_YEAR} to {LAST_YEAR}.")
    if first > last:
        raise WrongUsage(f"a report from {first.isoformat()} cannot end on {last.isoformat()}. Turn the two round.")
    new_from = last - timedelta(days=NEW_DAYS - 1)
    return Period(
        first, last, at_midnight(first, zone), at_midnight(last + timedelta(days=1), zone), at_midnight(new_from, zone)
    )
