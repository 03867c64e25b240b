"""The marks of those who were let go."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from care.customers.customer_input import CustomerInput
from care.customers.marks import marks_of
from care.db.settings import draw_key
from care.db.tables.forgotten import forgotten


def stored_marks(session: Session) -> dict[str, date]:
    """Every mark and the day it was made."""
    return {row.hash: row.forgotten_on for row in session.execute(select(forgotten))}


def welcome_back(session: Session, draft: CustomerInput) -> bool:
    """Whether somebody added by hand had been forgotten; from now on files may bring them again."""
    return bool(drop_marks(session, marks_of(draw_key(session), draft, "")))


def drop_marks(session: Session, made: Iterable[str]) -> int:
    """Drops every mark of whoever left one of these: they may come back. Returns how many people that were."""
    whose = set(session.execute(select(forgotten.c.whose).where(forgotten.c.hash.in_(list(made)))).scalars())
    session.execute(delete(forgotten).where(forgotten.c.whose.in_(whose)))
    return len(whose)
