"""Making one issue of two that are the same."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from care.customers.merged_values import merged_raiser
from care.db.tables.interview import veins
from care.db.tables.issue import Issue, issue_notes
from care.errors import WrongUsage
from care.issues.find import live_issue
from care.issues.life import columns_on_entering, state_after_raising
from care.issues.queries import change_issue, change_raiser, end_told_issues, raisers_with_words, remove_raiser
from care.words import IssueKind, IssueState


def merge_issues(session: Session, gone_id: int, kept_id: int) -> None:
    """Makes one issue of two: whoever raised the first raised the second.

    A customer who raised both is told only if they were told of both. Where a raiser comes along who was not told, an
    issue that was told is open again. Raises NoSuchIssue, MergedIssue, or WrongUsage for one and the same issue.
    """
    gone, kept = live_issue(session, gone_id), live_issue(session, kept_id)
    if gone_id == kept_id:
        raise WrongUsage(f"i{kept_id} is one issue, whichever way. Name two.")
    _merge_raisers(session, gone_id, kept_id)
    move_what_hangs_on(session, gone_id, kept_id)
    change_issue(session, gone_id, {"merged_into": kept_id})
    new = _merged_columns(gone, kept)
    waiting = live_issue(session, kept_id).waiting
    if waiting and state_after_raising(kept.state, was_told=False) is not kept.state:
        new |= columns_on_entering(IssueState.OPEN, None, None)
    change_issue(session, kept_id, new)  # whatever is new: the journal is to hold both in one change
    end_told_issues(session, [kept_id])


def _merge_raisers(session: Session, gone_id: int, kept_id: int) -> None:
    kept = {raiser.customer_id: raiser for raiser in raisers_with_words(session, kept_id)}
    for raiser in raisers_with_words(session, gone_id):
        both = kept.get(raiser.customer_id)
        if both is None:
            change_raiser(session, raiser.id, {"issue_id": kept_id})
        else:
            remove_raiser(session, raiser.id)
            change_raiser(session, both.id, merged_raiser(both, raiser, of_one_issue=False))


def _merged_columns(gone: Issue, kept: Issue) -> dict[str, Any]:
    new: dict[str, Any] = {"opened_at": min(gone.opened_at, kept.opened_at), "blocking": gone.blocking or kept.blocking}
    new |= {"owner": kept.owner or gone.owner, "feeling": kept.feeling or gone.feeling}
    if IssueKind.FAILURE in (gone.kind, kept.kind):
        new["kind"] = IssueKind.FAILURE
    return new


def move_what_hangs_on(session: Session, from_id: int, to_id: int) -> None:
    """Makes the notes of one issue, and the veins it came from, another's."""
    session.execute(update(issue_notes).where(issue_notes.c.issue_id == from_id).values(issue_id=to_id))
    session.execute(update(veins).where(veins.c.issue_id == from_id).values(issue_id=to_id))
