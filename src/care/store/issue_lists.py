"""Lists of issues in the store, of which only a page is read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from care.model.base import inline
from care.model.issue import issues
from care.store.issues import SETTLED, UNTOLD
from care.words import IssueKind, IssueState

_ITSELF = issues.c.merged_into.is_(None)


def _owned(owner: str | None) -> list[ColumnElement[bool]]:
    return [] if owner is None else [issues.c.owner == owner]


def untold(session: Session, owner: str | None, limit: int | None) -> Sequence[Any]:
    """Issues of which someone still has to be told, the oldest first."""
    found = select(issues).where(UNTOLD, *_owned(owner))
    return session.execute(found.order_by(issues.c.opened_at, issues.c.id).limit(limit)).all()


def every(session: Session, owner: str | None, limit: int | None) -> Sequence[Any]:
    """Every issue, the newest first."""
    found = select(issues).where(_ITSELF, *_owned(owner))
    return session.execute(found.order_by(issues.c.id.desc()).limit(limit)).all()


def count(session: Session, owner: str | None, *, everything: bool) -> int:
    """How many there are; counting every issue there ever was walks them all."""
    which = _ITSELF if everything else UNTOLD
    return int(session.execute(select(func.count()).select_from(issues).where(which, *_owned(owner))).scalar_one())


def count_settled(session: Session) -> int:
    """How many issues are fixed or declined, and not yet told."""
    return int(session.execute(select(func.count()).select_from(issues).where(SETTLED)).scalar_one())


def foremost(session: Session, new_from: datetime, limit: int | None) -> Sequence[Any]:
    """Issues not yet told: failures first, then those raised since, then those most customers raised, then the oldest.

    It looks at all that are not yet told, by their index, and at nothing that is.
    """
    first = (issues.c.kind != IssueKind.FAILURE, issues.c.opened_at < new_from, issues.c.raisers.desc())
    found = select(issues.c.id).where(UNTOLD).order_by(*first, issues.c.opened_at, issues.c.id).limit(limit)
    return session.execute(select(issues).where(issues.c.id.in_(found))).all()


def oldest_open(session: Session) -> Sequence[Any]:
    """The oldest issue that is open, or none."""
    found = select(issues).where(UNTOLD, issues.c.state == inline(IssueState.OPEN))
    return session.execute(found.order_by(issues.c.opened_at, issues.c.id).limit(1)).all()
