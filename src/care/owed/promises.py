"""Promises: making, keeping, moving and dropping them."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.customers.records import Person
from care.db.bulk import added
from care.db.fetch import fetch_one
from care.db.settings import policy
from care.db.tables.owed import Promise, promises
from care.errors import NotFound, WrongUsage
from care.owed.promise_states import is_unkept, overdue_days, state_on
from care.owed.queries import PromiseRow, promise_row, promises_with, unkept_promises
from care.owed.records import PromiseRecord
from care.times.zones import local_date
from care.words import PromiseState


class NoSuchPromise(NotFound):
    """No promise has that number."""

    def __init__(self, promise_id: int) -> None:
        super().__init__(f"there is no promise “p{promise_id}”. care owed lists the open ones.")


class PromiseChange(TypedDict, total=False):
    """The columns of a promise that change once it is made."""

    due_on: date
    state: PromiseState
    settled_at: datetime
    reason: str
    moved_from: date


def make_promise(
    session: Session, customer_id: int, what: str, due_on: date, caller: str, now: datetime, call_id: int | None = None
) -> int:
    """The id of a new promise to a customer."""
    new = {
        "customer_id": customer_id,
        "call_id": call_id,
        "what": what,
        "due_on": due_on,
        "state": PromiseState.OPEN,
        "caller": caller,
        "made_at": now,
    }
    return added(session, promises, new)


def keep_promise(session: Session, promise_id: int, now: datetime) -> PromiseRecord:
    """Marks a promise as kept. Raises NoSuchPromise, or WrongUsage when it came to an end already."""
    _to_keep(session, promise_id)
    return _changed(session, promise_id, now, state=PromiseState.KEPT, settled_at=now)


def move_promise(session: Session, promise_id: int, due_on: date, now: datetime) -> PromiseRecord:
    """Moves a promise to another day, of which the customer has been told; the first day it had is remembered.

    Raises NoSuchPromise, or WrongUsage when it came to an end already or the day is not one to come.
    """
    moved = _to_keep(session, promise_id)
    if due_on < local_date(now, policy(session).timezone):
        raise WrongUsage(f"{due_on.isoformat()} is past. Name a day to come.")
    if due_on == moved.due_on:
        raise WrongUsage(f"p{promise_id} is due on {due_on.isoformat()} already.")
    return _changed(session, promise_id, now, due_on=due_on, moved_from=moved.moved_from or moved.due_on)


def drop_promise(session: Session, promise_id: int, reason: str, now: datetime) -> PromiseRecord:
    """Gives a promise up, and says why. Raises NoSuchPromise, or WrongUsage when it came to an end already."""
    _to_keep(session, promise_id)
    return _changed(session, promise_id, now, state=PromiseState.DROPPED, settled_at=now, reason=reason)


def correct_day(session: Session, promise_id: int, due_on: date) -> None:
    """Puts right the day a promise was noted for, as if it had never been another. Raises NoSuchPromise."""
    _promise(session, promise_id)
    _change(session, promise_id, due_on=due_on)


def promise(session: Session, promise_id: int, now: datetime) -> PromiseRecord:
    """One promise. Raises NoSuchPromise."""
    row = promise_row(session, promise_id)
    if row is None:
        raise NoSuchPromise(promise_id)
    return _records(session, [row], now)[0]


def open_promises(session: Session, now: datetime) -> tuple[PromiseRecord, ...]:
    """Every promise still to be kept, the first due first."""
    return _records(session, unkept_promises(session), now)


def promises_to(session: Session, customer_id: int, now: datetime) -> tuple[PromiseRecord, ...]:
    """All promises made to a customer, the first due first."""
    return _records(session, promises_with(session, customer_id), now)


def _promise(session: Session, promise_id: int) -> Promise:
    promise = fetch_one(session, Promise, select(promises).where(promises.c.id == promise_id))
    if promise is None:
        raise NoSuchPromise(promise_id)
    return promise


def _to_keep(session: Session, promise_id: int) -> Promise:
    promise = _promise(session, promise_id)
    if not is_unkept(promise.state):
        raise WrongUsage(f"p{promise_id} is {promise.state.value} already.")
    return promise


def _change(session: Session, promise_id: int, **columns: Unpack[PromiseChange]) -> None:
    session.execute(update(promises).where(promises.c.id == promise_id).values(**columns))


def _changed(session: Session, promise_id: int, now: datetime, **columns: Unpack[PromiseChange]) -> PromiseRecord:
    _change(session, promise_id, **columns)
    return promise(session, promise_id, now)


def _records(session: Session, rows: list[PromiseRow], now: datetime) -> tuple[PromiseRecord, ...]:
    zone = policy(session).timezone
    today = local_date(now, zone)
    return tuple(_record(row, today, zone) for row in rows)


def _record(row: PromiseRow, today: date, zone: str) -> PromiseRecord:
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
