"""The marks of those who were let go."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from care.clock import secret_bytes
from care.model.forgotten import forgotten


def marks(session: Session) -> dict[str, date]:
    """Every mark and the day it was made."""
    return {row.hash: row.forgotten_on for row in session.execute(select(forgotten))}


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
