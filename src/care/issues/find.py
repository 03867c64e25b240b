"""Finding the issue that is meant: by what a person typed, and past the merges."""

from sqlalchemy.orm import Session

from care.db.tables.issue import Issue
from care.issues.errors import MergedIssue, NoSuchIssue, WhichIssue
from care.issues.queries import issue_row, untold_titles
from care.issues.records import IssueRecord
from care.text import fold


def find_issue(session: Session, said: str) -> int:
    """The id of the issue that ``i7``, ``7`` or part of the title of an unfinished one means.

    Raises NoSuchIssue or WhichIssue.
    """
    digits = said.strip().lower().removeprefix("i")
    if digits.isascii() and digits.isdigit():
        if len(digits) > 18 or issue_row(session, int(digits)) is None:
            raise NoSuchIssue(said)
        return int(digits)
    hits = [row for row in untold_titles(session) if fold(said) in fold(row.title)] if fold(said) else []
    if not hits:
        raise NoSuchIssue(said)
    if len(hits) > 1:
        raise WhichIssue(said, [f"i{row.id} {row.title}" for row in hits[:9]])
    return hits[0].id


def raiser_named(issue: IssueRecord, text: str) -> int | None:
    """The customer among those who raised it whose name or company holds that text; None where not just one does."""
    hits = [raiser.id for raiser in issue.raised_by if fold(text) in fold(f"{raiser.name} {raiser.company or ''}")]
    return hits[0] if fold(text) and len(hits) == 1 else None


def live_issue(session: Session, issue_id: int) -> Issue:
    """An issue that can be changed. Raises NoSuchIssue, or MergedIssue for one that is part of another."""
    row = issue_row(session, issue_id)
    if row is None:
        raise NoSuchIssue(f"i{issue_id}")
    if row.merged_into is not None:
        raise MergedIssue(issue_id, part_of(session, issue_id))
    return row


def part_of(session: Session, issue_id: int) -> int:
    """The issue that this one is part of now, after however many merges; itself where it was never merged."""
    row = issue_row(session, issue_id)
    while row is not None and row.merged_into is not None:
        issue_id, row = row.merged_into, issue_row(session, row.merged_into)
    return issue_id
