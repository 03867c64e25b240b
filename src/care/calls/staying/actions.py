"""Where staying in touch meets the store: what a talk gives rise to, and what settles it.

Each talk gives rise to one small touch at most, so that it is proposed once and never again for that talk.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

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
