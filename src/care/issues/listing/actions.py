"""Where the list of issues meets the store. However many there are, a page looks at a page."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.issues.actions import issue_records
from care.issues.records import Issues, OpenIssues
from care.store import issue_lists as store


def list_issues(
    session: Session, now: datetime, *, everything: bool = False, owner: str | None = None, limit: int | None = None
) -> Issues:
    """What is not yet told, the oldest first; or every issue there ever was, the newest first."""
    rows = store.every(session, owner, limit) if everything else store.untold(session, owner, limit)
    whole = limit is None or len(rows) < limit
    total = len(rows) if whole else store.count(session, owner, everything=everything)
    return Issues(issue_records(session, rows, now), total)


def open_issues(session: Session, now: datetime, new_from: datetime, limit: int | None) -> OpenIssues:
    """What is not yet told, at most so many: failures, then what was raised since ``new_from``, then what most raised.

    They are given in the order in which they were raised.
    """
    rows = store.foremost(session, new_from, limit)
    records = issue_records(session, sorted(rows, key=lambda row: (row.opened_at, row.id)), now, new_from)
    total = len(rows) if limit is None or len(rows) < limit else store.count(session, None, everything=False)
    oldest = issue_records(session, store.oldest_open(session), now)
    return OpenIssues(records, total - store.count_settled(session), total, oldest[0].age_days if oldest else 0)
