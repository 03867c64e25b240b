"""Where staying in touch meets the store: what a talk gives rise to, what settles it, and what is due.

Each talk gives rise to one small touch at most, so that it is proposed once and never again for that talk.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from care.calls.staying.records import SmallTouch
from care.customers.person import Person
from care.store import staying as store
from care.store.settings import policy
from care.times.zones import local_date


def talked(session: Session, call: Any, held_at: datetime, last_heard_at: datetime, now: datetime) -> None:
    """Settles what was due from earlier talks, and makes a small touch due ``stay_in_touch_days`` after this one.

    A talk logged late, after a newer one, gives rise to none: ``last_heard_at`` is the moment of the newest.
    """
    settled(session, call.customer_id, held_at, now)
    settings = policy(session)
    if not settings.stay_in_touch_days or held_at < last_heard_at:
        return
    due_on = local_date(held_at, settings.timezone) + timedelta(days=settings.stay_in_touch_days)
    store.add_touch_due(session, call.customer_id, call.id, due_on)


def settled(session: Session, customer_id: int, at: datetime, now: datetime) -> None:
    """Counts the small touches from talks before that moment as done: we were in touch."""
    store.settle_before(session, customer_id, at, now)


def touches_due(session: Session, now: datetime) -> tuple[SmallTouch, ...]:
    """The small touches whose day has come, the longest due first; not with who left us or asked not to be called."""
    zone = policy(session).timezone
    return tuple(_record(row, zone) for row in store.due(session, local_date(now, zone)))


def _record(row: Any, zone: str) -> SmallTouch:
    return SmallTouch(
        id=row.id,
        customer=Person(row.customer_id, row.name, row.company, row.phone, row.zone),
        call=row.call_id,
        caller=row.caller,
        remember=row.remember,
        talked_on=local_date(row.held_at, zone),
        due_on=row.due_on,
        state=row.state,
        reason=row.reason,
    )
