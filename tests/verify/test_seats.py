"""Seats among strata as the verifier deals them, worked out by hand."""

from collections import Counter

import pytest
from sealed_rows import drawn_entry, sealed_draw, sealed_stratum

from care.verify.seats import MILLION, Claim, chance_of, deal, sealed_strata, seats_carried


def by_name(stratum: str) -> int:
    return ord(stratum[0])


def claims(**sizes: int) -> list[Claim]:
    return [Claim(stratum, size, size, 0) for stratum, size in sizes.items()]


def test_each_seat_goes_to_the_stratum_furthest_below_its_share() -> None:
    # Shares .5, .3, .2. Before each seat: a .5 b .3 c .2; a 0 b .6 c .4; a .5 b -.1 c .6; a 1 b .2 c -.2.
    dealt, owed = deal(claims(a=5, b=3, c=2), 4, by_name)
    assert dealt == ["a", "b", "c", "a"]
    assert owed == {"a": 0, "b": 200_000, "c": -200_000}


def test_of_equals_the_lowest_tie_comes_first() -> None:
    assert deal(claims(a=1, b=1), 1, by_name)[0] == ["a"]
    assert deal(claims(a=1, b=1), 1, lambda stratum: -by_name(stratum))[0] == ["b"]


def test_what_was_owed_before_counts() -> None:
    assert deal([Claim("a", 9, 9, 0), Claim("b", 1, 1, 900_000)], 1, by_name)[0] == ["b"]


def test_where_nobody_is_free_the_seat_goes_on_and_one_is_owed_at_most() -> None:
    dealt, owed = deal([Claim("a", 90, 0, 0), Claim("b", 10, 10, 0)], 6, by_name)
    assert (dealt, owed) == (["b"] * 6, {"a": MILLION, "b": -MILLION})


def test_no_more_seats_than_are_free() -> None:
    assert Counter(deal(claims(a=2, b=1), 50, by_name)[0]) == {"a": 2, "b": 1}
    assert deal([], 3, by_name) == ([], {})


@pytest.mark.parametrize(
    ("asked", "orderly", "rest", "pace", "seats"),
    [(5, 30, 60, "even", 3), (5, 30, 60, "asked", 5), (2, 30, 60, "even", 2), (5, 30, 0, "even", 5),
     (5, 25, 60, "even", 2), (5, 12, 90, "even", 1), (5, 0, 90, "even", 1)],
)  # fmt: skip
def test_as_many_seats_as_the_customers_carry(asked: int, orderly: int, rest: int, pace: str, seats: int) -> None:
    assert seats_carried(asked, orderly, {"rest_days": rest, "pace": pace}) == seats


def test_the_chance_of_a_reserve_counts_those_of_their_stratum_up_to_them() -> None:
    entries = [
        drawn_entry(1, "called", "a"),
        drawn_entry(2, "called", "b"),
        drawn_entry(3, "reserve", "a"),
        drawn_entry(4, "reserve", "a"),
        drawn_entry(5, "deferred", "a"),
    ]
    strata = sealed_strata(sealed_draw([sealed_stratum("a", still_to_come=7), sealed_stratum("b", still_to_come=9)]))
    assert chance_of(entries[2], entries, strata) == (2, 7)
    assert chance_of(entries[3], entries, strata) == (3, 7)
