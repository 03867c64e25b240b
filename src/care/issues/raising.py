"""Raising an issue: a new one, or one there is that a customer has as well."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.db.bulk import added
from care.db.tables.issue import issues, raisers
from care.errors import WrongUsage
from care.issues.find import live_issue
from care.issues.life import state_after_raising
from care.issues.queries import change_raiser, enter_state, raiser_row, stance_of, untold_titles
from care.issues.similar import SimilarIssue, similar_titles
from care.words import IssueKind, IssueState


def similar_issues(session: Session, text: str) -> list[SimilarIssue]:
    """The unfinished issues that share words with a new one and may be the same, the most similar first."""
    return similar_titles(text, untold_titles(session))


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
    """The id of a new issue with its first raiser. Raises WrongUsage for an empty title."""
    if not title.strip():
        raise WrongUsage("an issue needs a few words to be known by. Say what is wrong.")
    new = {"title": title, "kind": kind, "state": IssueState.OPEN, "blocking": False, "opened_at": now}
    issue_id = added(session, issues, new | {"raisers": 0, "waiting": 0})
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

    Raises NoSuchIssue or MergedIssue.
    """
    issue = live_issue(session, issue_id)
    raiser = raiser_row(session, issue_id, customer_id)
    was_told = raiser is not None and raiser.told_at is not None
    if raiser is None:
        _add_raiser(session, issue_id, customer_id, words, call_id, now)
    else:
        again = {"told_at": None, "words": words or raiser.words, "reopened": raiser.reopened + was_told}
        change_raiser(session, raiser.id, again | {"informed_at": now, "stance_after": None})
    state = state_after_raising(issue.state, was_told=was_told)
    if state is not issue.state:
        enter_state(session, issue_id, state)


def _add_raiser(
    session: Session, issue_id: int, customer_id: int, words: str | None, call_id: int | None, now: datetime
) -> None:
    new = {"issue_id": issue_id, "customer_id": customer_id, "call_id": call_id, "words": words, "raised_at": now}
    added(session, raisers, new | {"reopened": 0, "stance_before": stance_of(session, customer_id)})
