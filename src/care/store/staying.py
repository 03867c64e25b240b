"""Small touches after a talk, in the store."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.model.base import inline
from care.model.call import calls
from care.model.customer import companies, customers
from care.model.owing import owings
from care.store.rows import added
from care.words import OwingKind, OwingState, Standing

_MINE = owings.c.kind == OwingKind.STAY_IN_TOUCH
_OPEN = owings.c.state == inline(OwingState.OPEN)
LEFT_ALONE = (Standing.DO_NOT_CALL, Standing.FORMER, Standing.PAUSED, Standing.MERGED)
"""How those stand to whom no touch is proposed. A former customer who may be drawn stands otherwise."""


def _chosen() -> Any:
    beside = owings.join(calls, calls.c.id == owings.c.call_id).join(customers, customers.c.id == owings.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    columns = (
        customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone, customers.c.remember,
        calls.c.held_at, calls.c.caller,
    )  # fmt: skip
    return select(owings, *columns).select_from(beside).where(_MINE)


def add_touch_due(session: Session, customer_id: int, call_id: int, due_on: date) -> int:
    """The id of the small touch that is due then, after that talk."""
    values = {"kind": OwingKind.STAY_IN_TOUCH, "state": OwingState.OPEN, "due_on": due_on}
    return added(session, owings, {**values, "customer_id": customer_id, "call_id": call_id})


def settle_before(session: Session, customer_id: int, before: datetime, now: datetime) -> None:
    """Marks as done what is open with a customer from talks held before that moment."""
    talks = select(calls.c.id).where(calls.c.customer_id == customer_id, calls.c.held_at < before)
    mine = (owings.c.customer_id == customer_id) & owings.c.call_id.in_(talks)
    session.execute(update(owings).where(_MINE, _OPEN, mine).values(state=OwingState.DONE, settled_at=now))


def due(session: Session, today: date) -> Sequence[Any]:
    """What is open and due by that day, the longest due first, beside its customer and its talk."""
    wanted = (_OPEN, owings.c.due_on <= today, customers.c.standing.not_in(LEFT_ALONE))
    return session.execute(_chosen().where(*wanted).order_by(owings.c.due_on, owings.c.id)).all()
