"""Other things owed to customers, in the store."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.model.customer import companies, customers
from care.model.owing import owings


def owing_row(session: Session, owing_id: int) -> Any | None:
    """One thing owed beside its customer, or None."""
    beside = owings.join(customers, customers.c.id == owings.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    columns = (customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone)
    chosen = select(owings, *columns, customers.c.remember).select_from(beside)
    return session.execute(chosen.where(owings.c.id == owing_id)).one_or_none()


def change_owing(session: Session, owing_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one thing owed."""
    session.execute(update(owings).where(owings.c.id == owing_id).values(**values))
