"""How many are drawn, and from whom: numbers worked out by hand."""

import pytest

from care.calls.frame import chance_in, excluded_by_reason, seats_for, summed, weekly_bound, whole_frame
from care.calls.records import Frame
from care.db.tables.draw import DrawEntry
from care.words import Eligibility, Pace, Role


@pytest.mark.parametrize(
    ("customers", "rest_days", "bound"),
    [(30, 60, 3), (30, 90, 2), (900, 90, 70), (1, 90, 1), (0, 90, 1), (12, 90, 1), (13, 7, 13),
     (30, 0, None), (26, 60, 3), (25, 60, 2)],
)  # fmt: skip
def test_what_a_small_company_carries(customers: int, rest_days: int, bound: int | None) -> None:
    assert weekly_bound(customers, rest_days) == bound


def test_the_pace_bounds_only_where_it_is_even() -> None:
    assert seats_for(5, 30, 60, Pace.EVEN) == 3
    assert seats_for(5, 30, 60, Pace.ASKED) == 5
    assert seats_for(2, 30, 60, Pace.EVEN) == 2
    assert seats_for(5, 30, 0, Pace.EVEN) == 5


def test_the_bound_leaves_no_week_empty_and_one_more_would() -> None:
    # Every week takes so many of those who rested long enough; whoever was called rests.
    def empty_weeks(customers: int, weekly: int, rest_days: int) -> int:
        free_on = [0] * customers
        empty = 0
        for week in range(60):
            free = [one for one in range(customers) if free_on[one] <= 7 * week][:weekly]
            empty += not free
            for one in free:
                free_on[one] = 7 * week + rest_days
        return empty

    assert empty_weeks(30, 3, 60) == 0
    assert empty_weeks(30, 5, 60) > 60 / 9 * 2  # "5 would leave 3 weeks in 9 empty"


def test_who_could_not_be_drawn_is_counted_by_reason() -> None:
    standings = {
        Eligibility.CALLABLE: 9, Eligibility.PAUSED: 2, Eligibility.MERGED: 4, Eligibility.NO_PHONE: 5,
        Eligibility.FORMER: 2, Eligibility.RESTING: 0,
    }  # fmt: skip
    assert list(excluded_by_reason(standings).items()) == [("no_phone", 5), ("former", 2), ("paused", 2)]


def test_all_strata_together() -> None:
    counts = {"a": {Eligibility.CALLABLE: 3, Eligibility.PAUSED: 1}, "b": {Eligibility.CALLABLE: 2}}
    assert summed(counts) == {Eligibility.CALLABLE: 5, Eligibility.PAUSED: 1}
    sealed = [
        {"customers": 4, "eligible": 3, "excluded": {"paused": 1}},
        {"customers": 7, "eligible": 2, "excluded": {"no_phone": 4, "paused": 1}},
    ]
    assert whole_frame(sealed) == Frame(11, 5, {"no_phone": 4, "paused": 2})
    assert list(whole_frame(sealed).excluded) == ["no_phone", "paused"]


def test_a_reserve_s_chance_counts_the_seats_up_to_theirs() -> None:
    def entry(rank: int, role: Role, stratum: str = "a") -> DrawEntry:
        return DrawEntry(rank, 1, rank, role, None, stratum, rank, "uid", "salt", 1, rank, "leaf")

    entries = [
        entry(1, Role.CALLED), entry(2, Role.CALLED, "b"), entry(3, Role.RESERVE), entry(4, Role.RESERVE),
        entry(5, Role.DEFERRED),
    ]  # fmt: skip
    strata = [{"stratum": "a", "still_to_come": 40}, {"stratum": "b", "still_to_come": 9}]
    assert [chance_in(strata, entries, one) for one in entries[:4]] == [(1, 40), (1, 9), (2, 40), (3, 40)]
