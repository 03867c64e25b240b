"""What becomes of an event when the plan, the calendar or both have changed since it was last written."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from care.interviews.calendar_events.records import CalendarEvent, CallEvent, EventSpan


class EventStep(Enum):
    """What is to be done about one event.

    ``MOVED`` and ``DELETED`` are what somebody did in the calendar, ``CLASH`` what both sides did differently; these
    are told and not overwritten.
    """

    NOTHING = "nothing"
    CREATE = "create"
    WRITE = "write"
    NOTE = "note"
    REMOVE = "remove"
    DROP = "drop"
    MOVED = "moved"
    DELETED = "deleted"
    CLASH = "clash"


class Decision(NamedTuple):
    """The step, and where it is to write, which of both. ``left`` says that changed words there stay as they are."""

    step: EventStep
    time: bool = False
    words: bool = False
    left: bool = False


def decide(call: CallEvent, there: CalendarEvent | None, now: datetime) -> Decision:
    """What to do about an event, from the plan's side, the calendar's, and what both agreed on last.

    Where both moved it to begin at the same time they agree, and it lasts as long as the plan says.
    """
    stands = there is not None and not there.cancelled
    if call.event is None:
        return _unwanted(call, there if stands else None)
    if there is None or not stands:
        if call.written is None:
            return Decision(EventStep.CREATE, True, True)
        return Decision(EventStep.NOTHING if is_past(call.event.span, now) else EventStep.DELETED)
    when = there.span.key if there.span else ""
    time = when != call.event.span.key
    starts = when.partition("/")[0] != call.event.span.key.partition("/")[0]
    if time and (call.written is None or when != call.written.when) and (starts or _is_as_written(call)):
        return Decision(EventStep.MOVED if _is_as_written(call) else EventStep.CLASH)
    ours, was = call.event.words, call.written
    here = ours != there.words and (was is None or ours != was.words)
    theirs = was is not None and there.words not in (was.there, ours)
    left = here and theirs
    if time or (here and not theirs):
        return Decision(EventStep.WRITE, time, here and not theirs, left)
    if was is None or when != was.when or (left and was.left != ours) or (ours == there.words != was.words):
        return Decision(EventStep.NOTE, left=left)
    return Decision(EventStep.NOTHING)


def _is_as_written(call: CallEvent) -> bool:
    return call.written is not None and call.event is not None and call.event.span.key == call.written.when


def _unwanted(call: CallEvent, there: CalendarEvent | None) -> Decision:
    """An event of a call that was skipped, given away or is over."""
    if there is None or call.written is None:
        return Decision(EventStep.DROP if call.written else EventStep.NOTHING)
    when = there.span.key if there.span else ""
    untouched = (when, there.words) == (call.written.when, call.written.there)
    return Decision(EventStep.REMOVE if untouched else EventStep.CLASH)


def is_past(span: EventSpan, now: datetime) -> bool:
    """Whether it is over; days are, once they are so everywhere on earth."""
    if isinstance(span.end, datetime):
        return span.end <= now
    return span.end <= (now - timedelta(hours=12)).date()


def missing(ours: Collection[CallEvent], there: Mapping[str, CalendarEvent], now: datetime) -> tuple[int, int]:
    """Of the events that were written and are not past: how many the calendar no longer has, and how many they are."""
    written = [call for call in ours if call.written and not is_past(call.written.span, now)]
    return sum(call.uid not in there for call in written), len(written)


def looks_emptied(gone: int, of: int) -> bool:
    """Whether so much is gone that it was hardly somebody deleting a call: more than half, and more than one."""
    return gone > 1 and gone * 2 > of


def span_of(starts_at: datetime | None, ends_at: datetime | None, minutes: int, days: tuple[date, date]) -> EventSpan:
    """The time of a call; one without a time has whole days, from the first of these until before the second.

    One that ends before it begins, because it was moved and its end was not, takes so many minutes.
    """
    if starts_at is None:
        return EventSpan(*days)
    if ends_at is None or ends_at <= starts_at:
        ends_at = starts_at + timedelta(minutes=minutes)
    return EventSpan(starts_at, ends_at)
