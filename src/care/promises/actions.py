"""Where promises meet the store."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from care.customers.person import Person
from care.errors import NotFound, WrongUsage
from care.promises.keeping import overdue_days, state_on
from care.promises.records import PromiseRecord
from care.store import promises as store
from care.store.settings import policy
from care.times.zones import local_date
from care.words import PromiseState


class NoSuchPromise(NotFound):
    """No promise has that number."""

    def __init__(self, promise_id: int) -> None:
        super().__init__(f"there is no promise “p{promise_id}”. care owed lists the open ones.")


def make_promise(
    session: Session, customer_id: int, what: str, due_on: date, caller: str, now: datetime, call_id: int | None = None
) -> int:
    """The id of a new promise to a customer."""
    values = {
        "customer_id": customer_id,
        "call_id": call_id,
        "what": what,
        "due_on": due_on,
        "state": PromiseState.OPEN,
        "caller": caller,
        "made_at": now,
    }
    return store.add_promise(session, values)


def keep_promise(session: Session, promise_id: int, now: datetime) -> PromiseRecord:
    """Marks a promise as kept. Raises NoSuchPromise, or WrongUsage when it came to an end already."""
    _to_keep(session, promise_id)
    store.change_promise(session, promise_id, {"state": PromiseState.KEPT, "settled_at": now})
    return promise(session, promise_id, now)


def move_promise(session: Session, promise_id: int, due_on: date, now: datetime) -> PromiseRecord:
    """Moves a promise to another day, of which the customer has been told; the first day it had is remembered.

    Raises NoSuchPromise, or WrongUsage when it came to an end already or the day is not one to come.
    """
    row = _to_keep(session, promise_id)
    if due_on < local_date(now, policy(session).timezone):
        raise WrongUsage(f"{due_on.isoformat()} is past. Name a day to come.")
    if due_on == row.due_on:
        raise WrongUsage(f"p{promise_id} is due on {due_on.isoformat()} already.")
    store.change_promise(session, promise_id, {"due_on": due_on, "moved_from": row.moved_from or row.due_on})
    return promise(session, promise_id, now)


def drop_promise(session: Session, promise_id: int, reason: str, now: datetime) -> PromiseRecord:
    """Gives a promise up, and says why. Raises NoSuchPromise, or WrongUsage when it came to an end already."""
    _to_keep(session, promise_id)
    dropped = {"state": PromiseState.DROPPED, "settled_at": now, "reason": reason}
    store.change_promise(session, promise_id, dropped)
    return promise(session, promise_id, now)


def _to_keep(session: Session, promise_id: int) -> Any:
    row = store.promise_row(session, promise_id)
    if row is None:
        raise NoSuchPromise(promise_id)
    if row.state is not PromiseState.OPEN:
        raise WrongUsage(f"p{promise_id} is {row.state.value} already.")
    return row


def promise(session: Session, promise_id: int, now: datetime) -> PromiseRecord:
    """One promise. Raises NoSuchPromise."""
    row = store.promise_row(session, promise_id)
    if row is None:
        raise NoSuchPromise(promise_id)
    zone = policy(session).timezone
    return _record(row, local_date(now, zone), zone)


def open_promises(session: Session, now: datetime) -> tuple[PromiseRecord, ...]:
    """Every promise still to be kept, the first due first."""
    zone = policy(session).timezone
    today = local_date(now, zone)
    return tuple(_record(row, today, zone) for row in store.open_promises(session))


def promises_to(session: Session, customer_id: int, now: datetime) -> tuple[PromiseRecord, ...]:
    """All promises made to a customer, the first due first."""
    zone = policy(session).timezone
    today = local_date(now, zone)
    return tuple(_record(row, today, zone) for row in store.promises_to(session, customer_id))


def _record(row: Any, today: date, zone: str) -> PromiseRecord:
    state = state_on(row.state, row.due_on, today, row.moved_from)
    return PromiseRecord(
        id=row.id,
        what=row.what,
        customer=Person(row.customer_id, row.name, row.company, row.phone, row.zone),
        due_on=row.due_on,
        state=state,
        overdue_days=overdue_days(row.due_on, today) if state is PromiseState.BROKEN else 0,
        caller=row.caller,
        made_on=local_date(row.made_at, zone),
        moved_from=row.moved_from,
        reason=row.reason,
    )
