"""The shares of the report: one vote a customer, weighted by stratum and cohort, with bounds and honest arrows."""

from datetime import date

import pytest

from care.reports.shares import FOUNDERS, DrawnReading, Quarter, QuarterReadings, changes, heard_shares, quarter_of
from care.statistics.estimates import hypergeometric, wilson
from care.words import Reading, Trend

GOOD, BAD, MIXED = Reading.GOOD, Reading.BAD, Reading.MIXED


def vote(customer: int, reading: Reading, key: str = "ease", stratum: str = "", cohort: str = FOUNDERS) -> DrawnReading:
    return DrawnReading(key, key != "word", customer, reading, stratum, cohort)


def readings(good: int, of: int, first: int = 1, stratum: str = "", cohort: str = FOUNDERS) -> list[DrawnReading]:
    return [vote(first + n, GOOD if n < good else BAD, stratum=stratum, cohort=cohort) for n in range(of)]


def test_one_customer_has_one_vote_their_latest() -> None:
    said = [vote(1, BAD), vote(2, GOOD), vote(1, GOOD), vote(1, BAD, "problems"), vote(3, MIXED)]
    [ease, problems] = heard_shares(said, {("", FOUNDERS): 900}, {1, 2, 3})
    assert (ease.key, ease.good, ease.of, ease.part) == ("ease", 2, 3, 2 / 3)
    assert (ease.low, ease.high) == pytest.approx(wilson(2, 3))
    assert (problems.good, problems.of, problems.low) == (0, 1, 0)


def test_whoever_was_heard_and_could_not_be_drawn_today_counts_for_themselves() -> None:
    [few] = heard_shares(readings(5, 5), {("", FOUNDERS): 2}, set())
    assert (few.good, few.of, few.low, few.high) == (5, 5, 1, 1)


def test_a_share_of_a_small_company_is_bounded_by_those_there_are() -> None:
    [share] = heard_shares(readings(9, 12), {("", FOUNDERS): 15}, set())
    assert (share.low, share.high) == pytest.approx(hypergeometric(9, 12, 15))


def test_those_not_heard_bound_the_share() -> None:
    # Twenty were drawn and closed, twelve left a reading: 9/20 if none of the eight would say good, 17/20 if all.
    [share] = heard_shares(readings(9, 12), {("", FOUNDERS): 900}, set(range(1, 21)))
    assert (share.missing, share.least, share.most) == (8, 9 / 20, 17 / 20)


def test_a_question_asked_by_turns_has_no_bounds() -> None:
    [word] = heard_shares([vote(1, GOOD, "word")], {("", FOUNDERS): 900}, {1, 2, 3})
    assert (word.missing, word.least, word.most) == (None, None, None)


def test_strata_weigh_as_many_customers_as_they_have() -> None:
    said = readings(10, 10, stratum="retail") + readings(0, 10, first=100, stratum="trade")
    [share] = heard_shares(said, {("retail", FOUNDERS): 900, ("trade", FOUNDERS): 100}, set())
    assert (share.good, share.of, share.part) == (10, 20, pytest.approx(0.9))
    assert share.collapsed == ()


def test_newcomers_are_weighed_apart_and_pooled_while_they_are_few() -> None:
    old, new = readings(6, 8), readings(0, 8, first=100, cohort="2026-10")
    [apart] = heard_shares(old + new, {("", FOUNDERS): 300, ("", "2026-10"): 100}, set())
    assert apart.part == pytest.approx(0.75 * 6 / 8)
    [pooled] = heard_shares(old + new[:4], {("", FOUNDERS): 300, ("", "2026-10"): 100}, set())
    assert pooled.part == pytest.approx(6 / 12)
    assert pooled.collapsed == (("all others", "joined 2026-10"),)


@pytest.mark.parametrize(
    ("day", "quarter", "first"),
    [(date(2026, 1, 1), "2026-Q1", date(2026, 1, 1)), (date(2026, 12, 31), "2026-Q4", date(2026, 10, 1)),
     (date(2026, 6, 30), "2026-Q2", date(2026, 4, 1)), (date(2026, 7, 1), "2026-Q3", date(2026, 7, 1))],
)  # fmt: skip
def test_quarters(day: date, quarter: str, first: date) -> None:
    found = quarter_of(day)
    assert (str(found), found.first) == (quarter, first)
    assert found.before().after() == found == found.after().before()


def test_quarters_go_over_new_year() -> None:
    assert (Quarter(2026, 1).before(), Quarter(2026, 4).after()) == (Quarter(2025, 4), Quarter(2027, 1))


def told(number: int, said: list[DrawnReading], unread: int = 0) -> QuarterReadings:
    heard = {one.customer for one in said} | set(range(9000, 9000 + unread))
    return QuarterReadings(Quarter(2026, number), said, heard)


def test_a_large_change_is_an_arrow_and_a_small_one_is_none() -> None:
    [up] = changes(told(2, readings(5, 30)), told(3, readings(25, 30, first=100)), ["ease"]).values()
    assert (up.trend, up.earlier, up.later) == (Trend.UP, "2026-Q2", "2026-Q3")
    assert up.by == pytest.approx(20 / 30)
    [down] = changes(told(2, readings(25, 30)), told(3, readings(5, 30, first=100)), ["ease"]).values()
    assert down.trend is Trend.DOWN
    [same] = changes(told(2, readings(15, 30)), told(3, readings(17, 30, first=100)), ["ease"]).values()
    assert (same.trend, same.power is not None) == (Trend.UNCLEAR, True)


def test_whoever_was_heard_twice_counts_in_the_later_quarter() -> None:
    twice = readings(0, 20) + readings(20, 20, first=100)
    [change] = changes(told(2, twice), told(3, readings(20, 20)), ["ease"]).values()
    assert change.by == 0.0


def test_no_arrow_of_few_and_none_where_many_gave_no_reading() -> None:
    few, many = readings(11, 11), readings(0, 30, first=100)
    assert changes(told(2, few), told(3, many), ["ease"])["ease"].trend is Trend.TOO_FEW
    assert changes(told(2, readings(30, 30)), told(3, many, unread=8), ["ease"])["ease"].trend is Trend.MISSING
    assert changes(told(2, readings(30, 30)), told(3, many, unread=7), ["ease"])["ease"].trend is Trend.DOWN
    nothing = changes(told(2, []), told(3, []), ["ease"])["ease"]
    assert (nothing.trend, nothing.by, nothing.power) == (Trend.TOO_FEW, None, None)


def test_more_arrows_in_a_report_need_larger_changes() -> None:
    # Alone 10 of 30 to 19 of 30 is an arrow; beside nine others that are judged as well it is none.
    before, after = readings(10, 30), readings(19, 30, first=100)
    assert changes(told(2, before), told(3, after), ["ease"])["ease"].trend is Trend.UP
    keys = [f"q{n}" for n in range(9)]
    others = (
        [one._replace(key=key) for key in keys for one in before],
        [one._replace(key=key) for key in keys for one in after],
    )
    found = changes(told(2, before + others[0]), told(3, after + others[1]), ["ease", *keys])
    assert found["ease"].trend is Trend.UNCLEAR
