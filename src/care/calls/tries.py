"""Recording a try: what it does to the call, to the customer, and to the week."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import insert, or_, update
from sqlalchemy.orm import Session

from care.calls.errors import NoSuchCall
from care.calls.outcomes import NOBODY_ANSWERED, NOT_REACHED, state_after
from care.calls.queries import attempts_of, call_row, change_call, stands_beside
from care.calls.records import CallChange, CallRow, DrawRequest
from care.calls.slots.give_time import give_time
from care.calls.slots.next_try import propose_next_try
from care.calls.step_up import step_up
from care.customers.contacts import dialled
from care.customers.eligibility import refresh_eligibility
from care.customers.order import Position, crossed_over, moved_on, stratum_of
from care.customers.order_queries import base, pointer
from care.customers.queries import change_customer, contacts_of, customer_of
from care.customers.records import CustomerRow
from care.db.journal import current_change
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, policy
from care.db.tables.call import attempts, calls
from care.db.tables.customer import Contact, contacts
from care.db.tables.draw import strata_before
from care.settings import Policy
from care.times.weeks import Week
from care.times.zones import local_date
from care.touches.follow_ups import follow_up_talk
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
    _add_attempt(session, call, tried, now)
    if tried.outcome is Outcome.WRONG_NUMBER:
        _wrong_number(session, call)
    # Three rings within the hour are one try: they count on different days.
    missed_on = {
        local_date(attempt.at, settings.timezone)
        for attempt in attempts_of(session, [call_id])
        if attempt.outcome in NOT_REACHED
    }
    other_number = any(number.usable is not Usable.NO for number in _numbers(session, call.customer_id))
    state = state_after(tried.outcome, len(missed_on), settings.attempts, other_number=other_number)
    if state is not CallState.PLANNED:
        _close_call(session, call, state, tried, settings, now)
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


def _close_call(session: Session, call: CallRow, state: CallState, tried: Try, settings: Policy, now: datetime) -> None:
    """Brings a call to its end. A drawn one moves its customer on; a talk ends silence; each end begins a rest."""
    end: CallChange = {"state": state, "closed_at": now, "caller": tried.caller}
    if state is CallState.HELD:
        end.update(_talk_columns(call, tried))
    change_call(session, call.id, **end)
    days = settings.refused_rest_days if state is CallState.REFUSED else settings.rest_days
    free_on = local_date(tried.at, settings.timezone) + timedelta(days=days)
    customer = customer_of(session, call.customer_id)
    rests = free_on > (customer.free_on or local_date(now, settings.timezone))
    changed: dict[str, Any] = {"free_on": free_on} if rests else {}
    if state is CallState.HELD:
        heard_at = max(tried.at, customer.last_heard_at or tried.at)
        changed["last_heard_at"] = heard_at
        if tried.stance is not None and heard_at == tried.at:
            changed["stance"] = tried.stance
        follow_up_talk(session, call.customer_id, call.id, tried.at, heard_at, now)
    fact = {
        "call": call.id,
        "kind": call.kind.value,
        "state": state.value,
        "free_on": free_on.isoformat() if rests else None,
    }
    if call.kind is CallKind.DRAWN:
        moved = _moved_on(session, customer, settings)
        changed |= moved
        fact |= {column: moved[column] for column in ("stratum", "cycle") if column in moved}
    if changed:
        change_customer(session, customer.id, changed)
    append_to_ledger(session, [LedgerRow(LedgerKind.CLOSED, fact, customer.id, customer.uid)], now)


def _talk_columns(call: CallRow, tried: Try) -> CallChange:
    return {
        "held_at": tried.at,
        "how": tried.how,
        "minutes": tried.minutes,
        "stance": tried.stance,
        "sold": tried.sold,
        "defended": tried.defended,
        "listeners": tried.listeners,
        "version": call.version + 1,  # a sheet printed before knows by it that there is a record now
    }


def _moved_on(session: Session, customer: CustomerRow, settings: Policy) -> dict[str, Any]:
    """Where a drawn call that ended leaves its customer in the order; a changed segment counts from here on."""
    stratum, key = stratum_of(customer.segment, settings.strata), draw_key(session)
    reached = pointer(session, stratum)
    if stratum == customer.stratum:
        position = moved_on(key, customer.uid, Position(customer.cycle, customer.place), reached)
        return {"cycle": position.cycle, "place": position.place}
    position = crossed_over(key, customer.uid, reached, base(session))
    _keep_before(session, customer.id, customer.stratum)
    return {"stratum": stratum, "cycle": position.cycle, "place": position.place}


def _wrong_number(session: Session, call: CallRow) -> None:
    """Marks the number that was dialled as wrong, and puts the next one that may be right in its place."""
    if call.phone is None:
        return
    _mark_contact(session, call.customer_id, call.phone, Usable.NO)
    left = [dialled(number) for number in _numbers(session, call.customer_id) if number.usable is not Usable.NO]
    if left:
        change_customer(session, call.customer_id, {"phone": left[0]})


def _numbers(session: Session, customer_id: int) -> list[Contact]:
    return [contact for contact in contacts_of(session, customer_id) if contact.kind is ContactKind.PHONE]


def _add_attempt(session: Session, call: CallRow, tried: Try, now: datetime) -> None:
    """Records one try and counts it on the call."""
    attempt = insert(attempts).values(
        call_id=call.id,
        customer_id=call.customer_id,
        caller=tried.caller,
        at=tried.at,
        outcome=tried.outcome,
        recorded_at=now,
    )
    session.execute(attempt)
    session.execute(update(calls).where(calls.c.id == call.id).values(tries=calls.c.tries + 1))


def _mark_contact(session: Session, customer_id: int, written: str, usable: Usable) -> None:
    """Records what was learnt of a number, given as it is dialled."""
    mine = (contacts.c.customer_id == customer_id) & or_(contacts.c.value == written, contacts.c.original == written)
    session.execute(update(contacts).where(mine).values(usable=usable))


def _keep_before(session: Session, customer_id: int, stratum: str) -> None:
    """Keeps the stratum one customer leaves."""
    kept = insert(strata_before).values(change_id=current_change(session), customer_id=customer_id, stratum=stratum)
    session.execute(kept)
