"""Where touches meet the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.db.bulk import added
from care.db.tables.customer import customers
from care.db.tables.touch import touches
from care.errors import WrongUsage
from care.touches.follow_ups import settled
from care.words import Area, Purpose

GIVES = frozenset({Purpose.THANK, Purpose.GIVE, Purpose.SERVE, Purpose.INVOLVE})


TAKES = frozenset({Purpose.SELL, Purpose.ASK})


def record_touch(
    session: Session,
    customer_id: int,
    purpose: Purpose,
    words: str | None,
    area: Area | None,
    caller: str,
    at: datetime,
    now: datetime,
) -> int:
    """The id of the touch just recorded.

    Raises WrongUsage for ``listen`` and ``tell``, which come from a talk and from telling, for an area without
    ``involve``, and for an instant to come.
    """
    if purpose is Purpose.LISTEN:
        raise WrongUsage("“listen” is a talk: record it with care log WHO.")
    if purpose is Purpose.TELL:
        raise WrongUsage("“tell” is recorded where the issue is: care issues tell ID WHO.")
    if area is not None and purpose is not Purpose.INVOLVE:
        raise WrongUsage(f"--in {area.value} goes with involve, not with {purpose.value}.")
    if at > now:
        raise WrongUsage("a touch is recorded once it has happened. Leave --at out for now.")
    if purpose not in TAKES:  # selling and asking for something is not staying in touch
        settled(session, customer_id, at, now)
    values = {"customer_id": customer_id, "caller": caller, "purpose": purpose, "area": area, "words": words, "at": at}
    return add_touch(session, values, gives=int(purpose in GIVES), takes=int(purpose in TAKES))


def add_touch(session: Session, values: Mapping[str, Any], *, gives: int, takes: int) -> int:
    """The id of the new touch, counted on its customer as giving or taking."""
    touch_id = added(session, touches, values)
    if gives or takes:
        counted = {"gives": customers.c.gives + gives, "takes": customers.c.takes + takes}
        session.execute(update(customers).where(customers.c.id == values["customer_id"]).values(**counted))
    return touch_id


def touches_with(session: Session, customer_id: int) -> Sequence[Any]:
    """Every touch with a customer, oldest first."""
    return session.execute(select(touches).where(touches.c.customer_id == customer_id).order_by(touches.c.at)).all()
