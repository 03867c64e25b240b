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
    row = store.promise_row(session, promise_id)
    if row is None:
        raise NoSuchPromise(promise_id)
    if row.state is not PromiseState.OPEN:
        raise WrongUsage(f"p{promise_id} is {row.state.value} already.")
    store.change_promise(session, promise_id, {"state": PromiseState.KEPT, "settled_at": now})
    return promise(session, promise_id, now)


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
    state = state_on(row.state, row.due_on, today)
    return PromiseRecord(
        id=row.id,
        what=row.what,
        customer=Person(row.customer_id, row.name, row.company, row.phone, row.zone),
        due_on=row.due_on,
        state=state,
        overdue_days=overdue_days(row.due_on, today) if state is PromiseState.BROKEN else 0,
        caller=row.caller,
        made_on=local_date(row.made_at, zone),
    )
