"""Issues, who raised them and where they stand: what more than one use case reads and writes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session

from care.db.fetch import fetch, fetch_one
from care.db.tables.call import calls
from care.db.tables.customer import companies, customers
from care.db.tables.issue import (
    IS_SETTLED,
    IS_UNTOLD,
    Issue,
    IssueNote,
    Raiser,
    issue_notes,
    issues,
    raisers,
)
from care.issues.life import columns_on_entering
from care.words import IssueKind, IssueState, Stance

WAITS = raisers.c.told_at.is_(None)

WORD_AT = func.coalesce(raisers.c.informed_at, raisers.c.raised_at)
"""When a raiser last heard of it from us, or told us."""

BY_WHOM = func.coalesce(issues.c.owner, calls.c.caller)
"""Who of us owes it: the owner, else whoever heard the customer say it."""


class IssueTitle(NamedTuple):
    """What an issue is known by."""

    id: int
    title: str


class RaiserRow(NamedTuple):
    """Who raised an issue, beside the customer's name and company."""

    issue_id: int
    customer_id: int
    words: str | None
    raised_at: datetime
    told_at: datetime | None
    reaction: str | None
    reopened: int
    informed_at: datetime | None
    stance_before: Stance | None
    stance_after: Stance | None
    name: str
    company: str | None
    phone: str | None


class IssueOfCustomer(NamedTuple):
    """An issue as one customer raised it: ``words``, ``told_to_them_at`` and ``reaction`` are theirs."""

    id: int
    title: str
    kind: IssueKind
    state: IssueState
    settled_at: datetime | None
    note: str | None
    words: str | None
    raised_at: datetime
    told_to_them_at: datetime | None
    reaction: str | None


class _ToldInFull(NamedTuple):
    id: int
    last_told_at: datetime


def issue_row(session: Session, issue_id: int) -> Issue | None:
    """One issue, or None."""
    return fetch_one(session, Issue, select(issues).where(issues.c.id == issue_id))


def untold_titles(session: Session) -> list[IssueTitle]:
    """Id and title of every issue of which someone still has to be told, the oldest first."""
    chosen = select(issues.c.id, issues.c.title).where(IS_UNTOLD)
    return fetch(session, IssueTitle, chosen.order_by(issues.c.opened_at, issues.c.id))


def issues_of_customer(session: Session, customer_id: int) -> list[IssueOfCustomer]:
    """Issues a customer raised, with their own words and whether they were told, oldest first."""
    chosen = select(
        issues.c.id, issues.c.title, issues.c.kind, issues.c.state, issues.c.settled_at, issues.c.note,
        raisers.c.words, raisers.c.raised_at, raisers.c.told_at.label("told_to_them_at"), raisers.c.reaction,
    ).join(raisers, raisers.c.issue_id == issues.c.id)  # fmt: skip
    return fetch(
        session, IssueOfCustomer, chosen.where(raisers.c.customer_id == customer_id).order_by(raisers.c.raised_at)
    )


def raisers_of(session: Session, issue_ids: Sequence[int]) -> list[RaiserRow]:
    """Who raised these issues, in the order they did, with the customer's name and company."""
    beside = raisers.join(customers, customers.c.id == raisers.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    chosen = select(
        raisers.c.issue_id, raisers.c.customer_id, raisers.c.words, raisers.c.raised_at, raisers.c.told_at,
        raisers.c.reaction, raisers.c.reopened, raisers.c.informed_at, raisers.c.stance_before,
        raisers.c.stance_after, customers.c.name, companies.c.name.label("company"), customers.c.phone,
    ).select_from(beside)  # fmt: skip
    chosen = chosen.where(raisers.c.issue_id.in_(issue_ids)).order_by(raisers.c.raised_at, raisers.c.id)
    return fetch(session, RaiserRow, chosen)


def raiser_row(session: Session, issue_id: int, customer_id: int) -> Raiser | None:
    """A customer as a raiser of an issue, or None."""
    which = (raisers.c.issue_id == issue_id) & (raisers.c.customer_id == customer_id)
    return fetch_one(session, Raiser, select(raisers).where(which))


def raisers_with_words(session: Session, issue_id: int) -> list[Raiser]:
    """The raisers of one issue as they stand in the store, in the order they raised it."""
    chosen = select(raisers).where(raisers.c.issue_id == issue_id)
    return fetch(session, Raiser, chosen.order_by(raisers.c.raised_at, raisers.c.id))


def raised_by(session: Session, customer_id: int) -> list[Raiser]:
    """What a customer raised, as raisers."""
    return fetch(session, Raiser, select(raisers).where(raisers.c.customer_id == customer_id).order_by(raisers.c.id))


def notes_of(session: Session, issue_id: int) -> list[IssueNote]:
    """What was written down on where an issue stands, oldest first."""
    chosen = select(issue_notes).where(issue_notes.c.issue_id == issue_id)
    return fetch(session, IssueNote, chosen.order_by(issue_notes.c.at, issue_notes.c.id))


def stance_of(session: Session, customer_id: int) -> Stance | None:
    """What a customer is to us, as we last heard it."""
    chosen = select(customers.c.stance).where(customers.c.id == customer_id)
    stance: Stance | None = session.execute(chosen).scalar_one()
    return stance


def enter_state(
    session: Session, issue_id: int, state: IssueState, at: datetime | None = None, *, note: str | None = None
) -> None:
    """Puts an issue into a state. ``at`` is when it was settled or told; what an issue was settled with is its note."""
    change_issue(session, issue_id, columns_on_entering(state, at, note))


def end_told_issues(session: Session, issue_ids: Sequence[int]) -> None:
    """Ends those of these issues that are settled and have raisers, all of whom have been told."""
    last = select(func.max(raisers.c.told_at)).where(raisers.c.issue_id == issues.c.id).scalar_subquery()
    ended = issues.c.id.in_(issue_ids) & IS_SETTLED & (issues.c.raisers > 0) & (issues.c.waiting == 0)
    for row in fetch(session, _ToldInFull, select(issues.c.id, last.label("last_told_at")).where(ended)):
        enter_state(session, row.id, IssueState.TOLD, row.last_told_at)


def change_issue(session: Session, issue_id: int, values: Mapping[str, object]) -> None:
    """Writes these columns of one issue."""
    session.execute(update(issues).where(issues.c.id == issue_id).values(**values))


def change_raiser(session: Session, raiser_id: int, values: Mapping[str, object]) -> None:
    """Writes these columns of one raiser."""
    session.execute(update(raisers).where(raisers.c.id == raiser_id).values(**values))


def remove_raiser(session: Session, raiser_id: int) -> None:
    """Takes a raiser away, whose words are kept with another."""
    session.execute(delete(raisers).where(raisers.c.id == raiser_id))


def raised(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The raisers for whom the conditions hold, each beside the issue, the customer and who of us owes it."""
    beside = issues.join(raisers, raisers.c.issue_id == issues.c.id)
    # An outer join, though every raiser is a customer: else SQLite may begin with all customers.
    beside = beside.outerjoin(customers, customers.c.id == raisers.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    beside = beside.outerjoin(calls, calls.c.id == raisers.c.call_id)
    chosen = select(
        issues.c.id, issues.c.title, issues.c.state, issues.c.kind, issues.c.settled_at, raisers.c.raised_at,
        WORD_AT.label("word_at"), raisers.c.customer_id, customers.c.name, companies.c.name.label("company"),
        customers.c.phone, customers.c.zone, BY_WHOM.label("owner"),
    )  # fmt: skip
    return chosen.select_from(beside).where(*conditions)
