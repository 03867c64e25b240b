"""How long it takes to hear everybody, worked out by hand."""

from datetime import date

import pytest

from care.reports.pace import all_heard_by, weekly_for_a_year


@pytest.mark.parametrize(
    ("never", "weekly", "year"),
    [(885, 3, 2032), (885, 18, 2027), (0, 3, None), (1, 500, 2026), (10**9, 1, 9999), (17, 3, 2027), (15, 3, 2026)],
)
def test_by_when_everyone_is_heard(never: int, weekly: int, year: int | None) -> None:
    # 885 at 3 a week are 295 weeks, which end in July 2032; 15 are 5 weeks, which end on 28 December.
    assert all_heard_by(never, weekly, date(2026, 11, 23)) == year


@pytest.mark.parametrize(("never", "weekly"), [(885, 18), (0, None), (1, 1), (52, 1), (53, 2)])
def test_how_many_a_week_hear_everyone_in_a_year(never: int, weekly: int | None) -> None:
    assert weekly_for_a_year(never) == weekly
