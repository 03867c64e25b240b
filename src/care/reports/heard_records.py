"""What was heard, as the rest of care sees it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from care.words import Reading, Trend


class Quote(NamedTuple):
    """A customer's own words. ``customer`` is their id."""

    customer: int
    name: str
    key: str
    words: str
    reading: Reading | None
    on: date
    new: bool


class QuarterChange(NamedTuple):
    """How the share of the last whole quarter compares with that of the one before, each named as ``2026-Q3``.

    ``by`` is the difference, from -1 to 1, with its interval from ``low`` to ``high`` at 95 % shared among the changes
    judged; the three are None without readings. ``power`` is the chance of an arrow had the share truly changed by
    ``CHANGE_WORTH_SEEING``, where that is low; else None.
    """

    earlier: str
    later: str
    trend: Trend
    by: float | None
    low: float | None
    high: float | None
    power: float | None


class HeardShare(NamedTuple):
    """The share of drawn talks with a good reading of one question; one customer, one vote, their latest.

    ``part`` is weighted by stratum and by when customers joined where that matters, and ``collapsed`` names those that
    were taken together for want of readings. ``missing`` were drawn and not heard, or gave no reading; had they all
    said one thing or the other, the share would lie at ``least`` or ``most``. The three are None where not everybody
    is asked.
    """

    key: str
    good: int
    of: int
    part: float
    low: float
    high: float
    missing: int | None = None
    least: float | None = None
    most: float | None = None
    collapsed: tuple[tuple[str, ...], ...] = ()
    change: QuarterChange | None = None


class Heard(NamedTuple):
    """The talks of the time; only drawn ones feed ``shares``."""

    talks: int
    drawn: int
    quotes: tuple[Quote, ...]
    shares: tuple[HeardShare, ...]


_WORTH = {Reading.BAD: 0, Reading.MIXED: 1, None: 2, Reading.GOOD: 3}


def worth_reading(quotes: Iterable[Quote], calls: Sequence[int], limit: int | None) -> tuple[Quote, ...]:
    """One passage a talk, what went wrong before what went well, talks as they come (``calls`` beside ``quotes``)."""
    best: dict[int, Quote] = {}
    for quote, call in zip(quotes, calls, strict=True):
        if call not in best or _WORTH[quote.reading] < _WORTH[best[call].reading]:
            best[call] = quote
    return tuple(best.values())[:limit]
