"""The shares of good readings, and how they change (``draw.md``, What may be claimed)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from care.reports.heard_records import HeardShare, QuarterChange
from care.statistics.arrows import LOW_POWER, PeriodCounts, chance_to_see, change
from care.statistics.estimates import TREND, bounds
from care.statistics.weighted import Sampled, weighted_share
from care.words import Reading

CHANGE_WORTH_SEEING = 0.2
"""A change of so much is one a team would want to hear of; where it would mostly go unseen, the report says so."""

FOUNDERS = ""
"""The cohort of all who were there at the first draw of the time; the others joined in the month they are named for."""

Cohort = tuple[str, str]
"""Sampled, and the month of joining or ``FOUNDERS``."""


class DrawnReading(NamedTuple):
    """One reading of a drawn talk. ``everyone`` says that all are asked this question, not some by turns."""

    key: str
    everyone: bool
    customer: int
    reading: Reading
    stratum: str
    joined: str

    @property
    def cohort(self) -> Cohort:
        """The cohort it speaks for."""
        return (self.stratum, self.joined)


def heard_shares(
    readings: Iterable[DrawnReading], population: Mapping[Cohort, int], closed: Collection[int]
) -> tuple[HeardShare, ...]:
    """Each question's share of good readings; ``readings`` are oldest first.

    ``population`` counts the customers who could be drawn today, by stratum and cohort; ``closed`` are those whose
    drawn call came to its end in the time, whatever became of it.
    """
    shares = []
    for key, votes in latest(readings).items():
        share = weighted_share(_strata(votes.values(), population))
        everyone = next(iter(votes.values())).everyone
        missing = len(set(closed) - set(votes)) if everyone else None
        least, most = (None, None) if missing is None else bounds(share.good, share.of, missing)
        shares.append(
            HeardShare(
                key, share.good, share.of, share.part, share.low, share.high, missing, least, most,
                tuple(tuple(_said(name) for name in names) for names in share.collapsed),
            )
        )  # fmt: skip
    return tuple(shares)


def latest(readings: Iterable[DrawnReading]) -> dict[str, dict[int, DrawnReading]]:
    """By question, each customer's latest reading: one customer, one vote."""
    votes: dict[str, dict[int, DrawnReading]] = {}
    for reading in readings:
        votes.setdefault(reading.key, {})[reading.customer] = reading
    return votes


def _strata(votes: Iterable[DrawnReading], population: Mapping[Cohort, int]) -> list[Sampled]:
    of: Counter[Cohort] = Counter()
    good: Counter[Cohort] = Counter()
    for vote in votes:
        of[vote.cohort] += 1
        good[vote.cohort] += vote.reading is Reading.GOOD
    # Whoever was heard and could not be drawn today stands for themselves.
    return [
        Sampled("\0".join(cohort), max(population.get(cohort, 0), of[cohort]), of[cohort], good[cohort])
        for cohort in sorted({*population, *of})
    ]


def _said(name: str) -> str:
    stratum, month = name.split("\0")
    joined = f"joined {month}" if month != FOUNDERS else ""
    return ", ".join(words for words in (stratum, joined) if words) or "all others"


class Quarter(NamedTuple):
    """A calendar quarter, from 1 to 4."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    def before(self) -> "Quarter":
        """The quarter before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    def after(self) -> "Quarter":
        """The quarter after."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


class QuarterReadings(NamedTuple):
    """The readings of one quarter, oldest first, and the customers talked with in it whom the draw gave."""

    quarter: Quarter
    readings: Sequence[DrawnReading]
    heard: Collection[int]


def changes(earlier: QuarterReadings, later: QuarterReadings, keys: Iterable[str]) -> dict[str, QuarterChange]:
    """How the share of each question changed from one whole quarter to the next.

    Whoever was heard in both counts in the later one, as the two must be different customers. All arrows of a report
    share the level, so the number of questions with enough readings is part of each.
    """
    before, after = latest(earlier.readings), latest(later.readings)
    counts = {}
    for key in keys:
        now = after.get(key, {})
        only_before = {who: vote for who, vote in before.get(key, {}).items() if who not in now}
        counts[key] = (
            _period(only_before, earlier.heard, now),
            _period(now, later.heard, ()),
        )
    judged = sum(min(period.of for period in pair) >= TREND for pair in counts.values())
    return {key: _change(earlier.quarter, later.quarter, *pair, judged) for key, pair in counts.items()}


def _period(votes: Mapping[int, DrawnReading], heard: Collection[int], left_out: Collection[int]) -> PeriodCounts:
    good = sum(vote.reading is Reading.GOOD for vote in votes.values())
    everyone = all(vote.everyone for vote in votes.values())
    missing = len(set(heard) - set(votes) - set(left_out)) if everyone else 0
    return PeriodCounts(good, len(votes), missing)


def _change(earlier: Quarter, later: Quarter, before: PeriodCounts, after: PeriodCounts, judged: int) -> QuarterChange:
    compared = change(before, after, judged)
    power = None
    if min(before.of, after.of) >= TREND:
        part = before.good / before.of
        other = part + CHANGE_WORTH_SEEING if part <= 0.5 else part - CHANGE_WORTH_SEEING
        power = chance_to_see(part, other, before.of, after.of, judged)
    low = power if power is not None and power < LOW_POWER else None
    return QuarterChange(str(earlier), str(later), compared.trend, compared.by, compared.low, compared.high, low)
