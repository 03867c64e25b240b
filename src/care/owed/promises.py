"""Where promises meet the store."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.customers.records import Person
from care.db.bulk import added
from care.db.settings import policy
from care.db.tables.columns import inline
from care.db.tables.customer import companies, customers
from care.db.tables.owed import promises
from care.errors import NotFound, WrongUsage
from care.owed.promise_states import overdue_days, state_on
from care.owed.records import PromiseRecord
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
    return add_promise(session, values)


def keep_promise(session: Session, promise_id: int, now: datetime) -> PromiseRecord:
    """Marks a promise as kept. Raises NoSuchPromise, or WrongUsage when it came to an end already."""
    _to_keep(session, promise_id)
    change_promise(session, promise_id, {"state": PromiseState.KEPT, "settled_at": now})
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
    change_promise(session, promise_id, {"due_on": due_on, "moved_from": row.moved_from or row.due_on})
    return promise(session, promise_id, now)


def drop_promise(session: Session, promise_id: int, reason: str, now: datetime) -> PromiseRecord:
    """Gives a promise up, and says why. Raises NoSuchPromise, or WrongUsage when it came to an end already."""
    _to_keep(session, promise_id)
    dropped = {"state": PromiseState.DROPPED, "settled_at": now, "reason": reason}
    change_promise(session, promise_id, dropped)
    return promise(session, promise_id, now)


def _to_keep(session: Session, promise_id: int) -> Any:
    row = promise_row(session, promise_id)
    if row is None:
        raise NoSuchPromise(promise_id)
    if row.state is not PromiseState.OPEN:
        raise WrongUsage(f"p{promise_id} is {row.state.value} already.")
    return row


def promise(session: Session, promise_id: int, now: datetime) -> PromiseRecord:
    """One promise. Raises NoSuchPromise."""
    row = promise_row(session, promise_id)
    if row is None:
        raise NoSuchPromise(promise_id)
    zone = policy(session).timezone
    return _record(row, local_date(now, zone), zone)


def open_promises(session: Session, now: datetime) -> tuple[PromiseRecord, ...]:
    """Every promise still to be kept, the first due first."""
    zone = policy(session).timezone
    today = local_date(now, zone)
    return tuple(_record(row, today, zone) for row in open_promise_rows(session))


def promises_to(session: Session, customer_id: int, now: datetime) -> tuple[PromiseRecord, ...]:
    """All promises made to a customer, the first due first."""
    zone = policy(session).timezone
    today = local_date(now, zone)
    return tuple(_record(row, today, zone) for row in promise_rows_to(session, customer_id))


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


def _chosen() -> Any:
    beside = promises.join(customers, customers.c.id == promises.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    columns = (customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone)
    return select(promises, *columns).select_from(beside)


def promise_row(session: Session, promise_id: int) -> Any | None:
    """One promise beside its customer, or None."""
    return session.execute(_chosen().where(promises.c.id == promise_id)).one_or_none()


def open_promise_rows(session: Session) -> Sequence[Any]:
    """Every promise still to be kept beside its customer, the first due first."""
    still = promises.c.state == inline(PromiseState.OPEN)
    return session.execute(_chosen().where(still).order_by(promises.c.due_on, promises.c.id)).all()


def promise_rows_to(session: Session, customer_id: int) -> Sequence[Any]:
    """All promises made to a customer, the first due first."""
    return session.execute(
        _chosen().where(promises.c.customer_id == customer_id).order_by(promises.c.due_on, promises.c.id)
    ).all()


def add_promise(session: Session, values: Mapping[str, Any]) -> int:
    """The id of the new promise."""
    return added(session, promises, values)


def change_promise(session: Session, promise_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one promise."""
    session.execute(update(promises).where(promises.c.id == promise_id).values(**values))
