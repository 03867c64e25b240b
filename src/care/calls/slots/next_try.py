"""When to try again whoever did not answer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from care.calls.outcomes import NOBODY_ANSWERED
from care.calls.queries import attempts_of, call_row, change_call, open_calls
from care.calls.records import CallRow
from care.calls.slots.diary import Diary
from care.calls.slots.give_time import times_at
from care.calls.slots.parts_of_day import part_of, start_to_try
from care.calls.slots.propose import clock_of, with_times
from care.calls.slots.timing import possible_starts
from care.db.tables.call import Attempt
from care.settings import Policy
from care.times.zones import local_date, local_time
from care.words import CallState

LOOK_AHEAD = timedelta(days=14)
"""How far ahead a next try is proposed."""


def propose_next_try(session: Session, call_id: int, settings: Policy, now: datetime) -> None:
    """Writes onto an open call when to try again: on another day, in another part of the customer's day.

    With slots that is a time in them, or where nothing fits, and without slots, a working day.
    """
    call = call_row(session, call_id)
    tries = [attempt for attempt in attempts_of(session, [call_id]) if attempt.outcome in NOBODY_ANSWERED]
    if call is None or call.state is not CallState.PLANNED or not tries:
        return
    others = [other for other in open_calls(session) if other.id != call_id]
    day, start = next_try(call, tries, others, settings, now)
    change_call(session, call_id, not_before=day, **times_at(start, settings))


def next_try(
    call: CallRow, tries: Sequence[Attempt], others: Sequence[CallRow], settings: Policy, now: datetime
) -> tuple[date, datetime | None]:
    """The day of the next try at a call, and the time where one is free. ``others`` are the other open calls."""
    clock = clock_of(call, settings)
    today = local_date(now, settings.timezone)
    days = [today + timedelta(days=ahead) for ahead in range(1, LOOK_AHEAD.days + 1)]
    diary = Diary(settings, days, now, {}, with_times(others, settings))
    theirs = diary.can_be_called(clock, days[0])
    start = start_to_try(
        possible_starts(diary.free_of(call.caller), theirs, diary.lengths),
        [local_date(attempt.at, settings.timezone) for attempt in tries],
        [part_of(local_time(attempt.at, clock.zone).hour) for attempt in tries],
        lambda instant: local_date(instant, settings.timezone),
        lambda instant: local_time(instant, clock.zone).hour,
    )
    return (local_date(start, settings.timezone) if start else diary.working_day(theirs)), start
