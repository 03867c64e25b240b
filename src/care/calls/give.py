"""Giving a planned call to a colleague."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.calls.queries import change_call, open_call
from care.calls.records import CallChange
from care.calls.slots.give_time import give_time
from care.calls.slots.propose import BusyTimes
from care.db.settings import policy


def give_call(session: Session, call_id: int, caller: str, now: datetime, busy: BusyTimes | None = None) -> None:
    """Hands a planned call to another caller, at a time in their slots where they have set any.

    Raises NoSuchCall, CallIsOver.
    """
    call = open_call(session, call_id)
    settings = policy(session)
    if call.caller == caller:
        return
    change: CallChange = {"caller": caller}
    if settings.slots.get(caller):
        change["starts_at"] = change["ends_at"] = change["zone"] = None
    change_call(session, call.id, **change)
    give_time(session, call.id, settings, now, busy)
