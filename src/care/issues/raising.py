"""Where issues meet the store. An issue is told only when each raiser was, one person at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from care.db.bulk import added
from care.db.tables.issue import issues, raisers
from care.errors import WrongUsage
from care.issues.life import state_after_raising
from care.issues.queries import change_issue, change_raiser, live_issue, raiser_row, stance_of, titles
from care.issues.similar import Near
from care.issues.similar import near_issues as nearest
from care.words import IssueKind, IssueState


def near_issues(session: Session, text: str) -> list[Near]:
    """The unfinished issues that share words with a new one and may be the same, the nearest first."""
    return nearest(text, [(row.id, row.title) for row in titles(session)])


def raise_issue(
    session: Session,
    title: str,
    customer_id: int,
    now: datetime,
    *,
    words: str | None = None,
    kind: IssueKind = IssueKind.ISSUE,
    call_id: int | None = None,
) -> int:
    """The id of a new issue with its first raiser."""
    if not title.strip():
        raise WrongUsage("an issue needs a few words to be known by. Say what is wrong.")
    values = {"title": title, "kind": kind, "state": IssueState.OPEN, "blocking": False, "opened_at": now}
    issue_id = add_issue(session, values | {"raisers": 0, "waiting": 0})
    _add_raiser(session, issue_id, customer_id, words or title, call_id, now)
    return issue_id


def join_issue(
    session: Session,
    issue_id: int,
    customer_id: int,
    now: datetime,
    *,
    words: str | None = None,
    call_id: int | None = None,
) -> None:
    """Makes a customer one more raiser; someone who raised it before and was told raises it again.

    Raises NoSuchIssue.
    """
    row = live_issue(session, issue_id)
    mine = raiser_row(session, issue_id, customer_id)
    if mine is None:
        _add_raiser(session, issue_id, customer_id, words, call_id, now)
    else:
        again = {"told_at": None, "words": words or mine.words, "reopened": mine.reopened + (mine.told_at is not None)}
        change_raiser(session, mine.id, again | {"informed_at": now, "stance_after": None})
    state = state_after_raising(row.state, was_told=mine is not None and mine.told_at is not None)
    if state is not row.state:
        change_issue(session, issue_id, {"state": state, "settled_at": None, "told_at": None})


def _add_raiser(
    session: Session, issue_id: int, customer_id: int, words: str | None, call_id: int | None, now: datetime
) -> None:
    values = {"issue_id": issue_id, "customer_id": customer_id, "call_id": call_id, "words": words, "raised_at": now}
    add_raiser(session, values | {"reopened": 0, "stance_before": stance_of(session, customer_id)})


def add_issue(session: Session, values: Mapping[str, Any]) -> int:
    """The id of the new issue."""
    return added(session, issues, values)


def add_raiser(session: Session, values: Mapping[str, Any]) -> int:
    """The id of the new raiser."""
    return added(session, raisers, values)
