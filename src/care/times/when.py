"""WHEN, as people type it: a day with or without a time, forward or looking back."""

import datetime as dt
import re
from typing import NamedTuple

from care.errors import BadWhen
from care.text import plural
from care.times.days import AMOUNT, MONTHS, OUT_OF_YEARS, WEEKDAYS, Asked, amount_said, day_named
from care.times.zones import as_instant, local_date, local_time

FORMS = "2026-12-01 15:00, tomorrow, friday 9am, next tuesday, in 3 days, 2 weeks ago or 30 march"

# Compiled when first asked for: most commands are told no time.
INSTANT = r"([0-9]{4}-[0-9]{2}-[0-9]{2})[t ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)? ?(z|[+-][0-9]{2}:?[0-9]{2})"

HOURS = rf"(in )?{AMOUNT}(h|hours?|min|minutes?)(?: (ago|from now))?"

TIME = r"(?:^| )(?:at )?([0-9]{1,2})(?::([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?)?(?: ?([ap])\.?m\.?)?$"


class When(NamedTuple):
    """A day in the zone it was asked for, and its time when one was said.

    ``time`` is what the clocks there show and ``instant`` the same in UTC; both are None when only a day was said.
    ``note`` is what a change of the clocks, or another offset, made of the words; it is meant to be shown.
    """

    day: dt.date
    time: dt.time | None = None
    instant: dt.datetime | None = None
    note: str | None = None


def parse_when(said: str, now: dt.datetime, zone: str) -> When:
    """What was said, as a day and perhaps a time in the zone; words without a direction look forward from ``now``.

    ``monday`` is the next one after today, ``next monday`` that of next week, ``30 march`` the next that is not past,
    a time alone is today's. Raises BadWhen when it cannot be read, can be read in two ways or does not exist.
    """
    return _read(said, now, zone, back=False)


def parse_day(said: str, now: dt.datetime, zone: str) -> dt.date:
    """The day of what was said, like ``parse_when``; a time in it is read and left out."""
    return _read(said, now, zone, back=False).day


def parse_since(said: str, now: dt.datetime, zone: str) -> dt.date:
    """The day of what was said, where words without a direction look back from ``now``.

    ``monday`` is the last one before today, ``march`` the first of the last March, ``4w`` four weeks ago.
    """
    return _read(said, now, zone, back=True).day


def parse_past(said: str, now: dt.datetime, zone: str) -> When:
    """What was said of something that has happened: like ``parse_since``, with the time when one was said."""
    return _read(said, now, zone, back=True)


def say_day(day: dt.date, today: dt.date) -> str:
    """The day with its weekday, ``Tue 24 Nov``; with the year when more than ten months away, ``Tue 24 Nov 2027``."""
    year = f" {day.year}" if abs((day - today).days) > 304 else ""
    return f"{short_day(day)} {_short_month(day)}{year}"


def short_day(day: dt.date) -> str:
    """The day within a week that is known: ``Tue 24``."""
    return f"{WEEKDAYS[day.weekday()][:3].title()} {day.day}"


def day_month(day: dt.date, today: dt.date) -> str:
    """The date in short, ``30 Oct``; with the year when it is not this one, ``30 Oct 2024``."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {_short_month(day)}{year}"


def say_date(day: dt.date) -> str:
    """The date in full: ``14 March 2026``."""
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"


def span_words(days: int) -> str:
    """A length of time as people say it: days below 60, then rounded months, from 24 months rounded years."""
    months = round(days * 12 / 365.2425)
    if days < 60:
        return plural(days, "day")
    return plural(months, "month") if months < 24 else plural(round(days / 365.2425), "year")


def _short_month(day: dt.date) -> str:
    return MONTHS[day.month - 1][:3].title()


def _read(said: str, now: dt.datetime, zone: str, back: bool) -> When:
    asked = Asked(said, local_date(now, zone), back)
    words = " ".join(said.lower().replace(",", " ").split())
    if not words:
        raise asked.refuse(f"says no day; write it like {FORMS}")
    instant = _instant_said(words, now, asked)
    if instant is not None:
        return _at(instant, words, zone, asked)
    words = re.sub(r"^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})t", r"\1 ", words)
    words, at = _without_time(words, asked)
    day = asked.today if at and not words else day_named(words, asked)
    if day is None:
        raise _unreadable(asked)
    if at is None:
        return When(day)
    moment = as_instant(day, at, zone)
    shown = local_time(moment.instant, zone)
    return When(shown.date(), shown.time(), moment.instant, moment.note)


def _instant_said(words: str, now: dt.datetime, asked: Asked) -> dt.datetime | None:
    """The instant that needs no zone to be known: now, hours from now, or a time with its offset."""
    if words == "now":
        return now
    found = re.fullmatch(HOURS, words)
    if found is not None and not (found[1] and found[5] == "ago"):
        amount = amount_said(found, 2)
        back = found[5] == "ago" or (asked.back and not found[1] and not found[5])
        return now + dt.timedelta(minutes=amount * (60 if found[4][0] == "h" else 1)) * (-1 if back else 1)
    found = re.fullmatch(INSTANT, words)
    if found is None:
        return None
    try:
        return dt.datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3].upper()}")
    except ValueError:
        raise asked.refuse("does not exist; write it like 2026-12-01T15:00+01:00") from None


def _at(instant: dt.datetime, words: str, zone: str, asked: Asked) -> When:
    try:
        shown = local_time(instant, zone).replace(microsecond=0)
        universal = shown.astimezone(dt.UTC)
    except OverflowError:
        raise asked.refuse(OUT_OF_YEARS) from None
    other = re.fullmatch(INSTANT, words) is not None and instant.replace(tzinfo=None) != shown.replace(tzinfo=None)
    note = f"that is {shown:%Y-%m-%d %H:%M} in {zone}" if other else None
    return When(shown.date(), shown.time(), universal, note)


def _without_time(words: str, asked: Asked) -> tuple[str, dt.time | None]:
    """The words before the time at their end, and the time."""
    found = re.search(TIME, words)
    if found is None or (found[2] is None and found[4] is None):
        return words, None
    hour, half = int(found[1]), found[4]
    if half and not 1 <= hour <= 12:
        raise asked.refuse(f"has no such time; with {half}m the hours go from 1 to 12")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        at = dt.time(hour, int(found[2] or 0), int(found[3] or 0))
    except ValueError:
        raise asked.refuse("has no such time; the day goes from 0:00 to 23:59") from None
    return words[: found.start()].strip(), at


def _unreadable(asked: Asked) -> BadWhen:
    """The refusal of what cannot be read, with the likeliest repair when a word is only misspelt."""
    repaired = _repaired(" ".join(asked.said.lower().split()))
    if repaired is not None:
        try:
            meant = day_named(_without_time(repaired, asked)[0], asked)
        except BadWhen:
            meant = None
        if meant is not None:
            return asked.refuse(f"cannot be read as a day; perhaps “{repaired}” was meant")
    if re.search(r"\b[0-9]{1,2}\.[0-9]{2}\b", asked.said):
        return asked.refuse("cannot be read as a day; a time is written 15:00")
    return asked.refuse(f"cannot be read as a day; write it like {FORMS}")


def _repaired(words: str) -> str | None:
    """The words with those of five letters and more replaced by the day, month or unit they look like."""
    from difflib import get_close_matches

    if len(words) > 60:
        return None
    known = (*WEEKDAYS, *MONTHS, "today", "tomorrow", "yesterday", "weeks", "months", "years")
    parts = [
        next(iter(get_close_matches(word, known, 1, 0.75)), word) if len(word) > 4 else word for word in words.split()
    ]
    repaired = " ".join(parts)
    return None if repaired == words else repaired
