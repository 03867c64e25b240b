"""Where the report of the gold meets the store."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from care.interviews.gold.actions import veins
from care.reports.gold.records import GoldReport, KeptShare, VeinOutcome, days_idle, kept_share
from care.reports.heard.actions import voices_between
from care.reports.heard.shares import heard_shares
from care.reports.period import Period
from care.store import gold as store
from care.store.settings import policy
from care.times.zones import local_date
from care.words import VeinState

LOOKED_BACK_DAYS = 365
"""How a promise was kept is said of so many days at most."""


def gold(session: Session, period: Period, now: datetime) -> GoldReport:
    """Every vein with what became of it, and how our promises to all are kept, by the end of the period."""
    kept = _kept(session, period)
    made = []
    for one in veins(session, now):
        made.append(
            VeinOutcome(
                id=one.id,
                ref=one.ref,
                title=one.title,
                kind=one.kind,
                state=one.state,
                customers=one.customers,
                opened_on=one.opened_on,
                issue=one.issue,
                promise=one.promise if one.state is VeinState.PROMISE else None,
                kept=kept.get(one.id),
                idle_days=days_idle(one.state, one.age_days),
            )
        )
    return GoldReport(tuple(made), store.count_loose(session))


def _kept(session: Session, period: Period) -> dict[int, KeptShare | None]:
    """How each promise to all was kept, by its vein: since it was made, in the last year where that is longer ago."""
    promises = store.standing_promises(session)
    if not promises:
        return {}
    zone, year = policy(session).timezone, period.end - timedelta(days=LOOKED_BACK_DAYS)
    made = {}
    for row in promises:
        since = max(row.settled_at, year)
        voices, population = voices_between(session, since, period.end)
        shares = heard_shares([one for one in voices if one.key == row.key], population, ())
        made[row.id] = kept_share(shares[0], local_date(since, zone)) if shares else None
    return made
