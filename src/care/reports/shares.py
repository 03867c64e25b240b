"""The shares of good readings, and how they change (``draw.md``, What may be claimed)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from care.reports.heard_records import Change, HeardShare
from care.statistics.arrows import LOW_POWER, Period, chance_to_see, change
from care.statistics.estimates import TREND, bounds
from care.statistics.weighted import Stratum, weighted_share
from care.words import Reading

CHANGE_WORTH_SEEING = 0.2
"""A change of so much is one a team would want to hear of; where it would mostly go unseen, the report says so."""


FOUNDERS = ""
"""The cohort of all who were there at the first draw of the time; the others joined in the month they are named for."""


Part = tuple[str, str]
"""Stratum and cohort."""


class Voice(NamedTuple):
    """One reading of a drawn talk. ``everyone`` says that all are asked this question, not some by turns."""

    key: str
    everyone: bool
    customer: int
    reading: Reading
    stratum: str
    cohort: str

    @property
    def part(self) -> Part:
        """Stratum and cohort."""
        return (self.stratum, self.cohort)


def heard_shares(
    voices: Iterable[Voice], population: Mapping[Part, int], closed: Collection[int]
) -> tuple[HeardShare, ...]:
    """Each question's share of good readings; ``voices`` are oldest first.

    ``population`` counts the customers who could be drawn today, by stratum and cohort; ``closed`` are those whose
    drawn call came to its end in the time, whatever became of it.
    """
    made = []
    for key, votes in latest(voices).items():
        found = weighted_share(_strata(votes.values(), population))
        everyone = next(iter(votes.values())).everyone
        missing = len(set(closed) - set(votes)) if everyone else None
        least, most = (None, None) if missing is None else bounds(found.good, found.of, missing)
        made.append(
            HeardShare(
                key, found.good, found.of, found.part, found.low, found.high, missing, least, most,
                tuple(tuple(_said(name) for name in names) for names in found.collapsed),
            )
        )  # fmt: skip
    return tuple(made)


def latest(voices: Iterable[Voice]) -> dict[str, dict[int, Voice]]:
    """By question, each customer's latest reading: one customer, one vote."""
    found: dict[str, dict[int, Voice]] = {}
    for one in voices:
        found.setdefault(one.key, {})[one.customer] = one
    return found


def _strata(votes: Iterable[Voice], population: Mapping[Part, int]) -> list[Stratum]:
    of: Counter[Part] = Counter()
    good: Counter[Part] = Counter()
    for one in votes:
        of[one.part] += 1
        good[one.part] += one.reading is Reading.GOOD
    # Whoever was heard and could not be drawn today stands for themselves.
    return [
        Stratum("\0".join(part), max(population.get(part, 0), of[part]), of[part], good[part])
        for part in sorted({*population, *of})
    ]


def _said(name: str) -> str:
    stratum, cohort = name.split("\0")
    joined = f"joined {cohort}" if cohort != FOUNDERS else ""
    return ", ".join(one for one in (stratum, joined) if one) or "all others"


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


class Told(NamedTuple):
    """The readings of one quarter, oldest first, and the customers talked with in it whom the draw gave."""

    quarter: Quarter
    voices: Sequence[Voice]
    heard: Collection[int]


def changes(earlier: Told, later: Told, keys: Iterable[str]) -> dict[str, Change]:
    """How the share of each question changed from one whole quarter to the next.

    Whoever was heard in both counts in the later one, as the two must be different customers. All arrows of a report
    share the level, so the number of questions with enough readings is part of each.
    """
    before, after = latest(earlier.voices), latest(later.voices)
    told = {}
    for key in keys:
        now = after.get(key, {})
        told[key] = (
            _period({who: one for who, one in before.get(key, {}).items() if who not in now}, earlier.heard, now),
            _period(now, later.heard, ()),
        )
    judged = sum(min(one.of for one in pair) >= TREND for pair in told.values())
    return {key: _change(earlier.quarter, later.quarter, *pair, judged) for key, pair in told.items()}


def _period(votes: Mapping[int, Voice], heard: Collection[int], left_out: Collection[int]) -> Period:
    good = sum(one.reading is Reading.GOOD for one in votes.values())
    everyone = all(one.everyone for one in votes.values())
    missing = len(set(heard) - set(votes) - set(left_out)) if everyone else 0
    return Period(good, len(votes), missing)


def _change(earlier: Quarter, later: Quarter, before: Period, after: Period, judged: int) -> Change:
    found = change(before, after, judged)
    power = None
    if min(before.of, after.of) >= TREND:
        part = before.good / before.of
        other = part + CHANGE_WORTH_SEEING if part <= 0.5 else part - CHANGE_WORTH_SEEING
        power = chance_to_see(part, other, before.of, after.of, judged)
    low = power if power is not None and power < LOW_POWER else None
    return Change(str(earlier), str(later), found.trend, found.by, found.low, found.high, low)
