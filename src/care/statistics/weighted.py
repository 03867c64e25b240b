"""The share in a whole population, put together from strata (``draw.md``, What may be claimed)."""

from collections.abc import Sequence
from fractions import Fraction
from math import inf
from typing import NamedTuple

from care.statistics.estimates import score_interval, share

FEWEST = 5
"""A stratum with fewer readings is pooled with a neighbour: its share would say next to nothing."""


class Sampled(NamedTuple):
    """One stratum: how many there are to draw from, those of them with a reading, and the good ones."""

    name: str
    size: int
    of: int
    good: int


class Group(NamedTuple):
    """The strata that were taken as one, most often a single one, with their sums."""

    names: tuple[str, ...]
    size: int
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


def weighted_share(strata: Sequence[Sampled]) -> WeightedShare:
    """The share in the population of all strata, each weighing as much as there are in it, with a 95 % interval.

    The interval is Wilson's for the weighted share and what the draw is ``worth``. Where one group is left nothing is
    weighted, and it is that of any share. Raises ValueError unless 0 <= good <= of <= size in each stratum, and
    where nobody has a reading.
    """
    for name, size, of, good in strata:
        if not 0 <= good <= of <= size:
            raise ValueError(f"{name!r}: {good} of {of} among {size} is no share")
    groups = collapse(strata)
    good, of = sum(group.good for group in groups), sum(group.of for group in groups)
    size = sum(group.size for group in groups)
    if len(groups) < 2:
        alone = share(good, of, size)
        return WeightedShare(good, of, alone.part, alone.low, alone.high, groups)
    part = float(sum(Fraction(group.size * group.good, size * group.of) for group in groups))
    low, high = score_interval(part, worth(groups))
    return WeightedShare(good, of, part, low, high, groups)


def collapse(strata: Sequence[Sampled]) -> tuple[Group, ...]:
    """The strata in their order, those with too few readings pooled until each group has enough or one is left.

    The thinnest group goes first, to whichever neighbour has fewer readings, the earlier of two alike: so those should
    stand side by side that are most alike. How good the readings are has no say. Strata of size 0 weigh nothing and are
    left out.
    """
    groups = [Group((name,), size, of, good) for name, size, of, good in strata if size]
    while len(groups) > 1:
        thin = min(range(len(groups)), key=lambda at: groups[at].of)
        if groups[thin].of >= FEWEST:
            break
        beside = min((at for at in (thin - 1, thin + 1) if 0 <= at < len(groups)), key=lambda at: groups[at].of)
        first = min(thin, beside)
        left, right = groups[first : first + 2]
        both = Group(left.names + right.names, left.size + right.size, left.of + right.of, left.good + right.good)
        groups[first : first + 2] = [both]
    return tuple(groups)


def worth(groups: Sequence[Group]) -> float:
    """The size of the sample from an endless population without strata that would tell as much: n* of the method.

    1 / n* is the sum over the groups of W² (N - r) / ((N - 1) r), where W is the group's part of the population;
    endless where everyone has a reading.
    """
    size = sum(group.size for group in groups)
    spread = sum(
        Fraction(group.size, size) ** 2 * Fraction(group.size - group.of, max(1, group.size - 1) * group.of)
        for group in groups
    )
    return float(1 / spread) if spread else inf
