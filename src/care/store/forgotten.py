"""The marks of those who were let go."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from care.clock import secret_bytes
from care.model.forgotten import forgotten


def marks(session: Session) -> dict[str, date]:
    """Every mark and the day it was made."""
    return {row.hash: row.forgotten_on for row in session.execute(select(forgotten))}


def rows(session: Session) -> list[dict[str, Any]]:
    """Every mark as it is kept."""
    return [dict(row._mapping) for row in session.execute(select(forgotten).order_by(forgotten.c.hash))]


def take_over(session: Session, kept: Sequence[Mapping[str, Any]]) -> None:
    """Makes these the marks of a store that had others, or none."""
    session.execute(delete(forgotten))
    if kept:
        session.execute(insert(forgotten), [dict(one) for one in kept])


def add_marks(session: Session, made: Iterable[str], on: date) -> None:
    """Keeps these marks of one person; one that is there keeps its day."""
    new, whose = sorted({*made} - {*marks(session)}), secret_bytes(8).hex()
    if new:
        session.execute(insert(forgotten), [{"hash": one, "whose": whose, "forgotten_on": on} for one in new])


def drop_marks(session: Session, made: Iterable[str]) -> int:
    """Drops every mark of whoever left one of these: they may come back. Returns how many people that were."""
    whose = set(session.execute(select(forgotten.c.whose).where(forgotten.c.hash.in_(list(made)))).scalars())
    session.execute(delete(forgotten).where(forgotten.c.whose.in_(whose)))
    return len(whose)
