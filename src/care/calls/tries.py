"""Where a try meets the store: what it does to the call, to the customer, and to the week."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import insert, or_, update
from sqlalchemy.orm import Session

from care.calls.draw import step_up
from care.calls.errors import NoSuchCall
from care.calls.outcomes import NOT_REACHED, state_after
from care.calls.queries import attempts_of, call_row, change_call, stands_beside
from care.calls.slots.parts_of_day import NOBODY_ANSWERED
from care.calls.slots.propose import give_time, propose_next_try
from care.calls.taking import DrawRequest
from care.customers.contacts import dialled
from care.customers.eligibility import refresh_eligibility
from care.customers.order import Position, crossed_over, moved_on, stratum_of
from care.customers.order_queries import base, pointer
from care.customers.queries import change_customer, contacts_of, customer_of
from care.db.bulk import added
from care.db.journal import current_change
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, policy
from care.db.tables.call import attempts, calls
from care.db.tables.customer import contacts
from care.db.tables.draw import strata_before
from care.settings import Policy
from care.times.weeks import Week
from care.times.zones import local_date
from care.touches.follow_ups import talked
from care.words import CallKind, CallState, ContactKind, How, LedgerKind, Outcome, Stance, Usable


class Try(NamedTuple):
    """One try: when, by whom, with what outcome, and what is known of the talk itself where there was one."""

    at: datetime
    caller: str
    outcome: Outcome
    how: How = How.PHONE
    minutes: int | None = None
    stance: Stance | None = None
    sold: bool | None = None
    defended: bool | None = None
    listeners: str | None = None
    explicit_clock: bool = False


def record_try(session: Session, call_id: int, tried: Try, now: datetime) -> int | None:
    """Records a try at a planned call; the id of the reserve's call that stepped up beside, if one did.

    Raises NoSuchCall.
    """
    settings = policy(session)
    call = call_row(session, call_id)
    if call is None:
        raise NoSuchCall(f"c{call_id}")
    add_attempt(
        session,
        {
            "call_id": call_id,
            "customer_id": call.customer_id,
            "caller": tried.caller,
            "at": tried.at,
            "outcome": tried.outcome,
            "recorded_at": now,
        },
    )
    if tried.outcome is Outcome.WRONG_NUMBER:
        _wrong_number(session, call)
    # Three rings within the hour are one try: they count on different days.
    missed_on = {
        local_date(one.at, settings.timezone) for one in attempts_of(session, [call_id]) if one.outcome in NOT_REACHED
    }
    other_number = _has_number(session, call.customer_id)
    state = state_after(tried.outcome, len(missed_on), settings.attempts, other_number=other_number)
    if state is not CallState.PLANNED:
        close_call(session, call, state, tried, settings, now)
    elif tried.outcome in NOBODY_ANSWERED:
        propose_next_try(session, call_id, settings, now)
    refresh_eligibility(session, [call.customer_id], settings, now)
    missed = tried.outcome in NOT_REACHED or tried.outcome is Outcome.REFUSED
    if not missed or call.kind is not CallKind.DRAWN or stands_beside(session, call_id):
        return None
    if call.week < str(Week.of(local_date(now, settings.timezone))):
        return None  # that week is over: a call more in it could no longer be made in it
    request = DrawRequest(call.week, settings.calls_per_week, [call.caller], tried.explicit_clock)
    beside = step_up(session, request, call_id, settings, now)
    if beside is not None:
        give_time(session, beside, settings, now)
    return beside


def close_call(session: Session, call: Any, state: CallState, tried: Try, settings: Policy, now: datetime) -> None:
    """Brings a call to its end. A drawn one moves its customer on; a talk ends silence; each end begins a rest."""
    held = state is CallState.HELD
    ended: dict[str, Any] = {"state": state, "closed_at": now, "caller": tried.caller}
    if held:
        ended |= {
            "held_at": tried.at,
            "how": tried.how,
            "minutes": tried.minutes,
            "stance": tried.stance,
            "sold": tried.sold,
            "defended": tried.defended,
            "listeners": tried.listeners,
            "version": call.version + 1,  # a sheet printed before knows by it that there is a record now
        }
    change_call(session, call.id, ended)
    days = settings.refused_rest_days if state is CallState.REFUSED else settings.rest_days
    free_on = local_date(tried.at, settings.timezone) + timedelta(days=days)
    changed: dict[str, Any] = {}
    row = customer_of(session, call.customer_id)
    rests = free_on > (row.free_on or local_date(now, settings.timezone))
    if rests:
        changed["free_on"] = free_on
    if held:
        changed["last_heard_at"] = max(tried.at, row.last_heard_at or tried.at)
        if tried.stance is not None and changed["last_heard_at"] == tried.at:
            changed["stance"] = tried.stance
        talked(session, call, tried.at, changed["last_heard_at"], now)
    fact = {
        "call": call.id,
        "kind": call.kind.value,
        "state": state.value,
        "free_on": free_on.isoformat() if rests else None,
    }
    if call.kind is CallKind.DRAWN:
        stratum, key = stratum_of(row.segment, settings.strata), draw_key(session)
        reached = pointer(session, stratum)
        if stratum == row.stratum:
            position = moved_on(key, row.uid, Position(row.cycle, row.place), reached)
        else:
            position = crossed_over(key, row.uid, reached, base(session))
            keep_before(session, row.id, row.stratum)
            fact["stratum"] = changed["stratum"] = stratum
        changed |= {"cycle": position.cycle, "place": position.place}
        fact["cycle"] = position.cycle
    if changed:
        change_customer(session, row.id, changed)
    append_to_ledger(session, [LedgerRow(LedgerKind.CLOSED, fact, row.id, row.uid)], now)


def _wrong_number(session: Session, call: Any) -> None:
    if call.phone is None:
        return
    mark_contact(session, call.customer_id, call.phone, Usable.NO)
    left = [dialled(row) for row in _numbers(session, call.customer_id) if row.usable is not Usable.NO]
    if left:
        change_customer(session, call.customer_id, {"phone": left[0]})


def _has_number(session: Session, customer_id: int) -> bool:
    return any(row.usable is not Usable.NO for row in _numbers(session, customer_id))


def _numbers(session: Session, customer_id: int) -> list[Any]:
    return [row for row in contacts_of(session, customer_id) if row.kind is ContactKind.PHONE]


def add_attempt(session: Session, values: Mapping[str, Any]) -> int:
    """Records one try and counts it on the call."""
    attempt_id = added(session, attempts, values)
    session.execute(update(calls).where(calls.c.id == values["call_id"]).values(tries=calls.c.tries + 1))
    return attempt_id


def mark_contact(session: Session, customer_id: int, written: str, usable: Usable) -> None:
    """Records what was learnt of a number, given as it is dialled."""
    mine = (contacts.c.customer_id == customer_id) & or_(contacts.c.value == written, contacts.c.original == written)
    session.execute(update(contacts).where(mine).values(usable=usable))


def keep_before(session: Session, customer_id: int, stratum: str) -> None:
    """Keeps the stratum one customer leaves."""
    row = {"change_id": current_change(session), "customer_id": customer_id, "stratum": stratum}
    session.execute(insert(strata_before).values(row))
