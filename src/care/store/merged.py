"""Customers who were found to be one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.model.call import calls
from care.model.customer import customers
from care.model.source import source_ids


def everyone_in(session: Session, customer_id: int) -> list[int]:
    """The customer, and everyone merged into them, however many steps ago."""
    found = [customer_id]
    for one in found:
        into = (customers.c.merged_into == one) & customers.c.id.not_in(found)
        found += session.execute(select(customers.c.id).where(into).order_by(customers.c.id)).scalars()
    return found


def source_ids_of(session: Session, customer_id: int) -> Sequence[tuple[str, str]]:
    """A customer's numbers in other systems: (source, number)."""
    mine = source_ids.c.customer_id == customer_id
    return [(row.source, row.external_id) for row in session.execute(select(source_ids).where(mine))]


def last_heard(session: Session, customer_id: int) -> datetime | None:
    """When a customer's latest talk was held."""
    found = select(func.max(calls.c.held_at)).where(calls.c.customer_id == customer_id)
    latest: datetime | None = session.execute(found).scalar_one()
    return latest


def id_with_uid(session: Session, uid: str) -> int | None:
    """Who carries this uid."""
    return session.execute(select(customers.c.id).where(customers.c.uid == uid)).scalar_one_or_none()
