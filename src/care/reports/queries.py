"""Who was told what of an issue, as two sections ask it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.db.fetch import fetch
from care.db.tables.issue import issues, raisers
from care.history.images import rows_changed_since
from care.words import IssueKind, IssueState, Stance


class ToldRaiser(NamedTuple):
    """Somebody who was told, beside the issue; ``ended_at`` is when everybody was, None where somebody still waits."""

    id: int
    issue_id: int
    raised_at: datetime
    told_at: datetime
    reopened: int
    stance_before: Stance | None
    stance_after: Stance | None
    title: str
    kind: IssueKind
    state: IssueState
    settled_at: datetime | None
    note: str | None
    ended_at: datetime | None


IMPORT = "customers import"


def told_between(session: Session, since: datetime, until: datetime) -> list[ToldRaiser]:
    """Raisers who were told from ``since`` until before ``until``, beside their issue, in the order they were told.

    They are found by what was done since, not among all that was ever told: no telling is recorded before it happens.
    """
    ids = rows_changed_since(session, "raiser", since, without=IMPORT)
    beside = raisers.join(issues, issues.c.id == raisers.c.issue_id)
    chosen = select(
        raisers.c.id, raisers.c.issue_id, raisers.c.raised_at, raisers.c.told_at, raisers.c.reopened,
        raisers.c.stance_before, raisers.c.stance_after, issues.c.title, issues.c.kind, issues.c.state,
        issues.c.settled_at, issues.c.note, issues.c.told_at.label("ended_at"),
    )  # fmt: skip
    within = (raisers.c.told_at >= since) & (raisers.c.told_at < until)
    told: list[ToldRaiser] = []
    for first in range(0, len(ids), 500):
        some = raisers.c.id.in_(ids[first : first + 500])
        told += fetch(session, ToldRaiser, chosen.select_from(beside).where(some, within))
    return sorted(told, key=lambda row: (row.told_at, row.id))
