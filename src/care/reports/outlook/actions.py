"""Where the outlook meets the store."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.calls.planning.actions import preview
from care.reports.outlook.records import Heard, Outlook
from care.reports.outlook.waits import chance_heard_of, waits
from care.store import customers as store
from care.store.settings import policy
from care.times.weeks import Week
from care.words import Standing

WEEKS = (4, 13, 26)
"""After a month, a quarter and half a year."""

_SERVED = (Standing.CALLABLE, Standing.PLANNED, Standing.RESTING, Standing.PAUSED)


def outlook(session: Session, week: Week, now: datetime, wanted: int | None) -> Outlook:
    """What the talks of a week come to if every week is like it."""
    there = store.standings(session)
    customers = sum(there.get(one, 0) for one in _SERVED)
    weekly = min(preview(session, week, now, wanted).seats or wanted or policy(session).calls_per_week, customers)
    heard = tuple(
        Heard(weeks, talks, chance_heard_of(customers, talks))
        for weeks in WEEKS
        for talks in (min(customers, weekly * weeks),)
        if customers
    )
    found = waits(customers, weekly) if customers and weekly else None
    return Outlook(customers, weekly, found, heard, policy(session).neglect_days)
