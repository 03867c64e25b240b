"""The days people name: dates, weekdays, spans and periods, read from one lower-case line."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from care.errors import BadWhen
from care.times.weeks import Week

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

OUT_OF_YEARS = "is outside the years that can be counted"

AMOUNT = rf"(?:([0-9]{{1,5}}) ?|(an?|{'|'.join(COUNTS)}) )"

MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Asked(NamedTuple):
    """What was said, the date it was said on in the team's zone, and which way a day without a direction lies."""

    said: str
    today: date
    back: bool = False

    def refuse(self, reason: str) -> BadWhen:
        """The refusal that quotes what was said, shortened when it is long."""
        said = " ".join(self.said.split())
        return BadWhen(said if len(said) <= 60 else f"{said[:59]}…", reason)


def day_named(words: str, asked: Asked) -> date | None:
    """The day that the words name, or None when they name none. The words are lower case with single spaces.

    Raises BadWhen when they name a day that does not exist or could name two.
    """
    words = words.removeprefix("on ")
    for form, reading in READINGS:
        found = re.fullmatch(form, words)
        day = reading(found, asked) if found else None
        if day is not None:
            return day
    return None


def amount_said(found: re.Match[str], first: int = 1) -> int:
    """The number in the two groups of AMOUNT, which begin at the group ``first``."""
    digits, word = found[first], found[first + 1]
    if digits is not None:
        return int(digits)
    return COUNTS.index(word) + 1 if word in COUNTS else 1


def shifted(day: date, amount: int, unit: str, asked: Asked) -> date:
    """The day so many days (d), weeks (w), months (m) or years (y) later; the last of the month where it is shorter."""
    from dateutil.relativedelta import relativedelta

    try:
        if unit in "dw":
            return day + timedelta(days=amount * (7 if unit == "w" else 1))
        return day + relativedelta(months=amount * (12 if unit == "y" else 1))
    except (OverflowError, ValueError):
        raise asked.refuse(OUT_OF_YEARS) from None


def _place(names: tuple[str, ...], said: str) -> int | None:
    """Where the name stands; three letters are enough."""
    return next((n for n, name in enumerate(names) if len(said) > 2 and name.startswith(said)), None)


def _exact(asked: Asked, year: int, month: int, day: int) -> date:
    if not 1 <= year <= 9999:
        raise asked.refuse(OUT_OF_YEARS)
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= month <= 12:
            raise asked.refuse(f"does not exist: there is no month {month}") from None
        most = monthrange(year, month)[1]
        raise asked.refuse(f"does not exist: {MONTHS[month - 1].title()} {year} has {most} days") from None


def _nearest(asked: Asked, month: int, day: int) -> date | None:
    """The nearest such date that is not past, or not to come when looking back. Leap days are at most 8 years apart."""
    for offset in range(9):
        try:
            found = date(asked.today.year + (-offset if asked.back else offset), month, day)
        except ValueError:
            continue
        if (found <= asked.today) if asked.back else (found >= asked.today):
            return found
    return None


def _dated(asked: Asked, year: str | None, month: int, day: int) -> date:
    if year is not None:
        return _exact(asked, int(year), month, day)
    found = _nearest(asked, month, day)
    if found is None:
        most = MONTH_DAYS[month - 1]
        raise asked.refuse(f"does not exist: {MONTHS[month - 1].title()} never has more than {most} days")
    return found


def _word(found: re.Match[str], asked: Asked) -> date:
    return asked.today + timedelta(days=("yesterday", "today", "tomorrow").index(found[0]) - 1)


def _iso_date(found: re.Match[str], asked: Asked) -> date:
    return _exact(asked, int(found[1]), int(found[2]), int(found[3] or 1))


def _iso_week(found: re.Match[str], asked: Asked) -> date:
    return Week.parse(found[0].upper()).monday


def _span(found: re.Match[str], asked: Asked) -> date | None:
    lead, tail = found[1], found[5]
    if lead and tail == "ago":
        return None
    back = tail == "ago" or (asked.back and not lead and not tail)
    amount = amount_said(found, 2)
    return shifted(asked.today, -amount if back else amount, found[4][0], asked)


def _weekday(found: re.Match[str], asked: Asked) -> date | None:
    which, place = found[1], _place(WEEKDAYS, found[2])
    if place is None:
        return None
    this_week = Week.of(asked.today).monday + timedelta(days=place)
    if which == "this":
        return this_week
    if which == "next":
        return this_week + timedelta(weeks=1)
    if which == "last" or asked.back:
        return this_week if this_week < asked.today else this_week - timedelta(weeks=1)
    return this_week if this_week > asked.today else this_week + timedelta(weeks=1)


def _begin(period: str, today: date, offset: int, asked: Asked) -> date:
    if period == "week":
        return shifted(Week.of(today).monday, offset, "w", asked)
    first = today.replace(day=1) if period == "month" else today.replace(month=1, day=1)
    return shifted(first, offset, period[0], asked)


def _period(found: re.Match[str], asked: Asked) -> date:
    return _begin(found[2], asked.today, ("last", "this", "next").index(found[1]) - 1, asked)


def _end_of_period(found: re.Match[str], asked: Asked) -> date:
    which, period = found[1], found[2]

    def end(offset: int) -> date:
        if period == "week":
            return _begin("week", asked.today, offset, asked) + timedelta(days=4)
        return _begin(period, asked.today, offset + 1, asked) - timedelta(days=1)

    if which in ("last", "this", "next"):
        return end(("last", "this", "next").index(which) - 1)
    if asked.back:
        return end(0) if end(0) <= asked.today else end(-1)
    return end(0) if end(0) >= asked.today else end(1)


def _day_month(found: re.Match[str], asked: Asked) -> date | None:
    month = _place(MONTHS, found[2])
    return None if month is None else _dated(asked, found[3], month + 1, int(found[1]))


def _month_day(found: re.Match[str], asked: Asked) -> date | None:
    month = _place(MONTHS, found[1])
    return None if month is None else _dated(asked, found[3], month + 1, int(found[2]))


def _month(found: re.Match[str], asked: Asked) -> date | None:
    month = _place(MONTHS, found[1])
    return None if month is None else _dated(asked, found[2], month + 1, 1)


def _weekday_and_date(found: re.Match[str], asked: Asked) -> date | None:
    """A date with its weekday before it, as care prints it itself: ``Tue 24`` or ``Tue 24 Nov 2026``."""
    place = _place(WEEKDAYS, found[1])
    if place is None:
        return None
    if found[2].isdecimal() and len(found[2]) <= 2:
        days = (asked.today + timedelta(days=-n if asked.back else n) for n in range(62))
        day = next((day for day in days if day.day == int(found[2])), None)
    else:
        day = day_named(found[2], asked)
    if day is not None and day.weekday() != place:
        raise asked.refuse(f"does not fit: {day} is a {WEEKDAYS[day.weekday()].title()}")
    return day


def _year_first(found: re.Match[str], asked: Asked) -> date:
    return _exact(asked, int(found[1]), int(found[2]), int(found[3]))


def _numbers(found: re.Match[str], asked: Asked) -> date | None:
    """Only numbers: taken when one reading exists and the year is whole, else refused, for some put the month first."""
    one, two, year = int(found[1]), int(found[3]), found[4]
    whole = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    readings = sorted(set(_readings(asked, whole, one, two)), key=lambda day: (day.day != one, day))
    if len(readings) > 1:
        names = " or ".join(f"{day.day} {MONTHS[day.month - 1].title()}" for day in readings)
        raise asked.refuse(f"can be read as {names}; write {' or '.join(str(day) for day in readings)}")
    if not readings:
        if year is None:
            return None
        raise asked.refuse("does not exist, whichever number is the month")
    if year is None:
        time_too = f", or {found[1]}:{found[3]} if it is a time" if found[2] == "." else ""
        raise asked.refuse(f"has no year; write {readings[0]}{time_too}")
    if len(year) == 2:
        raise asked.refuse(f"has a year of two digits; write {readings[0]}")
    return readings[0]


def _readings(asked: Asked, year: int | None, one: int, two: int) -> Iterator[date]:
    for day, month in ((one, two), (two, one)):
        try:
            found = date(year, month, day) if year is not None else _nearest(asked, month, day)
        except ValueError:
            continue
        if found is not None:
            yield found


Reading = Callable[[re.Match[str], Asked], date | None]

READINGS: tuple[tuple[str, Reading], ...] = (
    (r"today|tomorrow|yesterday", _word),
    (r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?", _iso_date),
    (r"[0-9]{4}-?w[0-9]{1,2}", _iso_week),
    (rf"(in )?{AMOUNT}(d|days?|w|weeks?|m|months?|y|years?)(?: (ago|from now))?", _span),
    (r"(?:(this|next|last) )?([a-z]{3,9})", _weekday),
    (r"(this|next|last) (week|month|year)", _period),
    (r"end of (?:(the|this|next|last) )?(week|month|year)", _end_of_period),
    (r"([0-9]{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})(?: ([0-9]{4}))?", _day_month),
    (r"([a-z]{3,9}) ([0-9]{1,2})(?:st|nd|rd|th)?(?: ([0-9]{4}))?", _month_day),
    (r"([a-z]{3,9})(?: ([0-9]{4}))?", _month),
    (r"([a-z]{3,9}) ([0-9].*)", _weekday_and_date),
    (r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})", _year_first),
    (r"([0-9]{1,2})([./-])([0-9]{1,2})(?:\2([0-9]{2}|[0-9]{4}))?", _numbers),
)
"""The forms, strictest first. Compiled when first asked for: most commands are told no date."""
