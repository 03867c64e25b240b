"""Leaving the plan, for a while or for good, and coming back into it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from care.calls.skip import call_off
from care.customers.eligibility import refresh_eligibility
from care.customers.queries import change_customer, customer_of
from care.db.settings import policy
from care.errors import WrongUsage
from care.times.zones import local_date
from care.words import Status


def pause_customer(session: Session, customer_id: int, until: date, reason: str | None, now: datetime) -> None:
    """Leaves a customer out of the draw until that day, on which they can be drawn again; open calls are called off.

    Raises WrongUsage for a day that is not to come.
    """
    if until <= local_date(now, policy(session).timezone):
        raise WrongUsage(f"{until.isoformat()} is not to come. Say a later day with --until.")
    _change(session, customer_id, {"paused_until": until, "pause_reason": reason}, now)
    call_off(session, customer_id, reason or "paused", now, replace=False, explicit_clock=False)


def stop_calling(
    session: Session, customer_id: int, reason: str, now: datetime, *, explicit_clock: bool = False
) -> None:
    """Records that a customer does not want to be called; a reserve steps up beside a drawn call of theirs."""
    _change(session, customer_id, {"dnc_reason": reason}, now)
    call_off(session, customer_id, "do-not-call", now, replace=True, explicit_clock=explicit_clock)


def say_goodbye(
    session: Session, customer_id: int, reason: str, now: datetime, *, explicit_clock: bool = False
) -> None:
    """Records that a customer has left us; a reserve steps up beside a drawn call of theirs."""
    _change(session, customer_id, {"left_reason": reason, "status": Status.FORMER}, now)
    call_off(session, customer_id, "left", now, replace=True, explicit_clock=explicit_clock)


def _change(session: Session, customer_id: int, columns: dict[str, Any], now: datetime) -> None:
    change_customer(session, customer_id, columns)
    refresh_eligibility(session, [customer_id], policy(session), now, by_hand=True)


def bring_back(session: Session, customer_id: int, now: datetime) -> tuple[str, ...]:
    """Lifts pause, do-not-call and goodbye, and returns the words for what was lifted.

    Raises WrongUsage when there was nothing to lift.
    """
    row = customer_of(session, customer_id)
    lifted = [
        word
        for column, word in (("paused_until", "pause"), ("dnc_reason", "do-not-call"), ("left_reason", "goodbye"))
        if getattr(row, column) is not None
    ]
    if not lifted:
        raise WrongUsage(f"{row.name} is neither paused, nor do-not-call, nor gone. Nothing to bring back.")
    blank: dict[str, Any] = dict.fromkeys(("paused_until", "pause_reason", "dnc_reason", "left_reason"))
    if row.left_reason is not None:
        blank["status"] = Status.ACTIVE
    change_customer(session, customer_id, blank)
    refresh_eligibility(session, [customer_id], policy(session), now)
    return tuple(lifted)
