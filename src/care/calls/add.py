"""Adding calls that no draw gave."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from care.calls.move import move_call
from care.calls.queries import planned_call
from care.calls.slots.give_time import give_time, times_at
from care.calls.week import week_to_plan
from care.customers.eligibility import refresh_eligibility
from care.customers.queries import customer_of
from care.db.bulk import added
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import policy
from care.db.tables.call import calls
from care.times.weeks import Week
from care.times.zones import local_date
from care.words import CallKind, CallState, Eligibility, LedgerKind


def add_chosen(
    session: Session, customer_id: int, on: date | None, caller: str, now: datetime, *, at: datetime | None = None
) -> int:
    """The id of a chosen call with a customer, beside the draw; an open one they already have is moved to that day."""
    settings = policy(session)
    existing = planned_call(session, customer_id)
    if existing is not None:
        if on is not None:
            move_call(session, existing, on, at)
        return existing
    day = on or local_date(now, settings.timezone)
    call_id = new_call(session, customer_id, CallKind.CHOSEN, day, caller, now, at=at)
    give_time(session, call_id, settings, now)
    return call_id


def new_call(
    session: Session,
    customer_id: int,
    kind: CallKind,
    on: date,
    caller: str,
    now: datetime,
    *,
    at: datetime | None = None,
) -> int:
    """The id of a planned call that no draw gave."""
    settings = policy(session)
    planned = {
        "customer_id": customer_id,
        "week": str(max(Week.of(on), week_to_plan(session, now))),
        "not_before": on if on > local_date(now, settings.timezone) else None,
        "kind": kind,
        "state": CallState.PLANNED,
        "caller": caller,
        **times_at(at, settings),
        "tries": 0,
        "ics_sequence": 0,
    }
    call_id = added(session, calls, planned)
    refresh_eligibility(session, [customer_id], settings, now)
    customer = customer_of(session, customer_id)
    fact = {"reason": Eligibility.PLANNED.value, "call": call_id, "kind": kind.value}
    append_to_ledger(session, [LedgerRow(LedgerKind.OUT, fact, customer_id, customer.uid)], now)
    return call_id
