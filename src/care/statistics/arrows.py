"""Whether a share has risen or fallen between two whole calendar periods (``draw.md``, What may be claimed)."""

from math import exp, lgamma, log, log1p, sqrt
from typing import NamedTuple

from care.statistics.estimates import TREND, wilson
from care.words import Trend

LEVEL = 0.05
"""In so many reports in which nothing has changed may any arrow stand."""

MOST_MISSING = 0.2
"""With a larger part of a period without a reading, their absence could be the change."""

LOW_POWER = 0.8
"""Where a true change would be seen less often than this, no arrow does not mean no change, and the report says so."""

_NO_CHANCE = 1e-15


class PeriodCounts(NamedTuple):
    """One whole calendar period: ``good`` of the ``of`` with a reading, and those ``missing`` one."""

    good: int
    of: int
    missing: int = 0


class ShareChange(NamedTuple):
    """What may be said of a change, and the later share less the earlier with its interval, each from -1 to 1.

    The three are None where a period has no reading.
    """

    trend: Trend
    by: float | None
    low: float | None
    high: float | None


def change(earlier: PeriodCounts, later: PeriodCounts, arrows: int = 1) -> ShareChange:
    """What may be said of the change between two periods in a report that judges so many changes.

    An arrow needs an interval, at 95 % shared among the changes judged, that lies on one side of nought. Nobody may
    have a reading in both periods.
    """
    if not earlier.of or not later.of:
        return ShareChange(Trend.TOO_FEW, None, None, None)
    low, high = newcombe(earlier.good, earlier.of, later.good, later.of, quantile(arrows))
    by = later.good / later.of - earlier.good / earlier.of
    return ShareChange(_trend(earlier, later, low, high), by, low, high)


def _trend(earlier: PeriodCounts, later: PeriodCounts, low: float, high: float) -> Trend:
    if min(earlier.of, later.of) < TREND:
        return Trend.TOO_FEW
    if any(period.missing > MOST_MISSING * (period.of + period.missing) for period in (earlier, later)):
        return Trend.MISSING
    return Trend.UP if low > 0 else Trend.DOWN if high < 0 else Trend.UNCLEAR


def newcombe(good: int, of: int, later_good: int, later_of: int, z: float) -> tuple[float, float]:
    """Newcombe's hybrid score interval of the later share less the earlier (1998, his method 10)."""
    earlier, later = (good / of, *wilson(good, of, z)), (later_good / later_of, *wilson(later_good, later_of, z))
    return _hybrid(earlier, later)


_Known = tuple[float, float, float]
"""A share and the two ends of its interval."""


def _hybrid(earlier: _Known, later: _Known) -> tuple[float, float]:
    part, low, high = earlier
    later_part, later_low, later_high = later
    by = later_part - part
    return (
        by - sqrt((later_part - later_low) ** 2 + (high - part) ** 2),
        by + sqrt((later_high - later_part) ** 2 + (part - low) ** 2),
    )


def quantile(arrows: int) -> float:
    """The quantile of the normal distribution that cuts off half of ``LEVEL`` / ``arrows`` above (Bonferroni)."""
    from statistics import NormalDist

    return NormalDist().inv_cdf(1 - LEVEL / (2 * max(1, arrows)))


def chance_to_see(before: float, after: float, earlier_of: int, later_of: int, arrows: int = 1) -> float:
    """The chance that the arrow points the right way when the true share goes from ``before`` to ``after``.

    So many readings are taken in each period, all changes judged in the report sharing the level. Without a change it
    is the chance of a false arrow, either way. Enumerated; what is left out has less than one chance in 10¹⁰.
    """
    if min(earlier_of, later_of) < TREND:
        return 0.0
    z = quantile(arrows)
    firsts, seconds = _outcomes(before, earlier_of, z), _outcomes(after, later_of, z)
    seen = 0.0
    for chance, first in firsts:
        for later_chance, second in seconds:
            low, high = _hybrid(first, second)
            if (low > 0 and after >= before) or (high < 0 and after <= before):
                seen += chance * later_chance
    return min(1.0, seen)


def _outcomes(part: float, of: int, z: float) -> list[tuple[float, _Known]]:
    counts = ((good, _binomial(good, of, part)) for good in range(of + 1))
    return [(chance, (good / of, *wilson(good, of, z))) for good, chance in counts if chance > _NO_CHANCE]


def _binomial(good: int, of: int, part: float) -> float:
    if part in (0, 1):
        return float(good == of * part)
    ways = lgamma(of + 1) - lgamma(good + 1) - lgamma(of - good + 1)
    return exp(ways + good * log(part) + (of - good) * log1p(-part))
