"""The marks of those who were forgotten, as they are stored."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from care.clock import secret_bytes
from care.customers.customer_input import CustomerInput
from care.customers.marks import marks_of
from care.db.fetch import fetch
from care.db.settings import draw_key
from care.db.tables.forgotten import Forgotten, forgotten


def stored_marks(session: Session) -> dict[str, date]:
    """Every mark and the day it was made."""
    return {row.hash: row.forgotten_on for row in mark_rows(session)}


def mark_rows(session: Session) -> list[Forgotten]:
    """Every mark as it is stored."""
    return fetch(session, Forgotten, select(forgotten).order_by(forgotten.c.hash))


def replace_marks(session: Session, rows: Sequence[Forgotten]) -> None:
    """Makes these the marks of a store that had others, or none."""
    session.execute(delete(forgotten))
    if rows:
        session.execute(insert(forgotten), [row._asdict() for row in rows])


def add_marks(session: Session, marks: Iterable[str], on: date) -> None:
    """Stores these marks of one person; one that is there keeps its day."""
    new, whose = sorted({*marks} - {*stored_marks(session)}), secret_bytes(8).hex()
    if new:
        session.execute(insert(forgotten), [{"hash": mark, "whose": whose, "forgotten_on": on} for mark in new])


def welcome_back(session: Session, draft: CustomerInput) -> bool:
    """Whether somebody added by hand had been forgotten; from now on files may bring them again.

    Every mark goes of whoever left one that the draft could be known by.
    """
    marks = [*marks_of(draw_key(session), draft, "")]
    whose = set(session.execute(select(forgotten.c.whose).where(forgotten.c.hash.in_(marks))).scalars())
    session.execute(delete(forgotten).where(forgotten.c.whose.in_(whose)))
    return bool(whose)
