"""Intervals of a share and their bounds, against scipy and statsmodels, and how often they cover what is true."""

import pytest
from scipy.stats import binom, hypergeom
from statsmodels.stats.proportion import proportion_confint

from care.statistics.estimates import Z, bounds, hypergeometric, score_interval, share, wilson

EVERY = pytest.mark.parametrize("of", [1, 2, 12, 37, 400])


@EVERY
@pytest.mark.parametrize("z", [Z, 2.5758293035489004, 3.0])
def test_wilson_agrees_with_statsmodels(of: int, z: float) -> None:
    from scipy.stats import norm

    for good in {0, 1, of // 3, of - 1, of}:
        theirs = proportion_confint(good, of, alpha=2 * norm.sf(z), method="wilson")
        assert wilson(good, of, z) == pytest.approx(theirs, abs=1e-9), good


@EVERY
def test_none_of_r_ends_where_the_method_says_and_all_of_r_mirrors_it(of: int) -> None:
    assert wilson(0, of) == (0.0, pytest.approx(Z**2 / (of + Z**2), abs=1e-12))
    assert wilson(of, of) == (pytest.approx(of / (of + Z**2), abs=1e-12), 1.0)


def test_a_draw_without_end_knows_the_share() -> None:
    assert score_interval(0.37, float("inf")) == (0.37, 0.37)


@pytest.mark.parametrize(("population", "of"), [(1, 1), (12, 12), (15, 12), (40, 12), (240, 24), (5_000, 300)])
def test_hypergeometric_ends_are_the_last_that_scipy_does_not_reject(population: int, of: int) -> None:
    for good in sorted({0, 1, of // 3, of // 2, of - 1, of}):
        low, high = (round(end * population) for end in hypergeometric(good, of, population))

        def above(bearing: int, good: int = good) -> float:
            law = hypergeom(population, bearing, of)
            return float(law.sf(good) + law.pmf(good) / 2)

        def below(bearing: int, good: int = good) -> float:
            law = hypergeom(population, bearing, of)
            return float(law.cdf(good - 1) + law.pmf(good) / 2)

        least, most = good, population - of + good
        # Where nobody is left whose reading is not known, the tails are a half each and the ends are the count.
        assert least <= low <= high <= most
        assert above(low) > 0.025
        assert below(high) > 0.025
        assert low == least or above(low - 1) <= 0.025
        assert high == most or below(high + 1) <= 0.025


def test_no_readings_have_no_share() -> None:
    with pytest.raises(ValueError, match="0 of 0 among 5 is no share"):
        share(0, 0, 5)


@pytest.mark.parametrize("of", [12, 15, *(pytest.param(of, marks=pytest.mark.slow) for of in (20, 30, 60, 200))])
def test_wilson_covers_what_is_true(of: int) -> None:
    ends = [share(good, of, 1_000_000) for good in range(of + 1)]
    covered = {}
    for thousandths in range(50, 951):
        true = thousandths / 1000
        law = binom(of, true).pmf(range(of + 1))
        covered[thousandths] = sum(law[one.good] for one in ends if one.low <= true <= one.high)
    assert 0.945 <= sum(covered.values()) / len(covered) <= 0.97
    assert min(chance for at, chance in covered.items() if 100 <= at <= 900) >= 0.90


@pytest.mark.parametrize(
    ("population", "of"),
    [
        (13, 12),
        (15, 12),
        (20, 19),
        (30, 12),
        (60, 12),
        (100, 12),
        (239, 12),
        (240, 60),
        pytest.param(500, 100, marks=pytest.mark.slow),
    ],
)
def test_the_interval_of_a_small_company_covers_what_is_true(population: int, of: int) -> None:
    ends = [share(good, of, population) for good in range(of + 1)]
    covered = {}
    for bearing in range(population + 1):
        law = hypergeom(population, bearing, of).pmf(range(of + 1))
        true = bearing / population
        covered[true] = sum(law[one.good] for one in ends if one.low - 1e-12 <= true <= one.high + 1e-12)
    middle = [chance for true, chance in covered.items() if 0.05 <= true <= 0.95]
    assert sum(middle) / len(middle) >= 0.945
    assert min(chance for true, chance in covered.items() if 0.1 <= true <= 0.9) >= 0.90


def test_bounds_hold_whoever_the_unheard_are() -> None:
    assert bounds(7, 12, 3) == (7 / 15, 10 / 15)
    assert bounds(7, 12, 0) == (7 / 12, 7 / 12)
    assert bounds(0, 0, 4) == (0, 1)
    # Whatever the three would have said, the share is within.
    assert all(7 / 15 <= (7 + more) / 15 <= 10 / 15 for more in range(4))


@pytest.mark.parametrize(("good", "of", "unheard"), [(0, 0, 0), (3, 2, 1), (-1, 2, 1), (1, 2, -1)])
def test_what_has_no_bounds_is_refused(good: int, of: int, unheard: int) -> None:
    with pytest.raises(ValueError, match="has no bounds"):
        bounds(good, of, unheard)
