"""Veins, and the passages gathered in them, in the store."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from care.db.tables.customer import companies, customers
from care.db.tables.interview import gold, questions, veins


def veins_of(session: Session, ids: Sequence[int] | None = None) -> Sequence[Any]:
    """These veins or all, with how many customers (each once) and passages each has and its question, by number."""
    people, said = func.count(gold.c.customer_id.distinct()), func.count()
    counted = select(gold.c.vein_id, people.label("customers"), said.label("said")).group_by(gold.c.vein_id)
    gathered = gold.c.vein_id.is_not(None) if ids is None else gold.c.vein_id.in_(ids)
    there = counted.where(gathered).subquery()
    beside = veins.outerjoin(there, there.c.vein_id == veins.c.id)
    beside = beside.outerjoin(questions, questions.c.id == veins.c.question_id)
    columns = (
        func.coalesce(there.c.customers, 0).label("customers"),
        func.coalesce(there.c.said, 0).label("said"),
        questions.c.key.label("question"),
        questions.c.retired_at,
    )
    chosen = select(veins, *columns).select_from(beside).order_by(veins.c.id)
    return session.execute(chosen if ids is None else chosen.where(veins.c.id.in_(ids))).all()


def vein_titles(session: Session) -> Sequence[Any]:
    """Number and title of every vein."""
    return session.execute(select(veins.c.id, veins.c.title).order_by(veins.c.id)).all()


def select_passages() -> Select[Any]:
    beside = gold.join(customers, customers.c.id == gold.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    columns = (customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone)
    return select(gold, *columns).select_from(beside)


def passages(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """These passages beside who said them, the oldest first."""
    return session.execute(select_passages().where(gold.c.id.in_(ids)).order_by(gold.c.said_at, gold.c.id)).all()


def passages_in(session: Session, vein_id: int) -> Sequence[Any]:
    """What was gathered in a vein beside who said it, the oldest first."""
    return session.execute(select_passages().where(gold.c.vein_id == vein_id).order_by(gold.c.said_at, gold.c.id)).all()


def count_loose(session: Session) -> int:
    """How many passages were not gathered yet."""
    loose = select(func.count()).select_from(gold).where(gold.c.vein_id.is_(None))
    return int(session.execute(loose).scalar_one())


def change_vein(session: Session, vein_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one vein."""
    session.execute(update(veins).where(veins.c.id == vein_id).values(**values))
