"""The marks of those who were let go."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.db.tables.forgotten import forgotten


def stored_marks(session: Session) -> dict[str, date]:
    """Every mark and the day it was made."""
    return {row.hash: row.forgotten_on for row in session.execute(select(forgotten))}
