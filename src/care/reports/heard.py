"""What was heard: talks, customers' words, and the shares that may be claimed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from care.experience.estimates import Share, share
from care.words import Reading


@dataclass(frozen=True, slots=True)
class Quote:
    """A customer's own words. ``customer`` is their id."""

    customer: int
    name: str
    key: str
    words: str
    reading: Reading | None
    on: date
    new: bool


@dataclass(frozen=True, slots=True)
class HeardShare:
    """The share of drawn talks with a good reading of one question; one customer, one vote, their latest."""

    key: str
    good: int
    of: int
    part: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Heard:
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


def heard_shares(readings: Iterable[Any], population: int) -> tuple[HeardShare, ...]:
    """Each question's share of good readings; ``readings`` are (key, customer, reading), oldest first."""
    latest: dict[str, dict[int, Reading]] = {}
    for key, customer, reading in readings:
        latest.setdefault(key, {})[customer] = reading
    made = []
    for key, votes in latest.items():
        good = sum(reading is Reading.GOOD for reading in votes.values())
        one: Share = share(good, len(votes), max(population, len(votes)))
        made.append(HeardShare(key, one.good, one.of, one.part, one.low, one.high))
    return tuple(made)
