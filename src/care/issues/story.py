"""One issue with its whole history: where it stands, what was merged into it, and every change of it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.db.settings import policy
from care.db.tables.issue import issues
from care.history.images import images_of_rows, row_changes, rows_changed_with
from care.issues.find import part_of
from care.issues.listing import issue
from care.issues.queries import notes_of, raisers_with_words
from care.issues.records import IssueEvent, IssueRecord, WhereItStands
from care.issues.steps import steps
from care.issues.telling import names_of
from care.times.zones import local_date, local_time


def issue_story(session: Session, issue_id: int, now: datetime) -> IssueRecord:
    """One issue with where it stands and all that happened with it; of one that was merged, the one it is part of.

    Raises NoSuchIssue.
    """
    issue_id = part_of(session, issue_id)
    zone = policy(session).timezone
    stands = tuple(
        WhereItStands(local_date(row.at, zone), row.caller, row.words) for row in notes_of(session, issue_id)
    )
    merged = tuple(merged_into(session, issue_id))
    record = issue(session, issue_id, now)
    return record._replace(merged=merged, where_it_stands=stands, history=history(session, issue_id))


def history(session: Session, issue_id: int) -> tuple[IssueEvent, ...]:
    """Every change of an issue with who made it and when, in the team's zone, oldest first."""
    raisers = raisers_with_words(session, issue_id)
    rows = (
        ("issue", [issue_id, *merged_into(session, issue_id)]),
        ("raiser", [row.id for row in raisers]),
        ("issue_note", [row.id for row in notes_of(session, issue_id)]),
    )
    images = [image for noun, ids in rows for image in images_of_rows(session, noun, ids)]
    changes = row_changes(session, sorted(images, key=lambda image: image.id))
    names = names_of(session, [row.customer_id for row in raisers])
    zone = policy(session).timezone
    return tuple(step._replace(at=local_time(step.at, zone)) for step in steps(changes, issue_id, names))


def merged_into(session: Session, issue_id: int) -> list[int]:
    """The issues that were merged into this one, in the order of their numbers.

    They were changed together, so the journal knows where to look; there is no other way to them but past all issues.
    """
    together = issues.c.id.in_(rows_changed_with(session, "issue", issue_id))
    mine = select(issues.c.id).where(together, issues.c.merged_into == issue_id)
    return list(session.execute(mine.order_by(issues.c.id)).scalars())
