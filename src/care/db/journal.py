"""One row for each thing a command did; the triggers hang the row images on it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.db.bulk import added
from care.db.tables.journal import changes

_CHANGE = "change"

NOTED = "calendar"
"""The command of a change that only notes what a calendar holds. Nobody did it, and it is not taken back."""

ERASED = "erased"
"""The act of a row image that was emptied because it was about a forgotten customer."""


def begin_change(session: Session, command: str, caller: str | None, now: datetime) -> int:
    """The id of a new change, on which all that follows in this transaction is journaled."""
    change_id = added(session, changes, {"at": now, "command": command, "caller": caller})
    session.info[_CHANGE] = change_id
    return change_id


def current_change(session: Session) -> int:
    """The id of the change this transaction belongs to."""
    if _CHANGE not in session.info:
        session.info[_CHANGE] = session.execute(select(func.max(changes.c.id))).scalar_one()
    return int(session.info[_CHANGE])
