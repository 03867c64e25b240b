"""Touches in the store."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from care.model.customer import customers
from care.model.touch import touches


def add_touch(session: Session, values: Mapping[str, Any], *, gives: int, takes: int) -> int:
    """The id of the new touch, counted on its customer as giving or taking."""
    touch_id = int(session.execute(insert(touches).values(**values)).inserted_primary_key[0])
    if gives or takes:
        counted = {"gives": customers.c.gives + gives, "takes": customers.c.takes + takes}
        session.execute(update(customers).where(customers.c.id == values["customer_id"]).values(**counted))
    return touch_id


def touches_with(session: Session, customer_id: int) -> Sequence[Row[Any]]:
    """Every touch with a customer, oldest first."""
    return session.execute(select(touches).where(touches.c.customer_id == customer_id).order_by(touches.c.at)).all()
