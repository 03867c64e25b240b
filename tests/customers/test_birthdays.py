"""Days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.customers.birthdays import Day, NoDay, read_day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1980-02-03", Day(3, 2, 1980)),
        ("1980/2/3", Day(3, 2, 1980)),
        ("19800203", Day(3, 2, 1980)),
        ("2024-07-01T00:00:00+00:00", Day(1, 7, 2024)),
        ("2024-01-20 14:30", Day(20, 1, 2024)),
        ("--0203", Day(3, 2, None)),
        ("--02-03", Day(3, 2, None)),
        (" --02-29", Day(29, 2, None)),
        ("0000-02-03", Day(3, 2, None)),
        ("1604-02-29", Day(29, 2, None)),
        ("3 Feb", Day(3, 2, None)),
        ("29 Feb", Day(29, 2, None)),
        ("Feb 3, 1980", Day(3, 2, 1980)),
        ("3rd of February 1980", Day(3, 2, 1980)),
        ("15-Jan-2024", Day(15, 1, 2024)),
        ("Mar 20 2024", Day(20, 3, 2024)),
        ("3. März 1980", Day(3, 3, 1980)),
        ("3 de febrero de 1980", Day(3, 2, 1980)),
        ("1er août 1980", Day(1, 8, 1980)),
        ("Mar 20 2024 at 9:12 AM", Day(20, 3, 2024)),
        ("20.03.2024", Day(20, 3, 2024)),
        ("03/15/2024 9:12 AM", Day(15, 3, 2024)),
        ("13/05", Day(13, 5, None)),
        ("02/02/1980", Day(2, 2, 1980)),
    ],
)
def test_a_day_with_one_reading_is_read(written: str, day: Day) -> None:
    assert read_day(written, None) == day


@pytest.mark.parametrize("written", ["01/02/1980", "1.2.1980", "02-03", "1/2"])
def test_a_day_with_two_readings_is_not_guessed(written: str) -> None:
    assert read_day(written, None) is NoDay.TWO_WAYS


def test_what_is_said_about_days_decides() -> None:
    assert read_day("01/02/1980", True) == Day(1, 2, 1980)
    assert read_day("01/02/1980", False) == Day(2, 1, 1980)
    assert read_day("03/15/2024", True) == Day(15, 3, 2024)


@pytest.mark.parametrize(
    "written",
    [
        "13/13/1980",
        "1981-02-29",
        "29/02/1981",
        "3/2/80",
        "29221",
        "soon",
        "Feb",
        "1980",
        "32 Jan",
        "3 Feb 1980 4",
        "1980-13-01",
    ],
)
def test_what_is_no_day_is_not_made_one(written: str) -> None:
    assert read_day(written, True) is NoDay.UNREADABLE


@pytest.mark.parametrize("written", ["", " ", "-", "N/A", "0/0/00", "0000-00-00"])
def test_an_empty_day_is_blank(written: str) -> None:
    assert read_day(written, None) is NoDay.BLANK


def test_a_day_without_a_year_is_no_date() -> None:
    assert Day(3, 2, 1980).as_date == date(1980, 2, 3)
    assert Day(29, 2, None).as_date is None


@given(st.dates(date(1605, 1, 1)))
def test_every_date_comes_back_however_it_is_written(said: date) -> None:
    wanted = Day(said.day, said.month, said.year)
    assert read_day(said.isoformat(), None) == wanted
    assert read_day(f"{said.day}/{said.month}/{said.year:04}", True) == wanted or said.day > 12 >= said.month
    assert read_day(f"{said.day} {said:%B} {said.year:04}", None) == wanted
