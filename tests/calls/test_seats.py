"""Seats among strata: each has had its share to within one seat after every draw, whatever is thrown at it."""

import random
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.calls.seats import SEAT, Shared, Stratum, owed_after, reserves_behind, seat_beside, share_out, tie_by
from care.settings import Policy

TIE = tie_by(bytes(32), "2026-W48")


def strata(*sizes: int) -> list[Stratum]:
    return [Stratum(f"s{number}", size, size) for number, size in enumerate(sizes)]


@given(st.lists(st.integers(1, 500), min_size=2, max_size=8), st.lists(st.integers(1, 12), min_size=1, max_size=60))
def test_every_stratum_has_its_share_to_within_one_seat_after_every_draw(sizes: list[int], weeks: list[int]) -> None:
    whole, had, seats, owed = sum(sizes), Counter[str](), 0, dict.fromkeys((f"s{n}" for n in range(len(sizes))), 0)
    for week in weeks:
        shared = share_out([one._replace(free=10_000, owed=owed[one.name]) for one in strata(*sizes)], week, TIE)
        had.update(shared.picks)
        owed, seats = dict(shared.owed), seats + week
        for one in strata(*sizes):
            assert abs(had[one.name] - Fraction(seats * one.in_order, whole)) < 1 + Fraction(seats, SEAT)


def test_a_long_row_of_weeks_comes_to_the_shares() -> None:
    had, owed = Counter[str](), {}
    for _ in range(300):
        shared = share_out([one._replace(owed=owed.get(one.name, 0)) for one in strata(70, 20, 10)], 5, TIE)
        had.update(shared.picks)
        owed = dict(shared.owed)
    assert had == {"s0": 1050, "s1": 300, "s2": 150}


def test_by_hand() -> None:
    # Shares .5, .3, .2: the first seat goes to the largest, then what each is owed decides.
    # after 1: s0 -.5, s1 .3, s2 .2; after 2: s0 0, s1 -.4, s2 .4; after 3: s0 .5, s1 -.1, s2 -.4
    assert share_out(strata(5, 3, 2), 4, TIE).picks == ("s0", "s1", "s2", "s0")


def test_where_nobody_is_free_the_seat_goes_on_and_is_owed_for_one_seat_at_most() -> None:
    asleep = Stratum("asleep", 90, 0)
    shared = share_out([asleep, Stratum("awake", 10, 10)], 6, TIE)
    assert (shared.picks, shared.owed) == (("awake",) * 6, {"asleep": SEAT, "awake": -SEAT})


def test_no_more_seats_than_there_are_customers() -> None:
    assert share_out(strata(2, 1), 50, TIE).picks.count("s0") == 2
    assert share_out([], 3, TIE).picks == ()
    assert share_out([Stratum("empty", 0, 0)], 3, TIE).picks == ()


def test_ties_are_settled_by_the_key_and_the_week_and_not_by_the_name() -> None:
    firsts = Counter(
        share_out(strata(5, 5, 5), 1, tie_by(random.Random(number).randbytes(32), f"2026-W{number % 52 + 1:02}")).picks[
            0
        ]
        for number in range(3000)
    )
    assert all(900 < n < 1100 for n in firsts.values()), firsts


@pytest.mark.parametrize(("base", "owed"), [(3, {"a": 7}), (4, {})])
def test_what_is_owed_ends_with_the_order(base: int, owed: dict[str, int]) -> None:
    assert owed_after([{"stratum": "a", "owed": 7, "base": 3}, {"stratum": "b"}], base) == owed


def test_what_is_owed_by_hand() -> None:
    assert share_out(strata(5, 3, 2), 4, TIE).owed == {"s0": 0, "s1": 200_000, "s2": -200_000}
    assert share_out(strata(2, 1), 1, TIE).owed == {"s0": -333_334, "s1": 333_333}


def test_ties_of_one_key_and_week() -> None:
    assert [TIE(name) for name in ("s0", "s1", "s2")] == [
        3000647025425232088,
        5402880571927100605,
        13516259530169824802,
    ]
    assert share_out(strata(5, 5, 5), 3, TIE).picks == ("s0", "s1", "s2")


def test_a_seat_beside_another_comes_from_its_stratum_while_somebody_is_free_in_it() -> None:
    there = [Stratum("a", 9, 2, owed=5), Stratum("b", 9, 1, owed=7), Stratum("c", 9, 0, owed=9)]
    owed = {"a": 5, "b": 7, "c": 9}
    assert seat_beside(there, "a") == Shared(("a",), owed)
    assert seat_beside(there, "c") == Shared(("b",), owed)  # nobody is free there: whoever is owed most
    assert seat_beside(there[2:], "c") == Shared((), {"c": 9})


def test_reserves_stand_behind_the_seats_of_their_stratum() -> None:
    there, shared = strata(60, 30, 10), Shared(("s0", "s1", "s0"), {})
    assert reserves_behind(there, shared, 6, Policy()) == {"s0": 4, "s1": 2}
    assert reserves_behind(there, shared, 0, Policy()) == {"s0": 0, "s1": 0}
    assert reserves_behind(there, shared, 3, Policy(reserves=3)) == {"s0": 2, "s1": 1}
    assert reserves_behind([Stratum("s0", 60, 2), Stratum("s1", 30, 9)], shared, 3, Policy(reserves=3)) == {"s1": 3}
