"""Promises in the store."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.model.base import inline
from care.model.customer import companies, customers
from care.model.promise import promises
from care.store.rows import added
from care.words import PromiseState


def _chosen() -> Any:
    beside = promises.join(customers, customers.c.id == promises.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    columns = (customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone)
    return select(promises, *columns).select_from(beside)


def promise_row(session: Session, promise_id: int) -> Any | None:
    """One promise beside its customer, or None."""
    return session.execute(_chosen().where(promises.c.id == promise_id)).one_or_none()


def open_promises(session: Session) -> Sequence[Any]:
    """Every promise still to be kept beside its customer, the first due first."""
    still = promises.c.state == inline(PromiseState.OPEN)
    return session.execute(_chosen().where(still).order_by(promises.c.due_on, promises.c.id)).all()


def promises_to(session: Session, customer_id: int) -> Sequence[Any]:
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
