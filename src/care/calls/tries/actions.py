"""Where a try meets the store: what it does to the call, to the customer, and to the week."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from care.calls.drawing.actions import step_up
from care.calls.drawing.taking.actions import DrawRequest
from care.calls.errors import NoSuchCall
from care.calls.tries.outcomes import NOT_REACHED, state_after
from care.customers.actions import dialled, pointer_in, restand
from care.customers.order import Position, crossed_over, moved_on, stratum_of
from care.settings import Policy
from care.store import calls as store
from care.store import customers as store_customers
from care.store import draws, ledger, strata
from care.store.ledger import LedgerRow
from care.store.settings import draw_key, policy
from care.times.weeks import Week
from care.times.zones import local_date
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
    call = store.call_row(session, call_id)
    if call is None:
        raise NoSuchCall(f"c{call_id}")
    store.add_attempt(
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
        local_date(one.at, settings.timezone)
        for one in store.attempts_of(session, [call_id])
        if one.outcome in NOT_REACHED
    }
    other_number = _has_number(session, call.customer_id)
    state = state_after(tried.outcome, len(missed_on), settings.attempts, other_number=other_number)
    if state is not CallState.PLANNED:
        close_call(session, call, state, tried, settings, now)
    restand(session, [call.customer_id], settings, now)
    missed = tried.outcome in NOT_REACHED or tried.outcome is Outcome.REFUSED
    if not missed or call.kind is not CallKind.DRAWN or store.stands_beside(session, call_id):
        return None
    if call.week < str(Week.of(local_date(now, settings.timezone))):
        return None  # that week is over: a call more in it could no longer be made in it
    request = DrawRequest(call.week, settings.calls_per_week, [call.caller], tried.explicit_clock)
    return step_up(session, request, call_id, settings, now)


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
        }
    store.change_call(session, call.id, ended)
    days = settings.refused_rest_days if state is CallState.REFUSED else settings.rest_days
    free_on = local_date(tried.at, settings.timezone) + timedelta(days=days)
    changed: dict[str, Any] = {}
    row = store_customers.customer_of(session, call.customer_id)
    rests = free_on > (row.free_on or local_date(now, settings.timezone))
    if rests:
        changed["free_on"] = free_on
    if held:
        changed["last_heard_at"] = max(tried.at, row.last_heard_at or tried.at)
        if tried.stance is not None and changed["last_heard_at"] == tried.at:
            changed["stance"] = tried.stance
    fact = {
        "call": call.id,
        "kind": call.kind.value,
        "state": state.value,
        "free_on": free_on.isoformat() if rests else None,
    }
    if call.kind is CallKind.DRAWN:
        stratum, key = stratum_of(row.segment, settings.strata), draw_key(session)
        pointer = pointer_in(session, stratum)
        if stratum == row.stratum:
            position = moved_on(key, row.uid, Position(row.cycle, row.place), pointer)
        else:
            position = crossed_over(key, row.uid, pointer, draws.base(session))
            strata.keep_before(session, row.id, row.stratum)
            fact["stratum"] = changed["stratum"] = stratum
        changed |= {"cycle": position.cycle, "place": position.place}
        fact["cycle"] = position.cycle
    if changed:
        store_customers.change_customer(session, row.id, changed)
    ledger.append(session, [LedgerRow(LedgerKind.CLOSED, fact, row.id, row.uid)], now)


def _wrong_number(session: Session, call: Any) -> None:
    if call.phone is None:
        return
    store_customers.mark_contact(session, call.customer_id, call.phone, Usable.NO)
    left = [dialled(row) for row in _numbers(session, call.customer_id) if row.usable is not Usable.NO]
    if left:
        store_customers.change_customer(session, call.customer_id, {"phone": left[0]})


def _has_number(session: Session, customer_id: int) -> bool:
    return any(row.usable is not Usable.NO for row in _numbers(session, customer_id))


def _numbers(session: Session, customer_id: int) -> list[Any]:
    return [row for row in store_customers.contacts_of(session, customer_id) if row.kind is ContactKind.PHONE]
