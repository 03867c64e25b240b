"""What is said of an event on which the plan and the calendar do not agree."""

from datetime import date, datetime

from care.interviews.calendar_events.reconcile import Decision, EventStep
from care.interviews.calendar_events.records import CalendarEvent, CallEvent, EventSpan
from care.times.when import say_day
from care.times.zones import local_date, local_time


def disagreement(ours: CallEvent, there: CalendarEvent | None, decision: Decision, zone: str, now: datetime) -> str:
    """What has to be said of an event before or instead of writing it; nothing where all is well."""
    if decision.step is EventStep.MOVED and there is not None:
        time = say_time(there.span, zone, now)
        return f"{ours.ref} was moved in your calendar to {time}. care plan --sync takes that over."
    if decision.step is EventStep.DELETED:
        return f"{ours.ref} was deleted in your calendar. care plan --sync asks whether to skip it."
    if decision.step is EventStep.CLASH and there is not None and ours.event is not None:
        planned, time = say_time(ours.event.span, zone, now), say_time(there.span, zone, now)
        return (
            f"{ours.ref} stands differently: {planned} in the plan, {time} in your calendar. "
            f"Neither was changed; care plan move c{ours.call_id} WHEN settles it."
        )
    if decision.step is EventStep.CLASH:
        return f"{ours.ref} is out of your plan, but was changed in your calendar. It stays there; delete it there."
    if decision.left:
        call = f"c{ours.call_id}"
        return f"{ours.ref}: you changed its words in your calendar, so they stay. care brief {call} has ours."
    return ""


def say_time(span: EventSpan | None, zone: str, now: datetime) -> str:
    """When an event takes place, as the clocks of that zone show it: ``Tue 24 Nov 10:00``, or a day alone."""
    if span is None:
        return "a time that cannot be read"
    today: date = local_date(now, zone)
    if not isinstance(span.start, datetime):
        return say_day(span.start, today)
    at = local_time(span.start, zone)
    return f"{say_day(at.date(), today)} {at:%H:%M}"
