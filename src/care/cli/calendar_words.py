"""What is said of an event that the plan and the calendar do not agree on."""

from typing import TYPE_CHECKING

from care.cli.run import Run

if TYPE_CHECKING:
    from care.interviews.calendar_events.reconcile import Decision
    from care.interviews.calendar_events.records import CalendarEvent, CallEvent, Span


def told_of(run: Run, one: "CallEvent", there: "CalendarEvent | None", what: "Decision") -> str:
    """What has to be said of an event before or instead of writing it; nothing where all is well."""
    from care.interviews.calendar_events.reconcile import Step

    if what.step is Step.MOVED and there is not None:
        return f"{one.ref} was moved in your calendar to {time_there(run, there)}. care plan --sync takes that over."
    if what.step is Step.DELETED:
        return f"{one.ref} was deleted in your calendar. care plan --sync asks whether to skip it."
    if what.step is Step.CLASH and there is not None and one.event is not None:
        return (
            f"{one.ref} stands differently: {_time(run, one.event.span)} in the plan, {time_there(run, there)} in your "
            f"calendar. Neither was changed; care plan move c{one.call_id} WHEN settles it."
        )
    if what.step is Step.CLASH:
        return f"{one.ref} is out of your plan, but was changed in your calendar. It stays there; delete it there."
    if what.left:
        return f"{one.ref}: you changed its words in your calendar, so they stay. care brief c{one.call_id} has ours."
    return ""


def time_there(run: Run, there: "CalendarEvent") -> str:
    """When an event takes place in the calendar, in the team's zone."""
    return _time(run, there.span) if there.span else "a time that cannot be read"


def _time(run: Run, span: "Span") -> str:
    """A time as the team's clocks show it: ``Tue 24 Nov 10:00``."""
    from datetime import datetime

    from care.times.when import say_day
    from care.times.zones import local_date, local_time

    with run.reading() as session:
        zone = run.policy(session).timezone
    today = local_date(run.now, zone)
    if not isinstance(span.start, datetime):
        return say_day(span.start, today)
    at = local_time(span.start, zone)
    return f"{say_day(at.date(), today)} {at:%H:%M}"
