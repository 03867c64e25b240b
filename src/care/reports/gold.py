"""Where the report of the gold meets the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.db.settings import policy
from care.db.tables.columns import inline
from care.db.tables.interview import questions, veins
from care.gold.queries import count_loose
from care.gold.records import VeinIssue
from care.gold.veins import list_veins
from care.reports.heard import voices_between
from care.reports.heard_records import HeardShare
from care.reports.period import Period
from care.reports.shares import heard_shares
from care.times.zones import local_date
from care.words import GoldKind, VeinState

LOOKED_BACK_DAYS = 365
"""How a promise was kept is said of so many days at most."""


@dataclass(frozen=True, slots=True)
class KeptShare:
    """How many of those asked since that day heard us keep a promise; only drawn talks, one customer one vote."""

    good: int
    of: int
    part: float
    low: float
    high: float
    since: date


@dataclass(frozen=True, slots=True)
class VeinOutcome:
    """A vein and what became of it. ``idle_days`` is set where nothing did for longer than we should wait."""

    id: int
    ref: str
    title: str
    kind: GoldKind
    state: VeinState
    customers: int
    opened_on: date
    issue: VeinIssue | None
    promise: str | None
    kept: KeptShare | None
    idle_days: int | None


@dataclass(frozen=True, slots=True)
class GoldReport:
    """The veins by the number of customers, and how many passages are not gathered yet."""

    veins: tuple[VeinOutcome, ...]
    loose: int


def gold(session: Session, period: Period, now: datetime) -> GoldReport:
    """Every vein with what became of it, and how our promises to all are kept, by the end of the period."""
    kept = _kept(session, period)
    made = []
    for one in list_veins(session, now):
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
    return GoldReport(tuple(made), count_loose(session))


def _kept(session: Session, period: Period) -> dict[int, KeptShare | None]:
    """How each promise to all was kept, by its vein: since it was made, in the last year where that is longer ago."""
    promises = standing_promises(session)
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


PATIENCE_DAYS = 90
"""A vein nothing came of for so long is named."""


def kept_share(share: HeardShare, since: date) -> KeptShare:
    """The share of good readings since that day."""
    return KeptShare(share.good, share.of, share.part, share.low, share.high, since)


def days_idle(state: VeinState, age_days: int) -> int | None:
    """For how many days nothing came of an open vein, once that is too long; else None."""
    return age_days if state is VeinState.OPEN and age_days >= PATIENCE_DAYS else None


def standing_promises(session: Session) -> Sequence[Any]:
    """Number, day and key of the question of every vein that is a promise of ours to all customers."""
    beside = veins.join(questions, questions.c.id == veins.c.question_id)
    chosen = select(veins.c.id, veins.c.settled_at, questions.c.key).select_from(beside)
    return session.execute(chosen.where(veins.c.state == inline(VeinState.PROMISE)).order_by(veins.c.id)).all()
