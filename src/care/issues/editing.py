"""Changing what is said of an issue, who owns it, and writing down where it stands."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlalchemy.orm import Session

from care.db.tables.issue import issue_notes
from care.errors import WrongUsage
from care.issues.find import live_issue
from care.issues.queries import change_issue
from care.text import tidy
from care.words import IssueKind


class IssueEdit(NamedTuple):
    """What is to change of an issue; None leaves it, an empty feeling takes it away."""

    title: str | None = None
    blocking: bool | None = None
    feeling: str | None = None
    kind: IssueKind | None = None


def own_issue(session: Session, issue_id: int, owner: str | None) -> None:
    """Makes one of the team, or nobody, the owner of an issue. Raises NoSuchIssue or MergedIssue."""
    issue = live_issue(session, issue_id)
    if issue.owner != owner:
        change_issue(session, issue_id, {"owner": owner})


def edit_issue(session: Session, issue_id: int, edit: IssueEdit) -> None:
    """Changes what is said of an issue. Raises NoSuchIssue, MergedIssue, or WrongUsage for an empty title."""
    issue = live_issue(session, issue_id)
    wanted: dict[str, Any] = {"title": edit.title, "blocking": edit.blocking, "kind": edit.kind}
    new = {name: value for name, value in wanted.items() if value is not None}
    if edit.title is not None:
        new["title"] = tidy(edit.title)
        if not new["title"]:
            raise WrongUsage("an issue needs a few words to be known by. Say what is wrong.")
    if edit.feeling is not None:
        new["feeling"] = tidy(edit.feeling) or None
    changed = {name: value for name, value in new.items() if getattr(issue, name) != value}
    if changed:
        change_issue(session, issue_id, changed)


def note_issue(session: Session, issue_id: int, words: str, caller: str, now: datetime) -> None:
    """Writes down where an issue stands. Raises NoSuchIssue, MergedIssue, or WrongUsage for nothing said."""
    live_issue(session, issue_id)
    if not words.strip():
        raise WrongUsage("a note needs a few words. Say where it stands.")
    session.execute(insert(issue_notes).values(issue_id=issue_id, at=now, caller=caller, words=words.strip()))
