"""When somebody is busy, as calendars in iCalendar say it.

What counts: timed events, unless they are cancelled or marked as free; all-day events only where they say that the day
is taken (``TRANSP:OPAQUE`` or Outlook's own word for it), because birthdays and holidays stand there and say nothing;
and published busy times (VFREEBUSY). Times without a zone are in the caller's.
"""

import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from care.calls.slots.records import Busy
from care.text import plural
from care.times.zones import at_midnight

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError)
"""What the libraries raise on calendars that break the rules."""

_TOO_OFTEN = {"SECONDLY", "MINUTELY"}

_OFTEN = timedelta(days=5 * 366)

_TAKEN = {"BUSY", "OOF", "WORKINGELSEWHERE"}

_TELLING = {None, "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
"""The properties that say when; where another cannot be read, the event still counts."""


class Window(NamedTuple):
    """The time that is looked at, and the zone of whoever is busy in it."""

    starts_at: datetime
    ends_at: datetime
    zone: str


class BusyFound(NamedTuple):
    """The busy times of one calendar, and what in it could not be read, each in a few words."""

    busy: list[Busy]
    problems: list[str]


def busy_in(data: bytes, window: Window, is_ours: Callable[[str], bool]) -> BusyFound:
    """The busy times of a calendar within the window, the earliest first; events whose UID is ours are left out.

    Raises ValueError when it is no calendar at all.
    """
    found: set[Busy] = set()
    broken = 0
    for calendar in _calendars(data):
        series: dict[str, list[Any]] = defaultdict(list)
        for number, event in enumerate(calendar.walk("VEVENT")):
            if "DTSTART" not in event or any(name in _TELLING for name, _ in event.errors):
                broken += 1
            elif not is_ours(uid := str(event.get("UID", ""))):
                series[uid or f"#{number}"].append(event)
        for events in series.values():
            try:
                found.update(_times(events, window))
            except UNREADABLE:
                broken += 1
        for published in calendar.walk("VFREEBUSY"):
            try:
                found.update(_published(published, window))
            except UNREADABLE:
                broken += 1
    problems = [f"{plural(broken, 'entry', 'entries')} cannot be read"] if broken else []
    return BusyFound(sorted(found), problems)


def _calendars(data: bytes) -> list[Any]:
    from icalendar import Calendar

    try:
        with warnings.catch_warnings():  # of zones it has to guess; a caller has no use for them
            warnings.simplefilter("ignore")
            found = Calendar.from_ical(data, multiple=True)
    except UNREADABLE as error:
        raise ValueError("it is no calendar that can be read") from error
    if not found or any(one.name not in ("VCALENDAR", "VEVENT") for one in found):
        raise ValueError("it is no calendar")
    return list(found)


def _times(events: list[Any], window: Window) -> Iterator[Busy]:
    """The busy times of one event with all its repetitions and the exceptions to them."""
    import recurring_ical_events
    from icalendar import Calendar

    if any(_repeats_too_often(event, window) for event in events):
        raise ValueError("it repeats every few minutes")
    calendar = Calendar()
    for event in events:
        calendar.add_component(event)
    for one in recurring_ical_events.of(calendar, components=["VEVENT"]).between(window.starts_at, window.ends_at):
        if _counts(one):
            yield from _within(one["DTSTART"].dt, _end(one), window)


def _repeats_too_often(event: Any, window: Window) -> bool:
    """Whether working out the repetitions would never end; hourly is often enough for one that began years ago."""
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        often = {str(one).upper() for one in rule.get("FREQ", [])}
        began = _instant(event["DTSTART"].dt, window.zone)
        if often & _TOO_OFTEN or ("HOURLY" in often and window.starts_at - began > _OFTEN):
            return True
    return False


def _counts(event: Any) -> bool:
    said = str(event.get("TRANSP", "")).strip().upper()
    if said == "TRANSPARENT" or str(event.get("STATUS", "")).strip().upper() == "CANCELLED":
        return False
    if isinstance(event["DTSTART"].dt, datetime):
        return True
    return said == "OPAQUE" or str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).strip().upper() in _TAKEN


def _end(event: Any) -> date:
    """When an event ends: as it says, else after its duration, else at once, or with its day."""
    start: date = event["DTSTART"].dt
    if "DTEND" in event:
        end: date = event["DTEND"].dt
        return end
    if "DURATION" in event:
        lasts: Any = event["DURATION"].dt
        return start + timedelta(seconds=lasts.total_seconds())
    return start if isinstance(start, datetime) else start + timedelta(days=1)


def _published(component: Any, window: Window) -> Iterator[Busy]:
    lines = component.get("FREEBUSY", [])
    for line in lines if isinstance(lines, list) else [lines]:
        if str(line.params.get("FBTYPE", "BUSY")).upper() == "FREE":
            continue
        periods: Iterable[Any] = line if isinstance(line, list) else [line]
        for period in periods:
            start, end = period.dt
            yield from _within(start, start + end if isinstance(end, timedelta) else end, window)


def _within(start: date, end: date, window: Window) -> Iterator[Busy]:
    begins, ends = _instant(start, window.zone), _instant(end, window.zone)
    if begins < ends and begins < window.ends_at and window.starts_at < ends:
        there = ZoneInfo(window.zone)
        yield Busy(begins.astimezone(there), ends.astimezone(there))


def _instant(at: date, zone: str) -> datetime:
    if not isinstance(at, datetime):
        return at_midnight(at, zone)
    return at.replace(tzinfo=ZoneInfo(zone)) if at.tzinfo is None else at
