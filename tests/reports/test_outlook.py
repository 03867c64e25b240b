"""When a problem is heard of, and how long a customer waits: against whole numbers, enumeration and real weeks."""

from collections import Counter
from fractions import Fraction
from math import ceil, comb

import pytest
from scipy.stats import hypergeom

from care.reports.waits import Waits, chance_heard_of, waits


@pytest.mark.parametrize("customers", [1, 9, 10, 11, 30, 240, 3_000])
def test_the_chance_that_a_problem_was_on_the_phone(customers: int) -> None:
    touched = -(-customers // 10)
    for heard in sorted({0, 1, customers // 7, customers // 2, customers - touched, customers - 1, customers}):
        expected = 1 - Fraction(comb(customers - touched, heard), comb(customers, heard))
        assert chance_heard_of(customers, heard) == pytest.approx(float(expected), abs=1e-9)
        assert chance_heard_of(customers, heard) == pytest.approx(hypergeom(customers, touched, heard).sf(0), abs=1e-9)


def test_the_chance_of_a_rarer_problem_and_of_a_large_company() -> None:
    assert chance_heard_of(240, 22) > 0.9 > chance_heard_of(240, 22, one_in=20)
    assert chance_heard_of(1_000_000, 22) == pytest.approx(1 - 0.9**22, abs=1e-4)


@pytest.mark.parametrize(("customers", "heard", "one_in"), [(5, 6, 10), (5, -1, 10), (5, 2, 0)])
def test_what_cannot_be_heard_is_refused(customers: int, heard: int, one_in: int) -> None:
    with pytest.raises(ValueError, match="cannot have been heard"):
        chance_heard_of(customers, heard, one_in)


def test_the_figures_of_the_method() -> None:
    made = waits(240, 5)
    assert made == Waits(mean=48, one_in_ten_over=74, most=95)
    assert made.most < 2 * 240 / 5  # nobody over two cycles


def real_weeks(customers: int, weekly: int) -> Counter[int]:
    """How often each wait in weeks comes up: all pairs of places in two cycles, wherever in a week the first begins."""
    found: Counter[int] = Counter()
    for cycle in range(weekly):
        begins = cycle * customers
        this = Counter((begins + place) // weekly for place in range(customers))
        following = Counter((begins + customers + place) // weekly for place in range(customers))
        for week, often in this.items():
            for later, others in following.items():
                found[later - week] += often * others
    return found


@pytest.mark.parametrize(
    ("customers", "weekly"),
    [(240, 5), (241, 5), (30, 3), (31, 3), (32, 6), (100, 7), (12, 8), (90, 60), (7, 7), (5, 9), (40, 1), (1, 1)],
)
def test_waits_are_those_of_all_pairs_of_places(customers: int, weekly: int) -> None:
    found = real_weeks(customers, min(weekly, customers))
    every = found.total()
    made = waits(customers, weekly)
    assert made.mean == pytest.approx(sum(wait * often for wait, often in found.items()) / every)
    assert made.most == max(found)
    longer = [sum(often for wait, often in found.items() if wait > weeks) * 10 for weeks in range(max(found) + 1)]
    assert made.one_in_ten_over == max(weeks for weeks, often in enumerate(longer) if often >= every)


def test_a_large_company_waits_as_the_triangle_says() -> None:
    # 90 % of a triangle from 0 to 2 L lie below 2 L - L * sqrt(.2).
    made = waits(1_000_000, 49)
    cycle = 1_000_000 / 49
    assert made.one_in_ten_over == pytest.approx(cycle * (2 - 0.2**0.5), abs=1)
    assert made.most == ceil(2 * cycle)


@pytest.mark.parametrize(("customers", "weekly"), [(0, 5), (5, 0)])
def test_nobody_waits_for_nothing(customers: int, weekly: int) -> None:
    with pytest.raises(ValueError, match="nobody waits"):
        waits(customers, weekly)
