"""Customers who were found to be one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.model.call import calls
from care.model.customer import companies, customers
from care.model.draw import draw_entries
from care.model.source import source_ids
from care.words import CallKind, CallState


def everyone_in(session: Session, customer_id: int) -> list[int]:
    """The customer, and everyone merged into them, however many steps ago."""
    found = [customer_id]
    for one in found:
        into = (customers.c.merged_into == one) & customers.c.id.not_in(found)
        found += session.execute(select(customers.c.id).where(into).order_by(customers.c.id)).scalars()
    return found


def everybody(session: Session) -> Sequence[Any]:
    """Id, name and company of every customer who is nobody else."""
    beside = customers.outerjoin(companies, companies.c.id == customers.c.company_id)
    chosen = select(customers.c.id, customers.c.name, companies.c.name.label("company")).select_from(beside)
    return session.execute(chosen.where(customers.c.merged_into.is_(None)).order_by(customers.c.id)).all()


def source_ids_of(session: Session, customer_id: int) -> Sequence[tuple[str, str]]:
    """A customer's numbers in other systems: (source, number)."""
    mine = source_ids.c.customer_id == customer_id
    return [(row.source, row.external_id) for row in session.execute(select(source_ids).where(mine))]


def last_heard(session: Session, customer_id: int) -> datetime | None:
    """When a customer's latest talk was held."""
    found = select(func.max(calls.c.held_at)).where(calls.c.customer_id == customer_id)
    latest: datetime | None = session.execute(found).scalar_one()
    return latest


def last_cycle_drawn(session: Session, customer_id: int) -> int | None:
    """The last cycle in which a drawn call with the customer came to its end, so that it was their turn."""
    ended = (CallState.HELD, CallState.REFUSED, CallState.UNREACHED)
    mine = (calls.c.customer_id == customer_id) & (calls.c.kind == CallKind.DRAWN) & calls.c.state.in_(ended)
    same = (draw_entries.c.draw_id == calls.c.draw_id) & (draw_entries.c.customer_id == customer_id)
    found = select(func.max(draw_entries.c.cycle)).select_from(calls.join(draw_entries, same)).where(mine)
    cycle: int | None = session.execute(found).scalar_one()
    return cycle


def id_with_uid(session: Session, uid: str) -> int | None:
    """Who carries this uid."""
    return session.execute(select(customers.c.id).where(customers.c.uid == uid)).scalar_one_or_none()
