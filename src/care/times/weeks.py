"""ISO weeks, Monday first, the unit in which care plans."""

import re
from datetime import date, timedelta
from typing import NamedTuple, Self

from care.errors import BadWhen

FORM = r"([0-9]{4})-?w([0-9]{1,2})"


class Week(NamedTuple):
    """One ISO week. ``year`` is the ISO year, which differs from the calendar year around New Year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The week that holds the day."""
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @classmethod
    def parse(cls, said: str) -> Self:
        """The week written as ``2026-W48``, whatever the case.

        Raises BadWhen when it is written otherwise or when that year has no such week.
        """
        said = said.strip()
        found = re.fullmatch(FORM, said.lower())
        if found is None:
            raise BadWhen(said, "is not a week; write it like 2026-W48")
        year, number = int(found[1]), int(found[2])
        if not 1 <= year <= 9998:
            raise BadWhen(said, "is outside the years that can be counted")
        last = weeks_in(year)
        if number > last:
            raise BadWhen(said, f"does not exist: {year} ends with week {last}, then comes {cls(year + 1, 1)}")
        if number < 1:
            raise BadWhen(said, f"does not exist: the first week is {cls(year, 1)}")
        return cls(year, number)

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """The first day of the week."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return date.fromisocalendar(self.year, self.number, 7)

    def plus(self, weeks: int) -> Self:
        """The week so many weeks later, or earlier when negative."""
        return self.of(self.monday + timedelta(weeks=weeks))

    def next(self) -> Self:
        """The week after this one."""
        return self.plus(1)

    def previous(self) -> Self:
        """The week before this one."""
        return self.plus(-1)

    def days(self) -> tuple[date, ...]:
        """Its seven days, Monday first."""
        return tuple(self.monday + timedelta(days=offset) for offset in range(7))


SATURDAY = 6


def week_ahead(today: date) -> Week:
    """The week there is still something to plan in: this one, from Saturday on the coming one."""
    this = Week.of(today)
    return this.next() if today.isoweekday() >= SATURDAY else this


def weeks_in(year: int) -> int:
    """How many weeks the ISO year has: 52 or 53. The 28th of December is always in its last one."""
    return date(year, 12, 28).isocalendar().week


def parse_week(said: str, today: date) -> Week:
    """The week meant by ``this``, ``next`` or ``2026-W48``; ``today`` is the date in the team's zone.

    Raises BadWhen when it is none of these or no such week exists.
    """
    word = " ".join(said.lower().split()).removesuffix(" week")
    if word == "this":
        return Week.of(today)
    if word == "next":
        return Week.of(today).next()
    if re.fullmatch(FORM, word) is None:
        raise BadWhen(said, "is not a week; write this, next or 2026-W48")
    return Week.parse(said)
