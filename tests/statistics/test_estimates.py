"""Intervals of small samples, against enumeration with whole numbers and examples worked out by hand."""

from fractions import Fraction
from math import comb, sqrt

import pytest

from care.statistics.estimates import Z, hypergeometric, share, wilson


def roots(good: int, of: int) -> tuple[float, float]:
    """Wilson's ends as the two shares p at which (k/r - p)² = z² p (1 - p) / r, by the quadratic formula."""
    a, b, c = 1 + Z**2 / of, -(2 * good / of + Z**2 / of), (good / of) ** 2
    half = sqrt(max(0.0, b * b - 4 * a * c))
    return (-b - half) / (2 * a), (-b + half) / (2 * a)


def every_k(good: int, of: int, population: int) -> tuple[Fraction, Fraction]:
    """The lowest and the highest K/N kept by the mid-p rule, with every K tried and every chance a fraction."""
    kept = []
    level = Fraction(25, 1000)
    for bearing in range(good, population - of + good + 1):
        chances = {
            x: Fraction(comb(bearing, x) * comb(population - bearing, of - x), comb(population, of))
            for x in range(of + 1)
        }
        above = sum((p for x, p in chances.items() if x > good), Fraction(0)) + chances[good] / 2
        below = sum((p for x, p in chances.items() if x < good), Fraction(0)) + chances[good] / 2
        if above > level and below > level:
            kept.append(bearing)
    return Fraction(min(kept), population), Fraction(max(kept), population)


@pytest.mark.parametrize("of", [1, 2, 5, 12, 40, 385])
def test_wilson_is_where_the_score_test_ends(of: int) -> None:
    for good in range(0, of + 1, max(1, of // 12)):
        low, high = wilson(good, of)
        assert (low, high) == pytest.approx(roots(good, of), abs=1e-12)
        assert 0 <= low <= good / of <= high <= 1
        assert (low == 0, high == 1) == (good == 0, good == of)


def test_the_examples_of_the_method() -> None:
    one = share(7, 12, 900)
    assert (one.good, one.of, round(100 * one.part), round(100 * one.low), round(100 * one.high)) == (7, 12, 58, 32, 81)
    assert share(0, 12, 900).low == 0
    assert share(0, 12, 900).high == pytest.approx(Z**2 / (12 + Z**2))
    assert round(100 * share(0, 12, 900).high) == 24


@pytest.mark.parametrize("population", [1, 2, 5, 15, 30, 60])
def test_the_hypergeometric_interval_is_what_trying_every_k_keeps(population: int) -> None:
    for of in sorted({1, 2, population // 2, 3 * population // 4, population - 1, population}):
        if not 0 < of <= population:
            continue
        for good in range(of + 1):
            low, high = hypergeometric(good, of, population)
            assert (low, high) == pytest.approx(tuple(map(float, every_k(good, of, population)))), (good, of)


def test_whoever_asked_everyone_knows() -> None:
    assert share(7, 12, 12)[2:] == (7 / 12, 7 / 12, 7 / 12)


def test_from_a_twentieth_on_the_population_counts() -> None:
    assert share(7, 12, 241)[3:] == wilson(7, 12)  # 12 / 241 < 5 %
    assert share(7, 12, 240)[3:] == hypergeometric(7, 12, 240)
    assert share(7, 12, 240)[3:] != wilson(7, 12)


def test_a_large_population_is_quick_and_near_to_an_endless_one() -> None:
    low, high = hypergeometric(7000, 12000, 200_000)
    assert (low, high) == pytest.approx(wilson(7000, 12000), abs=0.01)


@pytest.mark.parametrize(("population", "of"), [(15, 12), (40, 12), pytest.param(200, 20, marks=pytest.mark.slow)])
def test_the_interval_covers_what_is_true(population: int, of: int) -> None:
    covered = []
    for bearing in range(population // 10, population - population // 10 + 1):
        total = Fraction(0)
        for good in range(max(0, of - population + bearing), min(of, bearing) + 1):
            one = share(good, of, population)
            if one.low - 1e-9 <= bearing / population <= one.high + 1e-9:
                total += Fraction(comb(bearing, good) * comb(population - bearing, of - good), comb(population, of))
        covered.append(float(total))
    assert sum(covered) / len(covered) >= 0.945
    assert min(covered) >= 0.90


@pytest.mark.parametrize(("good", "of", "population"), [(1, 0, 5), (0, 0, 0), (-1, 3, 5), (4, 3, 5), (2, 6, 5)])
def test_what_is_no_share_is_refused(good: int, of: int, population: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        share(good, of, population)
