"""The time a report looks at."""

from datetime import date, timedelta

import pytest

from care.errors import WrongUsage
from care.reports.period import period_between


def test_a_period_is_whole_days_of_the_team() -> None:
    today = date(2026, 11, 23)
    four_weeks = period_between(None, None, today, "Europe/Oslo")
    assert (four_weeks.since, four_weeks.until) == (date(2026, 10, 27), today)
    assert four_weeks.start.isoformat() == "2026-10-26T23:00:00+00:00"
    assert four_weeks.end.isoformat() == "2026-11-23T23:00:00+00:00"
    assert four_weeks.new_from.isoformat() == "2026-11-16T23:00:00+00:00"
    with pytest.raises(WrongUsage, match="Turn the two round"):
        period_between(today, today - timedelta(1), today, "UTC")
