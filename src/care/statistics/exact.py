"""Chances that can be worked out to the end: two groups side by side, and removals near the head of an order."""

from collections.abc import Sequence
from math import comb, prod
from typing import NamedTuple


class Compared(NamedTuple):
    """How often honest draws differ at least as much, ``p``, and as much as the most lop-sided result, ``least``."""

    p: float
    least: float


def holm(chances: Sequence[float]) -> list[float]:
    """Holm's adjustment of the p of all tests printed, in their order: what is above the level is no sign of favour.

    A test with too few to tell prints no p, whatever its result, and is left out.
    """
    order = sorted(range(len(chances)), key=chances.__getitem__)
    adjusted, floor = [0.0] * len(chances), 0.0
    for done, index in enumerate(order):
        floor = max(floor, min(1.0, (len(chances) - done) * chances[index]))
        adjusted[index] = floor
    return adjusted


def fisher(some: int, of: int, other_some: int, other_of: int) -> Compared:
    """Fisher's exact test, two-sided, of ``some`` of ``of`` in one group against those of another.

    p is the chance of all tables with the same sums that are no likelier than this one, compared in whole numbers.
    Raises ValueError unless each part is within its whole.
    """
    if not (0 <= some <= of and 0 <= other_some <= other_of):
        raise ValueError(f"{some} of {of} against {other_some} of {other_of} is no table")
    together = some + other_some
    lowest, highest = max(0, together - other_of), min(of, together)
    ways = [comb(of, lowest) * comb(other_of, together - lowest)]
    for x in range(lowest, highest):
        ways.append(ways[-1] * (of - x) * (together - x) // ((x + 1) * (other_of - together + x + 1)))
    total = comb(of + other_of, together)

    def as_rare(bar: int) -> float:
        return sum(way for way in ways if way <= bar) / total

    return Compared(as_rare(ways[some - lowest]), as_rare(min(ways)))


def next_in_turn(window: int, still_to_come: int) -> float:
    """The chance that somebody of whom it is known only that they are still to come is among the next ``window``."""
    return min(1.0, window / still_to_come) if still_to_come else 0.0


def removals_test(among_next: int, chances: Sequence[float]) -> Compared:
    """Tests whether of those removed from an order more were among the next in turn than chance brings, one-sided.

    ``chances`` holds each removal's own (see ``next_in_turn``). Raises ValueError unless there are so many removals and
    each chance is from 0 to 1.
    """
    if not 0 <= among_next <= len(chances) or any(not 0 <= chance <= 1 for chance in chances):
        raise ValueError(f"{among_next} of {len(chances)} removals, or a chance that is none")
    return Compared(at_least(among_next, chances), prod(chances))


def at_least(count: int, chances: Sequence[float]) -> float:
    """The chance that at least so many of independent events happen, each with its own chance (Poisson-binomial)."""
    if count <= 0:
        return 1.0
    # ``exactly[i]`` is the chance of i so far; whoever has reached the count stays there.
    exactly = [1.0] + [0.0] * count
    for chance in chances:
        exactly[count] += exactly[count - 1] * chance
        for i in range(count - 1, 0, -1):
            exactly[i] = exactly[i] * (1 - chance) + exactly[i - 1] * chance
        exactly[0] *= 1 - chance
    return min(1.0, exactly[count])
