"""Arrows between two periods: Newcombe's interval, when nothing is said, false arrows, and what can be seen."""

from itertools import product

import pytest
from scipy.stats import binom, norm
from statsmodels.stats.proportion import confint_proportions_2indep

from care.statistics.arrows import LEVEL, PeriodCounts, chance_to_see, change, newcombe, quantile
from care.words import Trend


@pytest.mark.parametrize("arrows", [1, 2, 5, 20])
def test_the_level_is_shared_among_the_arrows(arrows: int) -> None:
    assert quantile(arrows) == pytest.approx(norm.isf(0.05 / arrows / 2), abs=1e-9)


@pytest.mark.parametrize(("of", "later_of"), [(1, 1), (12, 12), (15, 40), (300, 200)])
@pytest.mark.parametrize("arrows", [1, 5])
def test_newcombe_agrees_with_statsmodels(of: int, later_of: int, arrows: int) -> None:
    for good, later in product({0, 1, of // 2, of}, {0, 1, later_of // 3, later_of}):
        theirs = confint_proportions_2indep(
            later, later_of, good, of, method="newcomb", compare="diff", alpha=0.05 / arrows
        )
        assert newcombe(good, of, later, later_of, quantile(arrows)) == pytest.approx(theirs, abs=1e-9)


def test_newcombes_own_example() -> None:
    # 56/70 less 48/80: 0.2000, from 0.0524 to 0.3339 (Newcombe 1998, Table II, example a, method 10)
    low, high = newcombe(48, 80, 56, 70, quantile(1))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_an_arrow_stands_where_the_interval_leaves_nought() -> None:
    up = change(PeriodCounts(48, 80), PeriodCounts(56, 70))
    assert (up.trend, up.by) == (Trend.UP, pytest.approx(0.2))
    down = change(PeriodCounts(56, 70), PeriodCounts(48, 80))
    assert down.trend is Trend.DOWN
    assert (down.low, down.high) == pytest.approx((-0.3339, -0.0524), abs=5e-5)
    assert change(PeriodCounts(48, 80), PeriodCounts(49, 70)).trend is Trend.UNCLEAR


def test_more_arrows_ask_for_more() -> None:
    earlier, later = PeriodCounts(48, 80), PeriodCounts(56, 70)
    assert [change(earlier, later, arrows).trend for arrows in (1, 2, 20)] == [Trend.UP, Trend.UP, Trend.UNCLEAR]


def test_no_arrow_above_a_fifth_of_missing_readings() -> None:
    assert change(PeriodCounts(48, 80, missing=20), PeriodCounts(56, 70)).trend is Trend.UP  # 20 of 100
    assert change(PeriodCounts(48, 80, missing=21), PeriodCounts(56, 70)).trend is Trend.MISSING
    assert change(PeriodCounts(48, 80), PeriodCounts(56, 70, missing=18)).trend is Trend.MISSING  # 18 of 88


def test_too_few_readings_have_no_arrow() -> None:
    assert change(PeriodCounts(0, 11), PeriodCounts(30, 30)).trend is Trend.TOO_FEW
    assert change(PeriodCounts(0, 12), PeriodCounts(30, 30)).trend is Trend.UP
    assert change(PeriodCounts(30, 30), PeriodCounts(0, 11)).trend is Trend.TOO_FEW
    assert change(PeriodCounts(0, 0), PeriodCounts(30, 30)) == (Trend.TOO_FEW, None, None, None)
    assert change(PeriodCounts(30, 30), PeriodCounts(0, 0)) == (Trend.TOO_FEW, None, None, None)


def seen(before: float, after: float, of: int, later_of: int, arrows: int, trend: Trend) -> float:
    """The chance of that arrow, over every outcome, with scipy's chances and the rule itself."""
    law, later_law = binom(of, before).pmf(range(of + 1)), binom(later_of, after).pmf(range(later_of + 1))
    return float(
        sum(
            law[good] * later_law[later]
            for good in range(of + 1)
            for later in range(later_of + 1)
            if change(PeriodCounts(good, of), PeriodCounts(later, later_of), arrows).trend is trend
        )
    )


@pytest.mark.parametrize(("of", "later_of", "arrows"), [(12, 12, 1), (20, 35, 1), (40, 40, 5)])
def test_the_chance_to_see_a_change_is_that_of_its_arrow(of: int, later_of: int, arrows: int) -> None:
    for before, after in [(0.4, 0.6), (0.9, 0.5), (0.0, 0.3), (0.7, 1.0)]:
        trend = Trend.UP if after > before else Trend.DOWN
        expected = seen(before, after, of, later_of, arrows, trend)
        assert chance_to_see(before, after, of, later_of, arrows) == pytest.approx(expected, abs=1e-9)


def test_what_is_seen_of_a_true_change() -> None:
    assert chance_to_see(0.4, 0.6, 11, 400) == 0
    few, some, many = (chance_to_see(0.4, 0.6, of, of) for of in (20, 60, 200))
    assert 0.1 < few < 0.4 < some < 0.8 < 0.95 < many <= 1
    # Wald's formula says about as much: (z√(2pq) less the change) in standard errors.
    wald = norm.cdf((0.2 - 1.96 * (0.5 / 200) ** 0.5) / (0.48 / 200) ** 0.5)
    assert many == pytest.approx(wald, abs=0.01)
    assert chance_to_see(0.4, 0.6, 60, 60, 5) < some


@pytest.mark.parametrize(("of", "later_of"), [(12, 12), (12, 40), (25, 25), (60, 50)])
def test_false_arrows_are_as_rare_as_promised(of: int, later_of: int) -> None:
    false = [chance_to_see(percent / 100, percent / 100, of, later_of) for percent in range(5, 96, 5)]
    assert sum(false) / len(false) <= LEVEL
    assert max(false) <= 0.065
    of_five = [5 * chance_to_see(percent / 100, percent / 100, of, later_of, 5) for percent in range(5, 96, 5)]
    assert sum(of_five) / len(of_five) <= LEVEL
