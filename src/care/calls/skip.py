"""Taking calls out of the plan."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.calls.queries import change_call, open_call, open_calls, stands_beside
from care.calls.records import CallRow, DrawRequest, Plan
from care.calls.slots.give_time import give_time
from care.calls.step_up import step_up
from care.calls.week import show_plan
from care.customers.eligibility import refresh_eligibility
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import policy
from care.settings import Policy
from care.times.weeks import Week
from care.times.zones import local_date
from care.words import CallKind, CallState, LedgerKind


def skip_call(session: Session, call_id: int, reason: str, now: datetime) -> Plan:
    """Takes a call out of the plan; its customer keeps the place and so comes first next week.

    Raises NoSuchCall, CallIsOver.
    """
    call = open_call(session, call_id)
    _skip(session, call, reason, policy(session), now)
    return show_plan(session, Week.parse(call.week))


def call_off(
    session: Session, customer_id: int, reason: str, now: datetime, *, replace: bool, explicit_clock: bool
) -> None:
    """Takes the open calls of a customer who is not to be called out of the plan.

    ``replace`` lets a reserve step up beside a drawn one: it was the customer who said so, not we.
    """
    settings = policy(session)
    for call in open_calls(session, customer_id):
        _skip(session, call, reason, settings, now)
        over = call.week < str(Week.of(local_date(now, settings.timezone)))
        if replace and call.kind is CallKind.DRAWN and not over and not stands_beside(session, call.id):
            request = DrawRequest(call.week, settings.calls_per_week, [call.caller], explicit_clock)
            beside = step_up(session, request, call.id, settings, now)
            if beside is not None:
                give_time(session, beside, settings, now)


def _skip(session: Session, call: CallRow, reason: str, settings: Policy, now: datetime) -> None:
    change_call(session, call.id, state=CallState.SKIPPED, closed_at=now, skip_reason=reason)
    fact = {"call": call.id, "kind": call.kind.value, "caller": call.caller}
    append_to_ledger(session, [LedgerRow(LedgerKind.SKIP, fact, call.customer_id, call.uid)], now)
    refresh_eligibility(session, [call.customer_id], settings, now)
