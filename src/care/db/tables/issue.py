"""Issues and the customers who raised them."""

from datetime import datetime

from sqlalchemy import ColumnClause, Index, column
from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, inline, instant, partly, word
from care.words import IssueKind, IssueState, Stance

_STATE: ColumnClause[str] = column("state")


_ITSELF = column("merged_into").is_(None)


class Issue(Row, table=True):
    """Something to fix. ``raisers`` and ``waiting`` (raisers not yet told) are kept by triggers."""

    __table_args__ = (
        Index("issue_untold", "opened_at", **partly((_STATE != "told") & _ITSELF)),
        Index("issue_settled", "settled_at", **partly(_STATE.in_(("fixed", "declined")) & _ITSELF)),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    title: str
    kind: IssueKind = word(IssueKind)
    state: IssueState = word(IssueState)
    owner: str | None = None
    blocking: bool = False
    opened_at: datetime = instant()
    settled_at: datetime | None = instant(nullable=True)
    told_at: datetime | None = instant(nullable=True)
    note: str | None = None
    feeling: str | None = None
    merged_into: int | None = Field(default=None, foreign_key="issue.id")
    raisers: int = 0
    waiting: int = 0


class Raiser(Row, table=True):
    """A customer who raised an issue, in their own words. ``reopened`` counts how often "fixed" was not true.

    ``informed_at`` is when they last heard from us where it stands. ``stance_before`` and ``stance_after`` are what
    they were to us when it was raised and when they were told: whether a failure that was recovered made a fan.
    """

    __table_args__ = (Index("raiser_once", "issue_id", "customer_id", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="issue.id")
    customer_id: int = Field(foreign_key="customer.id", index=True)
    call_id: int | None = Field(default=None, foreign_key="call.id")
    words: str | None = None
    raised_at: datetime = instant()
    told_at: datetime | None = instant(nullable=True)
    told_by: str | None = None
    reaction: str | None = None
    reopened: int = 0
    informed_at: datetime | None = instant(nullable=True)
    stance_before: Stance | None = word(Stance, nullable=True)
    stance_after: Stance | None = word(Stance, nullable=True)


class IssueNote(Row, table=True):
    """Where an issue stands, as one of us wrote it down."""

    __tablename__ = "issue_note"

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="issue.id", index=True)
    at: datetime = instant()
    caller: str
    words: str


issues = METADATA.tables["issue"]


raisers = METADATA.tables["raiser"]


issue_notes = METADATA.tables["issue_note"]


IS_UNTOLD = (issues.c.state != inline(IssueState.TOLD)) & issues.c.merged_into.is_(None)


IS_SETTLED = issues.c.state.in_((inline(IssueState.FIXED), inline(IssueState.DECLINED))) & issues.c.merged_into.is_(
    None
)
