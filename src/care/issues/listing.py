"""Where the list of issues meets the store. However many there are, a page looks at a page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from care.db.tables.columns import inline
from care.db.tables.issue import IS_SETTLED, IS_UNTOLD, issues
from care.issues.queries import issue_records
from care.issues.records import Issues, OpenIssues
from care.words import IssueKind, IssueState


def list_issues(
    session: Session, now: datetime, *, everything: bool = False, owner: str | None = None, limit: int | None = None
) -> Issues:
    """What is not yet told, the oldest first; or every issue there ever was, the newest first."""
    rows = every(session, owner, limit) if everything else untold(session, owner, limit)
    whole = limit is None or len(rows) < limit
    total = len(rows) if whole else count(session, owner, everything=everything)
    return Issues(issue_records(session, rows, now), total)


def open_issues(session: Session, now: datetime, new_from: datetime, limit: int | None) -> OpenIssues:
    """What is not yet told, at most so many: failures, then what was raised since ``new_from``, then what most raised.

    They are given in the order in which they were raised.
    """
    rows = foremost(session, new_from, limit)
    records = issue_records(session, sorted(rows, key=lambda row: (row.opened_at, row.id)), now, new_from)
    total = len(rows) if limit is None or len(rows) < limit else count(session, None, everything=False)
    oldest = issue_records(session, oldest_open(session), now)
    return OpenIssues(records, total - count_settled(session), total, oldest[0].age_days if oldest else 0)


_ITSELF = issues.c.merged_into.is_(None)


def _owned(owner: str | None) -> list[ColumnElement[bool]]:
    return [] if owner is None else [issues.c.owner == owner]


def untold(session: Session, owner: str | None, limit: int | None) -> Sequence[Any]:
    """Issues of which someone still has to be told, the oldest first."""
    found = select(issues).where(IS_UNTOLD, *_owned(owner))
    return session.execute(found.order_by(issues.c.opened_at, issues.c.id).limit(limit)).all()


def every(session: Session, owner: str | None, limit: int | None) -> Sequence[Any]:
    """Every issue, the newest first."""
    found = select(issues).where(_ITSELF, *_owned(owner))
    return session.execute(found.order_by(issues.c.id.desc()).limit(limit)).all()


def count(session: Session, owner: str | None, *, everything: bool) -> int:
    """How many there are; counting every issue there ever was walks them all."""
    which = _ITSELF if everything else IS_UNTOLD
    return int(session.execute(select(func.count()).select_from(issues).where(which, *_owned(owner))).scalar_one())


def count_settled(session: Session) -> int:
    """How many issues are fixed or declined, and not yet told."""
    return int(session.execute(select(func.count()).select_from(issues).where(IS_SETTLED)).scalar_one())


def foremost(session: Session, new_from: datetime, limit: int | None) -> Sequence[Any]:
    """Issues not yet told: failures first, then those raised since, then those most customers raised, then the oldest.

    It looks at all that are not yet told, by their index, and at nothing that is.
    """
    first = (issues.c.kind != IssueKind.FAILURE, issues.c.opened_at < new_from, issues.c.raisers.desc())
    found = select(issues.c.id).where(IS_UNTOLD).order_by(*first, issues.c.opened_at, issues.c.id).limit(limit)
    return session.execute(select(issues).where(issues.c.id.in_(found))).all()


def oldest_open(session: Session) -> Sequence[Any]:
    """The oldest issue that is open, or none."""
    found = select(issues).where(IS_UNTOLD, issues.c.state == inline(IssueState.OPEN))
    return session.execute(found.order_by(issues.c.opened_at, issues.c.id).limit(1)).all()
