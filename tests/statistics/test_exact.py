"""Fisher's test, removals by hand and Holm's adjustment, against scipy, statsmodels, brute force and fractions."""

from fractions import Fraction
from itertools import product
from math import prod
from random import Random

import pytest
from scipy.stats import binom, fisher_exact
from statsmodels.stats.multitest import multipletests

import seeds
from care.statistics.exact import Compared, at_least, fisher, holm, next_in_turn, removals_test


@pytest.mark.parametrize(("of", "other_of"), [(0, 5), (1, 1), (6, 6), (8, 15), (15, 30)])
def test_fisher_agrees_with_scipy_on_every_table(of: int, other_of: int) -> None:
    for some, other in product(range(of + 1), range(other_of + 1)):
        theirs = fisher_exact([[some, of - some], [other, other_of - other]]).pvalue
        assert fisher(some, of, other, other_of).p == pytest.approx(theirs, abs=1e-9), (some, other)


def test_fisher_of_large_tables() -> None:
    for table in [(30, 80, 100, 180), (700, 2_000, 500, 1_500), (1, 3_000, 0, 5)]:
        some, of, other, other_of = table
        theirs = fisher_exact([[some, of - some], [other, other_of - other]]).pvalue
        assert fisher(*table).p == pytest.approx(theirs, abs=1e-9)


def test_the_most_lop_sided_table_is_the_least_likely_of_the_same_sums() -> None:
    # 8 and 7 with 5 in all: every table of those sums has a p, and this is the smallest.
    every = [fisher_exact([[x, 8 - x], [5 - x, 2 + x]]).pvalue for x in range(6)]
    assert fisher(3, 8, 2, 7).least == pytest.approx(min(every))
    assert fisher(0, 8, 0, 7) == Compared(1, 1)


@pytest.mark.parametrize("table", [(3, 2, 0, 4), (-1, 2, 0, 4), (0, 2, 5, 4), (0, 2, -1, 4)])
def test_what_is_no_table_is_refused(table: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="is no table"):
        fisher(*table)


def brute_force(count: int, chances: list[Fraction]) -> Fraction:
    """The chance of at least so many, over every way in which the events can turn out."""
    return sum(
        (
            prod(
                (chance if happens else 1 - chance for chance, happens in zip(chances, way, strict=True)),
                start=Fraction(1),
            )
            for way in product((False, True), repeat=len(chances))
            if sum(way) >= count
        ),
        Fraction(0),
    )


@pytest.mark.parametrize("events", range(9))
def test_at_least_so_many_against_every_way_it_can_turn_out(events: int) -> None:
    chance = Random(events)
    chances = [Fraction(chance.randrange(101), 100) for _ in range(events)]
    for count in range(events + 2):
        expected = float(brute_force(count, chances))
        assert at_least(count, [float(one) for one in chances]) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("count", "events", "chance"), [(0, 40, 0.1), (1, 40, 0.1), (9, 40, 0.1), (40, 40, 0.9)])
def test_equal_chances_are_binomial(count: int, events: int, chance: float) -> None:
    assert at_least(count, [chance] * events) == pytest.approx(binom(events, chance).sf(count - 1), rel=1e-9)


def test_chance_of_being_next_in_turn() -> None:
    assert [next_in_turn(10, still) for still in (200, 10, 4, 0)] == [0.05, 1, 1, 0]


def test_removals_among_the_next_in_turn() -> None:
    # Three of three paused who had one chance in twenty each, but the last, who was due anyway.
    made = removals_test(3, [0.05, 0.05, 1.0])
    assert (made.p, made.least) == pytest.approx((0.0025, 0.0025))
    assert removals_test(0, []) == Compared(1, 1)
    with pytest.raises(ValueError, match="2 of 1 removals"):
        removals_test(2, [0.5])
    with pytest.raises(ValueError, match="a chance that is none"):
        removals_test(1, [1.5])


@pytest.mark.slow
def test_honest_stores_are_seldom_suspected() -> None:
    luck = seeds.chance("removals")
    suspected = drifting = 0
    for _ in range(1_000):
        chances = [next_in_turn(16, luck.randrange(20, 240)) for _ in range(luck.randrange(12, 40))]
        suspected += removals_test(sum(luck.random() < one for one in chances), chances).p <= 0.05
        of, other_of = luck.randrange(12, 40), luck.randrange(12, 80)
        heard, others = (sum(luck.random() < 0.6 for _ in range(size)) for size in (of, other_of))
        drifting += fisher(heard, of, others, other_of).p <= 0.05
    assert suspected <= 65
    assert drifting <= 65


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.04, 0.01]) == pytest.approx([0.04, 0.02])
    assert holm([0.9, 0.8]) == [1, 1]
    assert holm([0.2]) == [0.2]
    assert holm([]) == []


@pytest.mark.parametrize("tests", [1, 2, 3, 8, 20])
def test_holm_agrees_with_statsmodels(tests: int) -> None:
    chance = Random(tests)
    for _ in range(3):  # each call of theirs takes a tenth of a second
        chances = [chance.choice([chance.random(), chance.random() / 40, 0.01, 1.0]) for _ in range(tests)]
        assert holm(chances) == pytest.approx(list(multipletests(chances, method="holm")[1]), abs=1e-9)


def step_down(chances: list[float], level: float) -> set[int]:
    """Those that Holm's own words reject: from the smallest on, as long as p <= level / (tests still left)."""
    rejected: set[int] = set()
    for left, index in zip(
        range(len(chances), 0, -1), sorted(range(len(chances)), key=lambda i: chances[i]), strict=True
    ):
        if chances[index] > level / left:
            break
        rejected.add(index)
    return rejected


def test_adjusted_chances_reject_what_the_steps_reject() -> None:
    chance = Random("steps")
    for _ in range(300):
        chances = [chance.random() ** 4 for _ in range(chance.randrange(1, 7))]
        assert {i for i, p in enumerate(holm(chances)) if p <= 0.05} == step_down(chances, 0.05)
