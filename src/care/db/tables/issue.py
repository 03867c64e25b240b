"""Issues and the customers who raised them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnClause, Index, column

from care.db.tables.columns import field, inline, partly, table
from care.words import IssueKind, IssueState, Stance

_STATE: ColumnClause[str] = column("state")
_ITSELF = column("merged_into").is_(None)


class Issue(NamedTuple):
    """Something to fix. ``raisers`` and ``waiting`` (raisers not yet told) are kept by triggers."""

    id: int
    title: str
    kind: IssueKind
    state: IssueState
    owner: str | None
    blocking: bool
    opened_at: datetime
    settled_at: datetime | None
    told_at: datetime | None
    note: str | None
    feeling: str | None
    merged_into: int | None
    raisers: int
    waiting: int


issues = table(
    "issue",
    Issue,
    Index("issue_untold", "opened_at", **partly((_STATE != "told") & _ITSELF)),
    Index("issue_settled", "settled_at", **partly(_STATE.in_(("fixed", "declined")) & _ITSELF)),
    blocking=field(default=False),
    merged_into=field("issue.id"),
    raisers=field(default=0),
    waiting=field(default=0),
    sqlite_autoincrement=True,
)

IS_UNTOLD = (issues.c.state != inline(IssueState.TOLD)) & issues.c.merged_into.is_(None)
IS_SETTLED = issues.c.state.in_((inline(IssueState.FIXED), inline(IssueState.DECLINED))) & issues.c.merged_into.is_(
    None
)

IS_UNSETTLED = IS_UNTOLD & issues.c.state.not_in((inline(IssueState.FIXED), inline(IssueState.DECLINED)))


class Raiser(NamedTuple):
    """A customer who raised an issue, in their own words. ``reopened`` counts how often "fixed" was not true.

    ``informed_at`` is when they last heard from us where it stands. ``stance_before`` and ``stance_after`` are what
    they were to us when it was raised and when they were told: whether a failure that was recovered made a fan.
    """

    id: int
    issue_id: int
    customer_id: int
    call_id: int | None
    words: str | None
    raised_at: datetime
    told_at: datetime | None
    told_by: str | None
    reaction: str | None
    reopened: int
    informed_at: datetime | None
    stance_before: Stance | None
    stance_after: Stance | None


raisers = table(
    "raiser",
    Raiser,
    Index("raiser_once", "issue_id", "customer_id", unique=True),
    issue_id=field("issue.id"),
    customer_id=field("customer.id", index=True),
    call_id=field("call.id"),
    reopened=field(default=0),
)


class IssueNote(NamedTuple):
    """Where an issue stands, as one of us wrote it down."""

    id: int
    issue_id: int
    at: datetime
    caller: str
    words: str


issue_notes = table(
    "issue_note",
    IssueNote,
    issue_id=field("issue.id", index=True),
)
