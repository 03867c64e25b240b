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

    Raises ValueError unless 0 <= good <= of and 0 < of <= population.
    """
    if not 0 <= good <= of or not 0 < of <= population:
        raise ValueError(f"{good} of {of} among {population} is no share")
    low, high = wilson(good, of) if of / population < SMALL_PART else hypergeometric(good, of, population)
    return Share(good, of, good / of, low, high)


def wilson(good: int, of: int) -> tuple[float, float]:
    """Wilson's score interval."""
    part = good / of
    whole = 1 + Z**2 / of
    centre = (part + Z**2 / (2 * of)) / whole
    half = Z * sqrt(part * (1 - part) / of + Z**2 / (4 * of**2)) / whole
    # At the ends of the scale the two terms are equal, but for the last bit of their rounding.
    return 0.0 if good == 0 else centre - half, 1.0 if good == of else centre + half


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
    if x < max(0, of - (population - bearing)) or x > min(of, bearing):
        return 0.0
    return exp(_log_choose(bearing, x) + _log_choose(population - bearing, of - x) - _log_choose(population, of))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
