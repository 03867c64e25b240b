"""Weekly hours, as people type them: ``Tue 10:00-12:00, Thu 15:00-17:00``, ``mornings``, ``Tue, Thu after 16:00``."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from care.times.days import WEEKDAYS

DAY_MINUTES = 24 * 60

WORKDAYS = (0, 1, 2, 3, 4)

LATEST = 20 * 60  # nobody likes to be called later, unless they said so

EARLIEST = 8 * 60

PARTS = {"morning": (9 * 60, 12 * 60), "afternoon": (12 * 60, 17 * 60), "evening": (17 * 60, LATEST)}
"""What the words for a part of the day mean, in minutes after midnight."""


class Stretch(NamedTuple):
    """One stretch of a week: its weekday, 0 for Monday, and its minutes after midnight, the last one left out."""

    weekday: int
    start: int
    end: int


Hours = tuple[Stretch, ...]
"""The hours of a week, in their order; no two stretches touch."""

_TIME = r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?([ap]m)?"

_DAY = "|".join(f"{day[:3]}(?:{day[3:]}s?|{day[3:5]}|{day[3]}|s)?" for day in WEEKDAYS)

_TOKENS = {
    "range": rf"(?:from )?{_TIME} ?(?:-|–|—|to|until|till) ?{_TIME}",
    "after": rf"(?:after|from) {_TIME}",
    "before": rf"(?:before|until|till) {_TIME}",
    "part": r"(morning|afternoon|evening)s?",
    "days": rf"({_DAY}) ?(?:-|–|—|to) ?({_DAY})",
    "day": rf"({_DAY})",
    "many": r"(weekdays|workdays|working days|weekends?|every ?day|daily|any ?day)",
    "between": r"[,;&+/ ]|and\b|or\b|on\b|in the\b|only\b",
}


def read_hours(said: str, whole: Hours | None = None) -> Hours:
    """The hours of a week that were said; a time without a day is one of every Monday to Friday.

    ``whole`` are the hours meant where only days are said; without it, days need hours. Raises ValueError for what
    cannot be read and for hours that end before they begin.
    """
    days: set[int] = set()
    hours: list[tuple[int, int]] = []
    found: list[Stretch] = []
    hours_first: bool | None = None
    for kind, match in _tokens(" ".join(said.lower().replace("o'clock", "").split())):
        is_day = kind in ("days", "day", "many")
        hours_first = not is_day if hours_first is None else hours_first
        # A pair of days and hours is over when the next one begins, on whichever side these begin.
        if days and hours and is_day != hours_first:
            found += _pairs(days, hours)
            days, hours = set(), []
        if is_day:
            days |= _days(kind, match)
        else:
            hours.append(_times(kind, match))
    if days and not hours:
        if whole is None:
            raise ValueError
        found += [one for day in sorted(days) for one in _on(day, whole)]
    elif hours:
        if found and not days:  # “mornings, Tue after 16”: whose is the Tuesday?
            raise ValueError
        found += _pairs(days or set(WORKDAYS), hours)
    if not found:
        raise ValueError
    return _merged(found)


def say_hours(hours: Hours) -> str:
    """The hours as ``read_hours`` reads them: ``Mon-Fri 09:00-18:00``; days of the same hours stand together."""
    of_day: dict[int, tuple[tuple[int, int], ...]] = {}
    for weekday, start, end in hours:
        of_day[weekday] = (*of_day.get(weekday, ()), (start, end))
    by_hours: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for weekday, spans in of_day.items():
        by_hours.setdefault(spans, []).append(weekday)
    return ", ".join(
        f"{_say_days(days)} {', '.join(f'{_say(start)}-{_say(end)}' for start, end in spans)}"
        for spans, days in by_hours.items()
    )


def _tokens(words: str) -> Iterator[tuple[str, re.Match[str]]]:
    at = 0
    while at < len(words):
        kind, found = _token(words, at)
        if kind != "between":
            yield kind, found
        at = found.end()


def _token(words: str, at: int) -> tuple[str, re.Match[str]]:
    for kind, form in _TOKENS.items():
        found = re.compile(form).match(words, at)
        # A word must end where its token does: “monkeys” names no day.
        if found and not (words[found.end() - 1].isalnum() and words[found.end() : found.end() + 1].isalnum()):
            return kind, found
    raise ValueError


def _days(kind: str, found: re.Match[str]) -> set[int]:
    if kind == "many":
        weekend = found[1].startswith("weekend")
        return {5, 6} if weekend else set(WORKDAYS) if found[1].startswith("w") else set(range(7))
    first = _weekday(found[1])
    if kind == "day":
        return {first}
    last = _weekday(found[2])
    return {day % 7 for day in range(first, last + (1 if last >= first else 8))}


def _weekday(word: str) -> int:
    return next(n for n, day in enumerate(WEEKDAYS) if day.startswith(word[:3]))


def _times(kind: str, found: re.Match[str]) -> tuple[int, int]:
    if kind == "part":
        return PARTS[found[1]]
    if kind == "range":
        half = found[6]
        start = _minute(found[1], found[2], found[3] or half)
        end = _minute(found[4], found[5], half)
        if start > end and found[3] is None:  # 11-1pm begins before noon
            start = _minute(found[1], found[2], None)
        return start, end or DAY_MINUTES
    minute = _minute(found[1], found[2], found[3])
    return (minute, LATEST) if kind == "after" else (EARLIEST, minute)


def _minute(hour: str, minute: str | None, half: str | None) -> int:
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            raise ValueError
        hours = hours % 12 + (12 if half == "pm" else 0)
    if minutes > 59 or hours * 60 + minutes > DAY_MINUTES:
        raise ValueError
    return hours * 60 + minutes


def _pairs(days: Iterable[int], hours: Sequence[tuple[int, int]]) -> list[Stretch]:
    if any(start >= end for start, end in hours):
        raise ValueError
    return [Stretch(day, start, end) for day in sorted(days) for start, end in hours]


def _on(day: int, whole: Hours) -> list[Stretch]:
    """The hours of a day that was named: its own, else those of the first day that has any."""
    mine = [one for one in whole if one.weekday == day] or [one for one in whole if one.weekday == whole[0].weekday]
    return [one._replace(weekday=day) for one in mine]


def _merged(found: Iterable[Stretch]) -> Hours:
    merged: list[Stretch] = []
    for one in sorted(found):
        if merged and merged[-1].weekday == one.weekday and one.start <= merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, one.end))
        else:
            merged.append(one)
    return tuple(merged)


def _say(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _say_days(days: Sequence[int]) -> str:
    names = [WEEKDAYS[day][:3].title() for day in days]
    together = days[-1] - days[0] == len(days) - 1 and len(days) > 2
    return f"{names[0]}-{names[-1]}" if together else ", ".join(names)
