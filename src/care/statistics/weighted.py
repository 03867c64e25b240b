"""The share among all customers, put together from strata or joining cohorts (``draw.md``, What may be claimed)."""

from collections.abc import Sequence
from fractions import Fraction
from math import inf
from typing import NamedTuple

from care.statistics.estimates import score_interval, share

FEWEST = 5
"""A stratum with fewer readings is pooled with a neighbour: its share would say next to nothing."""


class Stratum(NamedTuple):
    """One stratum or cohort: its customers who could be drawn today, those of them with a reading, the good ones."""

    name: str
    customers: int
    of: int
    good: int


class Group(NamedTuple):
    """The strata that were taken as one, most often a single one, with their sums."""

    names: tuple[str, ...]
    customers: int
    of: int
    good: int


class WeightedShare(NamedTuple):
    """The weighted share ``part`` with its interval, each from 0 to 1, and the groups it was put together from."""

    good: int
    of: int
    part: float
    low: float
    high: float
    groups: tuple[Group, ...]

    @property
    def collapsed(self) -> tuple[tuple[str, ...], ...]:
        """The names of the strata that were pooled for want of readings, pool by pool; empty if none was."""
        return tuple(group.names for group in self.groups if len(group.names) > 1)


def weighted_share(strata: Sequence[Stratum]) -> WeightedShare:
    """The share among all customers of the strata, each weighing as many customers as it has, with a 95 % interval.

    The interval is Wilson's for the weighted share and what the draw is ``worth``. Where one group is left nothing is
    weighted, and it is that of any share. Raises ValueError unless 0 <= good <= of <= customers in each stratum, and
    where nobody has a reading.
    """
    for one in strata:
        if not 0 <= one.good <= one.of <= one.customers:
            raise ValueError(f"{one.name!r}: {one.good} of {one.of} among {one.customers} is no share")
    groups = collapse(strata)
    good, of = sum(group.good for group in groups), sum(group.of for group in groups)
    customers = sum(group.customers for group in groups)
    if len(groups) < 2:
        alone = share(good, of, customers)
        return WeightedShare(good, of, alone.part, alone.low, alone.high, groups)
    part = float(sum(Fraction(group.customers * group.good, customers * group.of) for group in groups))
    low, high = score_interval(part, worth(groups))
    return WeightedShare(good, of, part, low, high, groups)


def collapse(strata: Sequence[Stratum]) -> tuple[Group, ...]:
    """The strata in their order, those with too few readings pooled until each group has enough or one is left.

    The thinnest group goes first, to whichever neighbour has fewer readings, the earlier of two alike: so those should
    stand side by side who are most alike, as cohorts do by the day they joined. How good the readings are has no say.
    Strata in which nobody could be drawn today weigh nothing and are left out.
    """
    groups = [Group((one.name,), one.customers, one.of, one.good) for one in strata if one.customers]
    while len(groups) > 1:
        thin = min(range(len(groups)), key=lambda at: groups[at].of)
        if groups[thin].of >= FEWEST:
            break
        beside = min((at for at in (thin - 1, thin + 1) if 0 <= at < len(groups)), key=lambda at: groups[at].of)
        first = min(thin, beside)
        one, other = groups[first : first + 2]
        both = Group(one.names + other.names, one.customers + other.customers, one.of + other.of, one.good + other.good)
        groups[first : first + 2] = [both]
    return tuple(groups)


def worth(groups: Sequence[Group]) -> float:
    """How many customers, drawn from an endless number without strata, would tell as much: n* of the method.

    1 / n* is the sum over the groups of W² (N - r) / ((N - 1) r), where W is the group's part of all customers;
    endless where every customer has a reading.
    """
    customers = sum(group.customers for group in groups)
    spread = sum(
        Fraction(group.customers, customers) ** 2
        * Fraction(group.customers - group.of, max(1, group.customers - 1) * group.of)
        for group in groups
    )
    return float(1 / spread) if spread else inf
