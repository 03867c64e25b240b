"""What a small sample tells: 95 % intervals of a share (``draw.md``, What may be claimed)."""

from collections.abc import Callable
from math import exp, lgamma, sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""

SMALL_PART = 0.05
"""Below this part of the population the sample is treated as if drawn from an endless one."""

TREND = 12
"""Readings below which nothing is said about a direction."""


class Share(NamedTuple):
    """``good`` of ``of``, and the interval from ``low`` to ``high``, each from 0 to 1; ``part`` is the share itself."""

    good: int
    of: int
    part: float
    low: float
    high: float


def share(good: int, of: int, population: int) -> Share:
    """A share with its 95 % interval: Wilson for a small part of the population, else hypergeometric mid-p.

    Raises ValueError unless 0 <= good <= of and 0 < of <= population: nobody's readings have no share.
    """
    if not 0 <= good <= of or not 0 < of <= population:
        raise ValueError(f"{good} of {of} among {population} is no share")
    low, high = wilson(good, of) if of / population < SMALL_PART else hypergeometric(good, of, population)
    return Share(good, of, good / of, low, high)


def wilson(good: int, of: int, z: float = Z) -> tuple[float, float]:
    """Wilson's score interval, to as many standard errors as ``z`` says; 0 of r ends at z² / (r + z²)."""
    return score_interval(good / of, of, z)


def score_interval(part: float, size: float, z: float = Z) -> tuple[float, float]:
    """Wilson's interval of a share found by a sample worth ``size``, which need be neither whole nor finite."""
    whole = 1 + z**2 / size
    centre = (part + z**2 / (2 * size)) / whole
    half = z * sqrt(part * (1 - part) / size + z**2 / (4 * size**2)) / whole
    # At the ends of the scale the two terms are equal, but for the last bit of their rounding.
    return 0.0 if part == 0 else centre - half, 1.0 if part == 1 else centre + half


def bounds(good: int, of: int, missing: int) -> tuple[float, float]:
    """The share if none, and if all, of those without a reading would have had a good one.

    No chance is in it, so it holds whoever they are. Raises ValueError without anybody, or unless 0 <= good <= of.
    """
    if not 0 <= good <= of or missing < 0 or not of + missing:
        raise ValueError(f"{good} of {of} with {missing} missing has no bounds")
    return good / (of + missing), (good + missing) / (of + missing)


def hypergeometric(good: int, of: int, population: int) -> tuple[float, float]:
    """The shares K / N of all K with P(X > k) + P(X = k) / 2 and P(X < k) + P(X = k) / 2 both above 2.5 %."""
    lowest, highest = good, population - of + good
    # Both tails are monotone in K, so the ends are found by halving.
    low = _first(lowest, highest, lambda k: _tail(good, of, population, k, above=True) > 0.025)
    high = -_first(-highest, -lowest, lambda k: _tail(good, of, population, -k, above=False) > 0.025)
    return low / population, high / population


def _first(start: int, end: int, holds: Callable[[int], bool]) -> int:
    while start < end:
        middle = (start + end) // 2
        if holds(middle):
            end = middle
        else:
            start = middle + 1
    return start


def _tail(good: int, of: int, population: int, bearing: int, *, above: bool) -> float:
    counts = range(good + 1, min(of, bearing) + 1) if above else range(max(0, of - (population - bearing)), good)
    return sum(_chance(x, of, population, bearing) for x in counts) + _chance(good, of, population, bearing) / 2


def _chance(x: int, of: int, population: int, bearing: int) -> float:
    return exp(_log_choose(bearing, x) + _log_choose(population - bearing, of - x) - _log_choose(population, of))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
