"""What so many talks a week come to: how long customers wait, and how soon a problem is heard of."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from care.calls.preview import preview
from care.customers.queries import standings
from care.db.settings import policy
from care.reports.waits import Waits, chance_heard_of, waits
from care.times.weeks import Week
from care.words import Eligibility

WEEKS = (4, 13, 26)
"""After a month, a quarter and half a year."""

_SERVED = (Eligibility.CALLABLE, Eligibility.PLANNED, Eligibility.RESTING, Eligibility.PAUSED)


class ChanceHeard(NamedTuple):
    """The chance, from 0 to 1, that a problem of one customer in ten has been on the phone after so many weeks."""

    weeks: int
    talks: int
    chance: float


class Outlook(NamedTuple):
    """What so many talks a week with so many customers come to, if everyone is reached and nobody comes or goes.

    ``waits`` is None where nobody can be called. ``neglect_days`` is the team's own bound.
    """

    customers: int
    weekly: int
    waits: Waits | None
    heard: tuple[ChanceHeard, ...]
    neglect_days: int


def outlook(session: Session, week: Week, now: datetime, wanted: int | None) -> Outlook:
    """What the talks of a week come to if every week is like it."""
    counts = standings(session)
    customers = sum(counts.get(standing, 0) for standing in _SERVED)
    weekly = min(preview(session, week, now, wanted).seats or wanted or policy(session).calls_per_week, customers)
    heard = tuple(
        ChanceHeard(weeks, talks, chance_heard_of(customers, talks))
        for weeks in WEEKS
        for talks in (min(customers, weekly * weeks),)
        if customers
    )
    ahead = waits(customers, weekly) if customers and weekly else None
    return Outlook(customers, weekly, ahead, heard, policy(session).neglect_days)
