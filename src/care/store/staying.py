"""Small touches after a talk, in the store."""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.model.base import inline
from care.model.call import calls
from care.model.owing import owings
from care.store.rows import added
from care.words import OwingKind, OwingState, Standing

_MINE = owings.c.kind == OwingKind.STAY_IN_TOUCH
_OPEN = owings.c.state == inline(OwingState.OPEN)
LEFT_ALONE = (Standing.DO_NOT_CALL, Standing.FORMER, Standing.PAUSED, Standing.MERGED)
"""How those stand to whom no touch is proposed. A former customer who may be drawn stands otherwise."""


def add_touch_due(session: Session, customer_id: int, call_id: int, due_on: date) -> int:
    """The id of the small touch that is due then, after that talk."""
    values = {"kind": OwingKind.STAY_IN_TOUCH, "state": OwingState.OPEN, "due_on": due_on}
    return added(session, owings, {**values, "customer_id": customer_id, "call_id": call_id})


def settle_before(session: Session, customer_id: int, before: datetime, now: datetime) -> None:
    """Marks as done what is open with a customer from talks held before that moment."""
    talks = select(calls.c.id).where(calls.c.customer_id == customer_id, calls.c.held_at < before)
    mine = (owings.c.customer_id == customer_id) & owings.c.call_id.in_(talks)
    session.execute(update(owings).where(_MINE, _OPEN, mine).values(state=OwingState.DONE, settled_at=now))
