"""Our own events as iCalendar text, and what has become of one in a calendar."""

import warnings
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from care.exchange.calendars.busy import UNREADABLE
from care.interviews.calendar_events.records import CalendarEvent, Event, EventSpan, words_digest

if TYPE_CHECKING:
    from icalendar import Calendar


CATEGORY = "Customer calls"

ALARM = timedelta(minutes=-10)

MORNING = timedelta(hours=9)
"""When the alarm of a whole day rings, counted from its beginning."""

_AROUND = timedelta(days=400)


def calendar_text(events: Sequence[Event], now: datetime) -> str:
    """A calendar of these events with the time zones they are in; ``now`` is stamped on each."""
    return str(_calendar([_component(event, now) for event in events], events).to_ical().decode())


def eligibility_of(data: bytes, uid: str, etag: str | None, place: str) -> CalendarEvent | None:
    """An event as it stands in a calendar now, None where there is none of that UID in the data.

    One that cannot be read has no span. Of an event that repeats, the first is meant.
    """
    component = next((event for event in events_in(data) if str(event.get("UID", "")) == uid), None)
    if component is None:
        return None
    words = words_digest(str(component.get("SUMMARY", "")), str(component.get("DESCRIPTION", "")))
    cancelled = str(component.get("STATUS", "")).strip().upper() == "CANCELLED"
    try:
        span: EventSpan | None = EventSpan(component.start, component.end)
        sequence = int(component.get("SEQUENCE", 0))
    except UNREADABLE:
        span, sequence = None, 0
    return CalendarEvent(uid, span, words, sequence, cancelled, etag, data, place)


def events_in(data: bytes) -> list[Any]:
    """Every event in the data, none where it cannot be read."""
    try:
        return [one for calendar in calendars_in(data) for one in calendar.walk("VEVENT")]
    except UNREADABLE:
        return []


def calendars_in(data: bytes) -> Sequence["Calendar"]:
    """The calendars in the data. Raises one of ``UNREADABLE``."""
    from icalendar import Calendar

    with warnings.catch_warnings():  # of zones it has to guess
        warnings.simplefilter("ignore")
        return [one for one in Calendar.from_ical(data, multiple=True) if one.name == "VCALENDAR"]


def rewritten(there: CalendarEvent, event: Event, now: datetime, *, time: bool, words: bool) -> str:
    """The event in the calendar with our new time or words, and with everything else somebody put there."""
    ours = _component(event, now)
    for calendar in calendars_in(there.data):
        for component in calendar.walk("VEVENT"):
            if str(component.get("UID", "")) == event.uid:
                names = [*(["DTSTART", "DTEND", "DURATION"] if time else [])]
                names += ["SUMMARY", "DESCRIPTION", "URL"] if words else []
                for name in [*names, "DTSTAMP", "SEQUENCE", "STATUS", "TRANSP"]:
                    component.pop(name, None)
                    if name in ours:
                        component[name] = ours[name]
                calendar.add_missing_timezones(*_around([event]))
                return str(calendar.to_ical().decode())
    return calendar_text([event], now)


def _calendar(components: Iterable[Any], events: Sequence[Event]) -> "Calendar":
    from icalendar import Calendar

    made = Calendar()
    made.add("PRODID", f"-//care//care {version('care')}//EN")
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    for component in components:
        made.add_component(component)
    made.add_missing_timezones(*_around(events))
    return made


def _around(events: Sequence[Event]) -> tuple[date, date]:
    """The days for which the rules of the time zones are written out: a year around the events."""
    days = [one.date() if isinstance(one, datetime) else one for event in events for one in event.span]
    return (min(days) - _AROUND, max(days) + _AROUND) if days else (date(2000, 1, 1), date(2038, 1, 1))


def _component(event: Event, now: datetime) -> Any:
    from icalendar import Alarm
    from icalendar import Event as Component

    made = Component()
    made.add("UID", event.uid)
    made.add("DTSTAMP", now)
    made.add("SEQUENCE", event.sequence)
    made.add("SUMMARY", event.summary)
    made.add("DTSTART", event.span.start)
    made.add("DTEND", event.span.end)
    if event.description:
        made.add("DESCRIPTION", event.description)
    if event.dial:
        made.add("URL", f"tel:{event.dial}")
    made.add("CATEGORIES", [CATEGORY])
    made.add("STATUS", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("TRANSP", "OPAQUE" if event.span.is_timed else "TRANSPARENT")
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", event.summary)
    alarm.add("TRIGGER", ALARM if event.span.is_timed else MORNING)
    if not event.cancelled:
        made.add_component(alarm)
    return made
