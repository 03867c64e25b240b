"""Weeks kept one after the other, worked out by hand."""

import pytest

from care.reports.weeks_kept import WeekDone, kept_in_a_row
from care.times.weeks import Week


def weeks(*done: tuple[int, int, int]) -> list[WeekDone]:
    return [WeekDone(f"2026-W{number}", calls, tried, 0) for number, calls, tried in done]


@pytest.mark.parametrize(
    ("done", "off", "row"),
    [
        (weeks((46, 3, 3), (47, 3, 3), (48, 3, 3)), [], 3),
        (weeks((46, 3, 3), (47, 3, 3), (48, 3, 1)), [], 2),  # the running week breaks nothing before it is over
        (weeks((46, 3, 3), (47, 3, 2), (48, 3, 3)), [], 1),
        (weeks((45, 3, 3), (47, 3, 3), (48, 3, 3)), [], 2),  # a week without a plan
        (weeks((45, 3, 3), (47, 3, 3), (48, 3, 3)), ["2026-W46"], 3),  # a week off neither keeps nor breaks
        (weeks((46, 3, 3), (47, 3, 3)), ["2026-W48"], 2),
        (weeks((47, 0, 0)), [], 0),
        ([], [], 0),
        ([], ["2026-W47", "2026-W46"], 0),
    ],
)
def test_weeks_kept_in_a_row(done: list[WeekDone], off: list[str], row: int) -> None:
    assert kept_in_a_row(done, off, Week(2026, 48)) == row


def test_the_row_goes_on_over_new_year() -> None:
    done = [WeekDone(week, 1, 1, 1) for week in ("2026-W52", "2026-W53", "2027-W01")]
    assert kept_in_a_row(done, [], Week(2027, 2)) == 3
