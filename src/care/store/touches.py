"""Touches in the store."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.model.customer import customers
from care.model.touch import touches
from care.store.rows import added


def add_touch(session: Session, values: Mapping[str, Any], *, gives: int, takes: int) -> int:
    """The id of the new touch, counted on its customer as giving or taking."""
    touch_id = added(session, touches, values)
    if gives or takes:
        counted = {"gives": customers.c.gives + gives, "takes": customers.c.takes + takes}
        session.execute(update(customers).where(customers.c.id == values["customer_id"]).values(**counted))
    return touch_id


def count_given(session: Session, customer_id: int) -> None:
    """Counts one more thing given to a customer."""
    mine = customers.c.id == customer_id
    session.execute(update(customers).where(mine).values(gives=customers.c.gives + 1))


def touches_with(session: Session, customer_id: int) -> Sequence[Any]:
    """Every touch with a customer, oldest first."""
    return session.execute(select(touches).where(touches.c.customer_id == customer_id).order_by(touches.c.at)).all()
