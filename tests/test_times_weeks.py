"""ISO weeks: their names, their days and what New Year does to them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.errors import BadWhen
from care.times.weeks import Week, parse_week, week_ahead, weeks_in

DAYS = st.dates(date(1, 1, 8), date(9998, 12, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 23), "2026-W48"),
        (date(2026, 11, 29), "2026-W48"),
        (date(2026, 11, 30), "2026-W49"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2025, 12, 29), "2026-W01"),
        (date(2022, 1, 1), "2021-W52"),
        (date(2016, 1, 3), "2015-W53"),
    ],
)
def test_a_day_belongs_to_the_week_of_its_thursday(day: date, name: str) -> None:
    assert str(Week.of(day)) == name
    assert Week.of(day) == Week.parse(name)


@given(DAYS)
def test_the_name_is_what_strftime_says_and_reads_back(day: date) -> None:
    week = Week.of(day)
    assert str(week) == f"{int(day.strftime('%G')):04}-W{day.strftime('%V')}"
    assert Week.parse(str(week)) == week


@given(DAYS)
def test_a_week_runs_from_monday_to_sunday(day: date) -> None:
    week = Week.of(day)
    assert week.monday <= day <= week.sunday
    assert (week.monday.isoweekday(), week.sunday.isoweekday()) == (1, 7)
    assert week.days()[0] == week.monday
    assert week.days()[-1] == week.sunday
    assert len(set(week.days())) == 7


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-3000, 3000))
def test_plus_counts_weeks_across_years(day: date, weeks: int) -> None:
    assert Week.of(day).plus(weeks) == Week.of(day + timedelta(weeks=weeks))


@given(DAYS, DAYS)
def test_weeks_sort_as_their_days_and_as_their_names(one: date, two: date) -> None:
    first, second = Week.of(one), Week.of(two)
    assert (first < second) == (first.monday < second.monday) == (str(first) < str(second))


def test_next_and_previous_cross_a_long_and_a_short_year() -> None:
    assert str(Week(2026, 53).next()) == "2027-W01"
    assert str(Week(2027, 1).previous()) == "2026-W53"
    assert str(Week(2025, 52).next()) == "2026-W01"
    assert str(Week(2026, 1).previous()) == "2025-W52"


def test_years_have_52_or_53_weeks() -> None:
    long = [year for year in range(2000, 2030) if weeks_in(year) == 53]
    assert long == [2004, 2009, 2015, 2020, 2026]
    assert {weeks_in(year) for year in range(2000, 2400)} == {52, 53}


def test_a_week_that_does_not_exist_is_refused_with_the_one_that_does() -> None:
    with pytest.raises(BadWhen) as refused:
        Week.parse("2025-W53")
    assert refused.value.sentence == "“2025-W53” does not exist: 2025 ends with week 52, then comes 2026-W01."
    with pytest.raises(BadWhen, match="the first week is 2026-W01"):
        Week.parse("2026-W00")


@pytest.mark.parametrize("said", ["", "48", "W48", "2026", "2026-48", "26-W48", "2026-W481", "week 48", "２０２６-W48"])
def test_what_is_no_week_is_refused_with_the_form(said: str) -> None:
    with pytest.raises(BadWhen, match="write it like 2026-W48"):
        Week.parse(said)


@pytest.mark.parametrize("said", ["0000-W01", "9999-W01"])
def test_years_without_a_whole_calendar_are_refused(said: str) -> None:
    with pytest.raises(BadWhen, match="outside the years"):
        Week.parse(said)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("this", "2026-W53"),
        ("THIS", "2026-W53"),
        ("next", "2027-W01"),
        ("next week", "2027-W01"),
        ("2026-W48", "2026-W48"),
        ("2026w9", "2026-W09"),
        (" 2026-w48 ", "2026-W48"),
    ],
)
def test_the_week_option(said: str, name: str) -> None:
    assert str(parse_week(said, date(2027, 1, 1))) == name


@pytest.mark.parametrize("said", ["", "last", "monday", "2026-11-23"])
def test_the_week_option_refuses_what_is_no_week(said: str) -> None:
    with pytest.raises(BadWhen, match="write this, next or 2026-W48"):
        parse_week(said, date(2027, 1, 1))


def test_from_saturday_on_there_is_only_the_coming_week_left_to_plan() -> None:
    friday = date(2026, 11, 20)
    assert [str(week_ahead(friday + timedelta(days=n))) for n in range(4)] == [
        "2026-W47", "2026-W48", "2026-W48", "2026-W48",
    ]  # fmt: skip
