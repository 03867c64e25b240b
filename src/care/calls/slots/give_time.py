"""Giving calls their times."""

from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from care.calls.queries import call_row, drawn_in, open_calls
from care.calls.records import CallTimes
from care.calls.slots.assign import is_owner
from care.calls.slots.propose import BusyTimes, Proposal, propose_times
from care.db.tables.call import calls
from care.settings import Policy
from care.times.weeks import Week
from care.words import CallKind


def give_time(
    session: Session,
    call_id: int,
    settings: Policy,
    now: datetime,
    busy: BusyTimes | None = None,
    on: date | None = None,
) -> None:
    """Gives one planned call a time in its week, or ``on`` one day, if anybody has set slots and there is one.

    A call of the draw goes to another than whoever looks after the account, if there is another.
    """
    call = call_row(session, call_id)
    if call is None or call.starts_at is not None:
        return
    others = [caller for caller in settings.callers if not is_owner(caller, call.customer_owner)]
    moves = call.kind is CallKind.DRAWN and is_owner(call.caller, call.customer_owner) and bool(others)
    if not settings.slots and not moves:
        return
    planned, drawn = open_calls(session), drawn_in(session, call.week)
    new = (call_id,) if moves else ()
    week = Week.parse(call.week)
    proposal = propose_times(week, [call], planned, drawn, settings, now, busy or {}, callers=others, new=new, on=on)
    write_times(session, proposal, settings)


def write_times(session: Session, proposal: Proposal, settings: Policy) -> None:
    """Writes who makes the calls, and their times."""
    assigned = update(calls).where(calls.c.id == bindparam("number")).values(caller=bindparam("name"))
    untimed = [
        {"number": number, "name": caller}
        for number, caller in proposal.callers.items()
        if number not in proposal.starts
    ]
    if untimed:
        session.execute(assigned, untimed)
    timed = [
        {"number": number, "name": proposal.callers[number], **times_at(start, settings)}
        for number, start in proposal.starts.items()
    ]
    if timed:
        session.execute(assigned.values({name: bindparam(name) for name in CallTimes.__annotations__}), timed)


def times_at(start: datetime | None, settings: Policy) -> CallTimes:
    """The columns of a call that begins then, or has no time."""
    end = None if start is None else start + timedelta(minutes=settings.call_minutes)
    return {"starts_at": start, "ends_at": end, "zone": settings.timezone if start else None}
