"""Moving a planned call to another day."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from care.calls.queries import call_row, change_call, open_call, open_calls
from care.calls.slots.diary import Diary
from care.calls.slots.give_time import give_time, times_at
from care.calls.slots.propose import BusyTimes, clock_of, with_times
from care.db.settings import policy
from care.settings import Policy
from care.times.zones import local_date


def move_planned(
    session: Session, call_id: int, on: date | None, at: datetime | None, now: datetime, busy: BusyTimes | None = None
) -> tuple[str, ...]:
    """Moves a planned call to a day (today where none is said), at that time or else one in the slots.

    Returns what speaks against it, as sentences. Raises NoSuchCall, CallIsOver.
    """
    call = open_call(session, call_id)
    settings = policy(session)
    day = on or local_date(now, settings.timezone)
    move_call(session, call.id, day, at)
    give_time(session, call.id, settings, now, busy, day)
    return _warnings_of(session, call.id, settings, now)


def move_call(session: Session, call_id: int, on: date, at: datetime | None) -> None:
    """Notes on which day a planned call is to be made, and when; it stays in the week it was drawn for."""
    change_call(session, call_id, not_before=on, **times_at(at, policy(session)))


def _warnings_of(session: Session, call_id: int, settings: Policy, now: datetime) -> tuple[str, ...]:
    """What speaks against the time of a call: another call of the caller, the customer's hours."""
    call = call_row(session, call_id)
    if call is None or call.starts_at is None:
        return ()
    diary = Diary(
        settings, [local_date(call.starts_at, settings.timezone)], now, {}, with_times(open_calls(session), settings)
    )
    [timed] = with_times([call], settings)
    return diary.against(timed, clock_of(call, settings))
