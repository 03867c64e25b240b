"""Simulated draws against the exact chances of scipy; honest draws are seldom suspected, bent ones nearly always."""

from collections import Counter
from itertools import product
from math import sqrt
from random import Random

import pytest
from scipy.stats import chi2, mannwhitneyu, multivariate_hypergeom

import seeds
from care.statistics.monte_carlo import ROUNDS, GroupCounts, Values, groups_test, ranks_test

SEAL = "5e" * 32


def exact(frame: list[int], drawn: list[int]) -> tuple[float, float]:
    """p of Σ(O - E)² / E over every draw of that size with its chance, and that of the most lop-sided of them."""
    size, whole = sum(drawn), sum(frame)
    expected = [size * of / whole for of in frame]
    law = multivariate_hypergeom(frame, size)

    def far_off(counts: tuple[int, ...]) -> float:
        return sum((one - e) ** 2 / e for one, e in zip(counts, expected, strict=True))

    every = [counts for counts in product(*(range(min(of, size) + 1) for of in frame)) if sum(counts) == size]
    bars = far_off(tuple(drawn)), max(map(far_off, every))
    p, least = (sum(law.pmf(counts) for counts in every if far_off(counts) >= bar - 1e-9) for bar in bars)
    return float(p), float(least)


@pytest.mark.parametrize(
    ("frame", "drawn"),
    [
        ([120, 80, 40], [10, 9, 5]),
        ([120, 80, 40], [3, 12, 9]),
        ([20, 10], [9, 6]),
        ([20, 10], [7, 8]),
        ([5, 4, 3, 2], [4, 4, 2, 2]),
        ([200, 6], [16, 2]),
    ],
)
def test_simulated_groups_agree_with_every_draw_there_is(frame: list[int], drawn: list[int]) -> None:
    p, least = exact(frame, drawn)
    made = groups_test([GroupCounts(frame, drawn)], SEAL, "segment")
    error = 4 * sqrt(p * (1 - p) / ROUNDS) + 1 / ROUNDS
    assert made.p == pytest.approx(p, abs=error)
    assert (made.least > 0.05) == (least > 0.05)


def test_a_large_frame_is_near_to_chi_square() -> None:
    frame, drawn = [400_000, 300_000, 200_000, 100_000], [90, 90, 50, 30]
    expected = [260 * of / 1_000_000 for of in frame]
    distance = sum((o - e) ** 2 / e for o, e in zip(drawn, expected, strict=True))
    assert groups_test([GroupCounts(frame, drawn)], SEAL, "segment").p == pytest.approx(chi2(3).sf(distance), abs=0.02)


def test_blocks_are_drawn_each_from_its_own_frame() -> None:
    # Each stratum is drawn in full proportion to itself; taken as one draw the two would be lop-sided.
    apart = [GroupCounts([100, 0], [20, 0]), GroupCounts([0, 100], [0, 5])]
    assert groups_test(apart, SEAL, "segment").p == 1
    assert groups_test([GroupCounts([100, 100], [20, 5])], SEAL, "segment").p < 0.01
    # Of two blocks the expected add up, and so do the drawn.
    law = Counter()
    for first, second in product(range(5), range(7)):
        chance = multivariate_hypergeom([10, 10], 4).pmf([first, 4 - first])
        law[first + second] += chance * multivariate_hypergeom([20, 10], 6).pmf([second, 6 - second])
    expected = 4 * 10 / 20 + 6 * 20 / 30
    p = sum(chance for some, chance in law.items() if abs(some - expected) >= abs(8 - expected) - 1e-9)
    made = groups_test([GroupCounts([10, 10], [3, 1]), GroupCounts([20, 10], [5, 1])], SEAL, "segment")
    assert made.p == pytest.approx(p, abs=4 * sqrt(p * (1 - p) / ROUNDS))


def test_the_same_seal_says_the_same_and_another_another() -> None:
    blocks = [GroupCounts([120, 80, 40], [10, 9, 5])]
    values = [Values([5, 9, 30, 2, 8, 7], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])]
    assert groups_test(blocks, SEAL, "segment") == groups_test(blocks, SEAL, "segment")
    assert ranks_test(values, SEAL, "spend") == ranks_test(values, SEAL, "spend")
    assert len({groups_test(blocks, seal * 32, "segment").p for seal in ("5e", "5f", "60", "61")}) > 1
    # What was found with this seal once is found with it for ever.
    assert groups_test(blocks, SEAL, "segment").p == 0.7379
    assert ranks_test(values, SEAL, "spend").p == 0.6997


def test_the_store_itself_is_one_of_the_draws() -> None:
    assert groups_test([GroupCounts([500, 500], [40, 0])], SEAL, "segment").p == 1 / 10_000
    assert groups_test([GroupCounts([500, 500], [40, 0])], SEAL, "segment", rounds=99).p == 1 / 100
    assert ranks_test([Values([9.0] * 20, [1.0] * 200)], SEAL, "spend").p == 1 / 10_000


def test_where_nothing_can_differ_nothing_does() -> None:
    assert groups_test([], SEAL, "segment") == (1, 1)
    assert groups_test([GroupCounts([], [])], SEAL, "segment") == (1, 1)
    assert groups_test([GroupCounts([5, 0], [2, 0])], SEAL, "segment") == (1, 1)
    assert groups_test([GroupCounts([5, 3], [5, 3])], SEAL, "segment") == (1, 1)
    assert groups_test([GroupCounts([5, 3], [0, 0])], SEAL, "segment") == (1, 1)
    assert ranks_test([], SEAL, "spend") == (1, 1)
    assert ranks_test([Values([], [4, 7])], SEAL, "spend") == (1, 1)
    assert ranks_test([Values([4, 4], [4, 4, 4])], SEAL, "spend") == (1, 1)


@pytest.mark.parametrize("block", [GroupCounts([5, 3], [2, 4]), GroupCounts([5, 3], [2]), GroupCounts([5, 3], [-1, 3])])
def test_what_cannot_be_drawn_is_refused(block: GroupCounts) -> None:
    with pytest.raises(ValueError, match="cannot be drawn from"):
        groups_test([block], SEAL, "segment")


@pytest.mark.parametrize("ties", [False, True])
def test_simulated_ranks_agree_with_mann_and_whitney(ties: bool) -> None:
    chance = Random("ranks")
    for shift in (0, 40, 90):
        drawn = [chance.randrange(0, 200) + shift for _ in range(14)]
        others = [chance.randrange(0, 200) for _ in range(60)]
        if ties:
            drawn, others = [one // 50 for one in drawn], [one // 50 for one in others]
            p = mannwhitneyu(drawn, others, method="asymptotic").pvalue
        else:
            p = mannwhitneyu(drawn, others, method="auto").pvalue
        made = ranks_test([Values(drawn, others)], SEAL, "spend")
        assert made.p == pytest.approx(p, abs=0.015)


def test_ranks_are_taken_within_their_block() -> None:
    # Spread alike within each block, though one block spends a hundred times as much.
    rich, poor = Values([200, 500, 800], [100, 300, 400, 600, 700, 900]), Values([5], [1, 2, 3, 4, 6, 7, 8, 9])
    assert ranks_test([rich, poor], SEAL, "spend").p == 1


@pytest.mark.slow
def test_honest_draws_are_seldom_suspected() -> None:
    luck = seeds.chance("honest")
    groups = ranks = 0
    for run in range(1_000):
        segments = luck.choices("abc", [5, 3, 2], k=luck.randrange(60, 240))
        spend = [luck.lognormvariate(5, 1) for _ in segments]
        drawn = set(luck.sample(range(len(segments)), luck.randrange(12, 50)))
        frame, taken = Counter(segments), Counter(segments[who] for who in drawn)
        block = GroupCounts([frame[one] for one in "abc"], [taken[one] for one in "abc"])
        groups += groups_test([block], SEAL, f"segment {run}", rounds=499).p <= 0.05
        values = Values([spend[who] for who in drawn], [one for who, one in enumerate(spend) if who not in drawn])
        ranks += ranks_test([values], SEAL, f"spend {run}", rounds=199).p <= 0.05
    assert groups <= 65
    assert ranks <= 65
    # A test that never speaks would be honest too.
    assert groups >= 20
    assert ranks >= 20


@pytest.mark.slow
def test_bent_draws_are_found() -> None:
    luck = seeds.chance("bent")
    groups = ranks = 0
    for run in range(100):
        spend = sorted(luck.lognormvariate(5, 1) for _ in range(240))
        # The best third is drawn three times as often as it should be.
        drawn = luck.sample(range(160), 10) + luck.sample(range(160, 240), 20)
        groups += groups_test([GroupCounts([160, 80], [10, 20])], SEAL, f"segment {run}", rounds=199).p <= 0.05
        values = Values([spend[who] for who in drawn], [one for who, one in enumerate(spend) if who not in drawn])
        ranks += ranks_test([values], SEAL, f"spend {run}", rounds=199).p <= 0.05
    assert groups == 100
    assert ranks >= 90
