"""Dates of a customer's that come near."""

from datetime import date, timedelta

from care.touches.records import ComingDate

NEAR_DAYS = 14
"""How far ahead a date is worth mentioning in a talk."""


def next_anniversary(day: int, month: int, today: date) -> date:
    """The next time that day comes round, today included; 29 February is 28 February in other years."""
    for year in (today.year, today.year + 1):
        try:
            on = date(year, month, day)
        except ValueError:
            on = date(year, month, day - 1)
        if on >= today:
            return on
    return on


def coming_dates(birthday: tuple[int, int] | None, joined_on: date | None, today: date) -> tuple[ComingDate, ...]:
    """The birthday (day, month) and the day of joining, where they come within ``NEAR_DAYS``, the nearest first."""
    named = [("birthday", birthday), ("joined", (joined_on.day, joined_on.month) if joined_on else None)]
    near = []
    for kind, day_month in named:
        if day_month is None:
            continue
        on = next_anniversary(*day_month, today)
        if on - today <= timedelta(days=NEAR_DAYS):
            near.append(ComingDate(kind, on, (on - today).days))
    return tuple(sorted(near, key=lambda one: one.on))
