"""Another day and another part of the day: when to try again."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from care.words import Part

_AFTER = (Part.AFTERNOON, Part.MORNING, Part.NOON)
"""Which part comes next where several were tried as little: the one furthest from the last."""

_NOON, _AFTERNOON = 12, 14


def part_of(hour: int) -> Part:
    """The part of the day an hour belongs to."""
    return Part.MORNING if hour < _NOON else Part.NOON if hour < _AFTERNOON else Part.AFTERNOON


def part_to_try(tried: Sequence[Part], there_are: Iterable[Part] = _AFTER) -> Part:
    """The part of the day in which to try again: the one least tried of those there are, all where there are none."""
    known = set(there_are) or set(_AFTER)
    return min((one for one in _AFTER if one in known), key=tried.count)


def start_to_try(
    starts: Iterable[datetime],
    tried_on: Iterable[date],
    tried_in: Sequence[Part],
    our_day: Callable[[datetime], date],
    their_hour: Callable[[datetime], int],
) -> datetime | None:
    """The start at which to try again: on another day than before, and in the part of their day that was least tried.

    The earliest of these; None where there is none.
    """
    days = set(tried_on)
    other = [start for start in starts if our_day(start) not in days]
    return min(other, key=lambda start: (tried_in.count(part_of(their_hour(start))), start), default=None)
