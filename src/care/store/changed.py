"""What the journal keeps about one customer."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from care.model.change import changes
from care.model.customer import companies, customers
from care.model.journal import journal
from care.store.journal import ERASED

_BARE = table("customer", *(column(one.name) for one in customers.c))
"""Customers as SQLite keeps them, which is how images hold them."""


def images_about(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """Every image of a row about these customers, beside the change it belongs to, in the order they were taken."""
    columns = (changes.c.at, changes.c.command, changes.c.caller)
    beside = select(journal, *columns).join(changes, changes.c.id == journal.c.change_id)
    mine = beside.where(journal.c.customer_id.in_(ids), journal.c.act != ERASED)
    return session.execute(mine.order_by(journal.c.id)).all()


def as_they_are(session: Session, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """These customers as they are now, column by column, by id."""
    return {int(row["id"]): dict(row) for row in session.execute(select(_BARE).where(_BARE.c.id.in_(ids))).mappings()}


def company_names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The names of these companies, by id."""
    found = session.execute(select(companies.c.id, companies.c.name).where(companies.c.id.in_(ids)))
    return {row.id: row.name for row in found}
