"""The share among all customers of several strata: its formula, what is pooled, and how often it covers the truth."""

from fractions import Fraction
from itertools import product
from math import inf

import pytest
from scipy.stats import hypergeom
from statsmodels.stats.proportion import proportion_confint

import seeds
from care.statistics.estimates import share
from care.statistics.weighted import Group, Sampled, collapse, weighted_share, worth


def test_a_weighted_share_worked_out_by_hand() -> None:
    # W = .25 and .75; p = .25 * 4/5 + .75 * 6/12 = .575;
    # 1/n* = .0625 * 55/(59 * 5) + .5625 * 168/(179 * 12)
    made = weighted_share([Sampled("gold", 60, 5, 4), Sampled("rest", 180, 12, 6)])
    size = 1 / (0.0625 * 55 / 295 + 0.5625 * 168 / 2148)
    assert made.part == pytest.approx(0.575, abs=1e-12)
    assert worth(made.groups) == pytest.approx(size, abs=1e-9)
    assert (made.low, made.high) == pytest.approx(proportion_confint(0.575 * size, size, method="wilson"), abs=1e-9)
    assert (made.good, made.of, made.collapsed) == (10, 17, ())


def test_what_it_is_worth_is_its_variance_among_all_draws() -> None:
    # The variance of the weighted share over every honest draw is p(1-p)/n* where the strata are alike.
    strata = [(12, 5), (20, 8)]
    everyone = 32
    variance = Fraction(0)
    for customers, of in strata:
        law = hypergeom(customers, customers // 2, of)
        variance += Fraction(customers, everyone) ** 2 * Fraction(float(law.var())) / of**2
    groups = [Group((str(n),), n, of, 0) for n, of in strata]
    assert worth(groups) == pytest.approx(float(Fraction(1, 4) / variance), rel=1e-9)


def test_strata_with_fewer_than_five_readings_are_pooled_and_named() -> None:
    made = weighted_share(
        [
            Sampled("2023", 100, 6, 3),
            Sampled("2024", 80, 4, 1),
            Sampled("2025", 50, 5, 5),
            Sampled("2026", 20, 9, 2),
        ]
    )
    assert [group.names for group in made.groups] == [("2023",), ("2024", "2025"), ("2026",)]
    assert made.groups[1] == Group(("2024", "2025"), 130, 9, 6)
    assert made.collapsed == (("2024", "2025"),)
    assert made.part == pytest.approx((100 * 3 / 6 + 130 * 6 / 9 + 20 * 2 / 9) / 250)


def test_pooling_goes_on_until_every_group_has_enough() -> None:
    thin = [Sampled(str(year), 10, 1, 0) for year in range(7)]
    groups = collapse(thin)
    assert [name for group in groups for name in group.names] == [str(year) for year in range(7)]
    assert all(group.of >= 5 for group in groups)
    assert collapse([Sampled("a", 9, 2, 1), Sampled("b", 9, 2, 1)]) == (Group(("a", "b"), 18, 4, 2),)


@pytest.mark.parametrize("good", range(5))
def test_what_was_said_has_no_say_in_what_is_pooled(good: int) -> None:
    strata = [Sampled("a", 50, 9, 9), Sampled("b", 50, 4, good), Sampled("c", 50, 7, 0)]
    assert weighted_share(strata).collapsed == (("b", "c"),)


def test_strata_in_which_nobody_can_be_drawn_weigh_nothing() -> None:
    strata = [Sampled("gold", 60, 5, 4), Sampled("rest", 180, 12, 6)]
    assert weighted_share([strata[0], Sampled("gone", 0, 0, 0), strata[1]]) == weighted_share(strata)


@pytest.mark.parametrize(("customers", "of"), [(15, 12), (1_000, 12), (12, 12), (1, 1)])
def test_one_group_is_a_share_like_any_other(customers: int, of: int) -> None:
    for good in {0, 1, of}:
        made = weighted_share([Sampled("all", customers, of, good)])
        assert (made.part, made.low, made.high) == share(good, of, customers)[2:]
    pooled = weighted_share([Sampled("a", 30, 8, 2), Sampled("b", 30, 4, 4)])
    assert (pooled.low, pooled.high) == share(6, 12, 60)[3:]
    assert pooled.collapsed == (("a", "b"),)


def test_the_ends_of_the_scale() -> None:
    nobody = weighted_share([Sampled("a", 70, 7, 0), Sampled("b", 30, 6, 0)])
    size = worth(nobody.groups)
    z = 1.959963984540054
    assert (nobody.part, nobody.low, nobody.high) == (0, 0, pytest.approx(z**2 / (size + z**2), abs=1e-12))
    everyone = weighted_share([Sampled("a", 70, 7, 7), Sampled("b", 30, 6, 6)])
    assert (everyone.part, everyone.high) == (1, 1)
    assert everyone.low == pytest.approx(1 - nobody.high)


def test_whoever_asked_everyone_of_every_stratum_knows() -> None:
    made = weighted_share([Sampled("a", 7, 7, 3), Sampled("b", 6, 6, 6)])
    assert worth(made.groups) == inf
    assert (made.part, made.low, made.high) == pytest.approx((9 / 13, 9 / 13, 9 / 13))


@pytest.mark.parametrize(
    "strata",
    [
        [],
        [Sampled("a", 5, 0, 0)],
        [Sampled("a", 5, 6, 1)],
        [Sampled("a", 9, 5, 6)],
        [Sampled("a", 0, 1, 0)],
    ],
)
def test_what_is_no_share_is_refused(strata: list[Sampled]) -> None:
    with pytest.raises(ValueError, match="is no share"):
        weighted_share(strata)


@pytest.mark.parametrize("layout", [((60, 12), (180, 36)), ((30, 8), (70, 10)), ((200, 6), (200, 20))])
def test_each_share_is_covered_by_nine_intervals_in_ten(layout: tuple[tuple[int, int], ...]) -> None:
    (first, of), (second, later_of) = layout
    intervals = {
        goods: weighted_share([Sampled("a", first, of, goods[0]), Sampled("b", second, later_of, goods[1])])
        for goods in product(range(of + 1), range(later_of + 1))
    }
    covered = []
    for tenths in range(10, 91, 5):
        bearing, others = round(first * tenths / 100), round(second * tenths / 100)
        true = (bearing + others) / (first + second)
        law = hypergeom(first, bearing, of).pmf(range(of + 1))
        later = hypergeom(second, others, later_of).pmf(range(later_of + 1))
        covered.append(sum(law[a] * later[b] for (a, b), one in intervals.items() if one.low <= true <= one.high))
    assert sum(covered) / len(covered) >= 0.945
    assert min(covered) >= 0.90


LAYOUTS = [
    [(60, 6), (180, 18)],
    [(200, 10), (300, 15), (400, 20)],
    [(30, 6), (60, 6), (150, 6)],
    [(1_000, 12), (2_000, 20)],
    [(40, 3), (60, 5), (300, 20), (500, 30)],
]


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_two_thousand_honest_draws_by_stratum_cover_what_is_true(layout: list[tuple[int, int]]) -> None:
    luck = seeds.chance("strata")
    covered, runs = 0, 2_000
    for _ in range(runs):
        # Another company each time, whose strata may be quite unlike each other.
        bearing = [round(customers * luck.uniform(0.05, 0.95)) for customers, _ in layout]
        strata = [
            Sampled(str(name), customers, of, sum(who < good for who in luck.sample(range(customers), of)))
            for name, ((customers, of), good) in enumerate(zip(layout, bearing, strict=True))
        ]
        one = weighted_share(strata)
        true = sum(bearing) / sum(customers for customers, _ in layout)
        covered += one.low <= true <= one.high
    assert 0.93 <= covered / runs <= 0.985
