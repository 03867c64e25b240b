"""Where planning meets the store: drawing a week, skipping, adding a chosen call, a week off."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from care.calls import errors
from care.calls.draw import step_up
from care.calls.queries import add_call, call_row, change_call, open_calls, stands_beside
from care.calls.records import Plan
from care.calls.slots.propose import BusyTimes, give_time, time_columns, warnings_of
from care.calls.taking import DrawRequest
from care.calls.week import planned_call, show_plan, week_to_plan
from care.customers.eligibility import refresh_eligibility
from care.customers.queries import customer_of
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import policy
from care.settings import Policy
from care.times.weeks import Week
from care.times.zones import local_date
from care.words import CallKind, CallState, LedgerKind, Standing


def skip_call(session: Session, call_id: int, reason: str, now: datetime) -> Plan:
    """Takes a call out of the plan; its customer keeps the place and so comes first next week.

    Raises NoSuchCall, CallIsOver.
    """
    settings = policy(session)
    row = _open_call(session, call_id)
    _skip(session, row, reason, settings, now)
    return show_plan(session, Week.parse(row.week), now)


def call_off(
    session: Session, customer_id: int, reason: str, now: datetime, *, replace: bool, explicit_clock: bool
) -> None:
    """Takes the open calls of a customer who is not to be called out of the plan.

    ``replace`` lets a reserve step up beside a drawn one: it was the customer who said so, not we.
    """
    settings = policy(session)
    for row in open_calls(session, customer_id):
        _skip(session, row, reason, settings, now)
        over = row.week < str(Week.of(local_date(now, settings.timezone)))
        if replace and row.kind is CallKind.DRAWN and not over and not stands_beside(session, row.id):
            request = DrawRequest(row.week, settings.calls_per_week, [row.caller], explicit_clock)
            beside = step_up(session, request, row.id, settings, now)
            if beside is not None:
                give_time(session, beside, settings, now)


def _skip(session: Session, row: Any, reason: str, settings: Policy, now: datetime) -> None:
    change_call(session, row.id, {"state": CallState.SKIPPED, "closed_at": now, "skip_reason": reason})
    fact = {"call": row.id, "kind": row.kind.value, "caller": row.caller}
    append_to_ledger(session, [LedgerRow(LedgerKind.SKIP, fact, row.customer_id, row.uid)], now)
    refresh_eligibility(session, [row.customer_id], settings, now)


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


def move_call(session: Session, call_id: int, on: date, at: datetime | None) -> None:
    """Notes on which day a planned call is to be made, and when; it stays in the week it was drawn for."""
    change_call(session, call_id, {"not_before": on} | time_columns(at, policy(session)))


def move_planned(
    session: Session, call_id: int, on: date | None, at: datetime | None, now: datetime, busy: BusyTimes | None = None
) -> tuple[str, ...]:
    """Moves a planned call to a day (today where none is said), at that time or else one in the slots.

    Returns what speaks against it, as sentences.

    Raises NoSuchCall, CallIsOver.
    """
    row = _open_call(session, call_id)
    settings = policy(session)
    on = on or local_date(now, settings.timezone)
    move_call(session, row.id, on, at)
    give_time(session, row.id, settings, now, busy, on)
    return warnings_of(session, row.id, settings, now)


def give_call(session: Session, call_id: int, caller: str, now: datetime, busy: BusyTimes | None = None) -> None:
    """Hands a planned call to another caller, at a time in their slots where they have set any.

    Raises NoSuchCall, CallIsOver.
    """
    row = _open_call(session, call_id)
    settings = policy(session)
    if row.caller == caller:
        return
    anew = time_columns(None, settings) if settings.slots.get(caller) else {}
    change_call(session, row.id, {"caller": caller} | anew)
    give_time(session, row.id, settings, now, busy)


def _open_call(session: Session, call_id: int) -> Any:
    row = call_row(session, call_id)
    if row is None:
        raise errors.NoSuchCall(f"c{call_id}")
    if row.state is not CallState.PLANNED:
        raise errors.CallIsOver(call_id, row.name, row.state.value)
    return row


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
    call = {
        "customer_id": customer_id,
        "week": str(max(Week.of(on), week_to_plan(session, now))),
        "not_before": on if on > local_date(now, settings.timezone) else None,
        "kind": kind,
        "state": CallState.PLANNED,
        "caller": caller,
        **time_columns(at, settings),
        "tries": 0,
        "ics_sequence": 0,
    }
    call_id = add_call(session, call)
    refresh_eligibility(session, [customer_id], settings, now)
    row = customer_of(session, customer_id)
    fact = {"reason": Standing.PLANNED.value, "call": call_id, "kind": kind.value}
    append_to_ledger(session, [LedgerRow(LedgerKind.OUT, fact, customer_id, row.uid)], now)
    return call_id
