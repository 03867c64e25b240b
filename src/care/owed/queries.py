"""Promises beside the customers they were made to."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from care.db.fetch import fetch, fetch_one
from care.db.tables.columns import inline
from care.db.tables.customer import companies, customers
from care.db.tables.owed import promises
from care.words import PromiseState


class PromiseRow(NamedTuple):
    """A promise beside its customer. ``state`` is the one stored: one that is open may be broken or moved."""

    id: int
    what: str
    due_on: date
    state: PromiseState
    caller: str
    made_at: datetime
    settled_at: datetime | None
    reason: str | None
    moved_from: date | None
    customer_id: int
    name: str
    company: str | None
    phone: str | None
    zone: str | None


def promise_row(session: Session, promise_id: int) -> PromiseRow | None:
    """One promise, or None."""
    return fetch_one(session, PromiseRow, _select_promises().where(promises.c.id == promise_id))


def unkept_promises(session: Session, caller: str | None = None, limit: int | None = None) -> list[PromiseRow]:
    """Every promise still to be kept, or those of that caller, the first due first."""
    chosen = _select_promises().where(promises.c.state == inline(PromiseState.OPEN))
    chosen = chosen if caller is None else chosen.where(promises.c.caller == caller)
    return fetch(session, PromiseRow, chosen.order_by(promises.c.due_on, promises.c.id).limit(limit))


def promises_with(session: Session, customer_id: int) -> list[PromiseRow]:
    """All promises made to a customer, the first due first."""
    chosen = _select_promises().where(promises.c.customer_id == customer_id)
    return fetch(session, PromiseRow, chosen.order_by(promises.c.due_on, promises.c.id))


def _select_promises() -> Select[Any]:
    # An outer join, though every promise is to a customer: else SQLite may begin with all customers.
    beside = promises.outerjoin(customers, customers.c.id == promises.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    return select(
        promises.c.id, promises.c.what, promises.c.due_on, promises.c.state, promises.c.caller, promises.c.made_at,
        promises.c.settled_at, promises.c.reason, promises.c.moved_from, promises.c.customer_id, customers.c.name,
        companies.c.name.label("company"), customers.c.phone, customers.c.zone,
    ).select_from(beside)  # fmt: skip
