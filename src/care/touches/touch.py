"""Recording a touch: a contact with a purpose, other than a call."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.customers.find import person_with
from care.db.bulk import added
from care.db.fetch import fetch
from care.db.tables.customer import customers
from care.db.tables.touch import Touch, touches
from care.errors import WrongUsage
from care.touches.follow_ups import settle_follow_ups
from care.touches.records import TouchRecord
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
) -> TouchRecord:
    """Records a touch, counted on its customer as giving or taking, and returns it.

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
        settle_follow_ups(session, customer_id, at, now)
    new = {"customer_id": customer_id, "caller": caller, "purpose": purpose, "area": area, "words": words, "at": at}
    touch_id = added(session, touches, new)
    _count(session, customer_id, gives=purpose in GIVES, takes=purpose in TAKES)
    return TouchRecord(touch_id, person_with(session, customer_id), purpose, words, area, caller, at)


def _count(session: Session, customer_id: int, *, gives: bool, takes: bool) -> None:
    if gives or takes:
        counted = {"gives": customers.c.gives + gives, "takes": customers.c.takes + takes}
        session.execute(update(customers).where(customers.c.id == customer_id).values(**counted))


def touches_with(session: Session, customer_id: int) -> list[Touch]:
    """Every touch with a customer, oldest first."""
    chosen = select(touches).where(touches.c.customer_id == customer_id)
    return fetch(session, Touch, chosen.order_by(touches.c.at))
