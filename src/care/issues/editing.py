"""Where changing an issue meets the store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from care.customers.merged_values import merged_raiser
from care.db.bulk import added
from care.db.tables.interview import veins
from care.db.tables.issue import issue_notes
from care.errors import WrongUsage
from care.issues.life import state_after_raising
from care.issues.queries import (
    all_told,
    change_issue,
    change_raiser,
    live_issue,
    raiser_row,
    raisers_with_words,
    remove_raiser,
)
from care.text import tidy
from care.words import IssueKind, IssueState


@dataclass(frozen=True, slots=True)
class IssueEdit:
    """What is to change of an issue; None leaves it, an empty feeling takes it away."""

    title: str | None = None
    blocking: bool | None = None
    feeling: str | None = None
    kind: IssueKind | None = None


def own_issue(session: Session, issue_id: int, owner: str | None) -> None:
    """Makes one of the team, or nobody, the owner of an issue. Raises NoSuchIssue or MergedIssue."""
    row = live_issue(session, issue_id)
    if row.owner != owner:
        change_issue(session, issue_id, {"owner": owner})


def edit_issue(session: Session, issue_id: int, edit: IssueEdit) -> None:
    """Changes what is said of an issue. Raises NoSuchIssue, MergedIssue, or WrongUsage for an empty title."""
    row = live_issue(session, issue_id)
    said: dict[str, Any] = {"title": edit.title, "blocking": edit.blocking, "kind": edit.kind}
    new = {name: value for name, value in said.items() if value is not None}
    if edit.title is not None:
        new["title"] = tidy(edit.title)
        if not new["title"]:
            raise WrongUsage("an issue needs a few words to be known by. Say what is wrong.")
    if edit.feeling is not None:
        new["feeling"] = tidy(edit.feeling) or None
    changed = {name: value for name, value in new.items() if getattr(row, name) != value}
    if changed:
        change_issue(session, issue_id, changed)


def note_issue(session: Session, issue_id: int, words: str, caller: str, now: datetime) -> None:
    """Writes down where an issue stands. Raises NoSuchIssue, MergedIssue, or WrongUsage for nothing said."""
    live_issue(session, issue_id)
    if not words.strip():
        raise WrongUsage("a note needs a few words. Say where it stands.")
    add_note(session, {"issue_id": issue_id, "at": now, "caller": caller, "words": words.strip()})


def word_given(session: Session, issue_id: int, customer_id: int, name: str, now: datetime) -> None:
    """Records that a raiser was told where an open issue stands.

    Raises NoSuchIssue, MergedIssue, or WrongUsage where there is something to tell instead, or nothing.
    """
    row = live_issue(session, issue_id)
    mine = raiser_row(session, issue_id, customer_id)
    if mine is None:
        raise WrongUsage(f"{name} did not raise i{issue_id}. care issues show i{issue_id} names who did.")
    if mine.told_at is not None:
        raise WrongUsage(f"{name} was told of i{issue_id} already, on {mine.told_at:%-d %B %Y}.")
    if row.state is not IssueState.OPEN:
        said = f"care issues tell i{issue_id} {customer_id} --reaction TEXT"
        raise WrongUsage(f"i{issue_id} is {row.state.value}, and {name} has to be told that: {said}.")
    change_raiser(session, mine.id, {"informed_at": now})


def merge_issues(session: Session, gone_id: int, kept_id: int) -> None:
    """Makes one issue of two: whoever raised the first raised the second.

    A customer who raised both is told only if they were told of both. Where a raiser comes along who was not told, an
    issue that was told is open again. Raises NoSuchIssue, MergedIssue, or WrongUsage for one and the same issue.
    """
    gone, kept = live_issue(session, gone_id), live_issue(session, kept_id)
    if gone_id == kept_id:
        raise WrongUsage(f"i{kept_id} is one issue, whichever way. Name two.")
    theirs = {row.customer_id: row for row in raisers_with_words(session, kept_id)}
    for row in raisers_with_words(session, gone_id):
        both = theirs.get(row.customer_id)
        if both is None:
            change_raiser(session, row.id, {"issue_id": kept_id})
        else:
            remove_raiser(session, row.id)
            change_raiser(session, both.id, merged_raiser(both, row, of_one_issue=False))
    move_what_hangs_on(session, gone_id, kept_id)
    change_issue(session, gone_id, {"merged_into": kept_id})
    new: dict[str, Any] = {"opened_at": min(gone.opened_at, kept.opened_at), "blocking": gone.blocking or kept.blocking}
    new |= {"owner": kept.owner or gone.owner, "feeling": kept.feeling or gone.feeling}
    if IssueKind.FAILURE in (gone.kind, kept.kind):
        new["kind"] = IssueKind.FAILURE
    waiting = live_issue(session, kept_id).waiting
    if waiting and state_after_raising(kept.state, was_told=False) is not kept.state:
        new |= {"state": IssueState.OPEN, "settled_at": None, "told_at": None}
    change_issue(session, kept_id, new)  # whatever is new: the journal is to hold both in one change
    for row in all_told(session, [kept_id]):
        change_issue(session, row.id, {"state": IssueState.TOLD, "told_at": row.last_told_at})


def add_note(session: Session, values: Mapping[str, Any]) -> int:
    """The id of the new note on where an issue stands."""
    return added(session, issue_notes, values)


def move_what_hangs_on(session: Session, from_id: int, to_id: int) -> None:
    """Makes the notes of one issue, and the veins it came from, another's."""
    session.execute(update(issue_notes).where(issue_notes.c.issue_id == from_id).values(issue_id=to_id))
    session.execute(update(veins).where(veins.c.issue_id == from_id).values(issue_id=to_id))
