"""Issues and raisers in the store."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from care.model.base import inline
from care.model.customer import companies, customers
from care.model.issue import issue_notes, issues, raisers
from care.store.rows import added
from care.words import IssueState, Stance

UNTOLD = (issues.c.state != inline(IssueState.TOLD)) & issues.c.merged_into.is_(None)
SETTLED = issues.c.state.in_((inline(IssueState.FIXED), inline(IssueState.DECLINED))) & issues.c.merged_into.is_(None)


def issue_row(session: Session, issue_id: int) -> Any | None:
    """One issue, or None."""
    return session.execute(select(issues).where(issues.c.id == issue_id)).one_or_none()


def untold_issues(session: Session) -> Sequence[Any]:
    """Issues of which someone still has to be told, the oldest first."""
    return session.execute(select(issues).where(UNTOLD).order_by(issues.c.opened_at, issues.c.id)).all()


def all_issues(session: Session, limit: int | None) -> Sequence[Any]:
    """Every issue, the newest first."""
    kept = select(issues).where(issues.c.merged_into.is_(None))
    return session.execute(kept.order_by(issues.c.id.desc()).limit(limit)).all()


def raisers_of(session: Session, issue_ids: Sequence[int]) -> Sequence[Any]:
    """Who raised these issues, in the order they did, with the customer's name and company."""
    beside = raisers.join(customers, customers.c.id == raisers.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    chosen = select(raisers, customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone)
    mine = chosen.select_from(beside).where(raisers.c.issue_id.in_(issue_ids))
    return session.execute(mine.order_by(raisers.c.raised_at, raisers.c.id)).all()


def issues_of_customer(session: Session, customer_id: int) -> Sequence[Any]:
    """Issues a customer raised, with their own words and whether they were told, oldest first."""
    columns = (raisers.c.words, raisers.c.raised_at, raisers.c.told_at.label("told_to_them_at"), raisers.c.reaction)
    joined = select(issues, *columns).join(raisers, raisers.c.issue_id == issues.c.id)
    return session.execute(joined.where(raisers.c.customer_id == customer_id).order_by(raisers.c.raised_at)).all()


def untold_by_customer(session: Session, customer_ids: Sequence[int]) -> dict[int, list[Any]]:
    """For each of these customers the settled issues they have to be told of."""
    joined = select(issues, raisers.c.customer_id).join(raisers, raisers.c.issue_id == issues.c.id)
    theirs = raisers.c.customer_id.in_(customer_ids) & raisers.c.told_at.is_(None)
    settled = issues.c.state.in_((IssueState.FIXED, IssueState.DECLINED)) & issues.c.merged_into.is_(None)
    found: dict[int, list[Any]] = {}
    for row in session.execute(joined.where(theirs, settled).order_by(issues.c.settled_at)):
        found.setdefault(row.customer_id, []).append(row)
    return found


def add_issue(session: Session, values: Mapping[str, Any]) -> int:
    """The id of the new issue."""
    return added(session, issues, values)


def change_issue(session: Session, issue_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one issue."""
    session.execute(update(issues).where(issues.c.id == issue_id).values(**values))


def raiser_row(session: Session, issue_id: int, customer_id: int) -> Any | None:
    """A customer as a raiser of an issue, or None."""
    mine = (raisers.c.issue_id == issue_id) & (raisers.c.customer_id == customer_id)
    return session.execute(select(raisers).where(mine)).one_or_none()


def raised_by(session: Session, customer_id: int) -> Sequence[Any]:
    """What a customer raised, as raisers."""
    return session.execute(select(raisers).where(raisers.c.customer_id == customer_id).order_by(raisers.c.id)).all()


def remove_raiser(session: Session, raiser_id: int) -> None:
    """Takes a raiser away, whose words are kept with another."""
    session.execute(delete(raisers).where(raisers.c.id == raiser_id))


def add_raiser(session: Session, values: Mapping[str, Any]) -> int:
    """The id of the new raiser."""
    return added(session, raisers, values)


def change_raiser(session: Session, raiser_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one raiser."""
    session.execute(update(raisers).where(raisers.c.id == raiser_id).values(**values))


def stance_of(session: Session, customer_id: int) -> Stance | None:
    """What a customer is to us, as we last heard it."""
    found: Stance | None = session.execute(select(customers.c.stance).where(customers.c.id == customer_id)).scalar_one()
    return found


def note_stance(session: Session, customer_id: int, stance: Stance) -> None:
    """Writes down what a customer is to us now."""
    session.execute(update(customers).where(customers.c.id == customer_id).values(stance=stance))


def raisers_with_words(session: Session, issue_id: int) -> Sequence[Any]:
    """The raisers of one issue as they stand in the store, in the order they raised it."""
    mine = select(raisers).where(raisers.c.issue_id == issue_id)
    return session.execute(mine.order_by(raisers.c.raised_at, raisers.c.id)).all()


def all_told(session: Session, issue_ids: Sequence[int]) -> Sequence[Any]:
    """Those of these issues that are settled and have raisers, all of whom have been told; with the last telling."""
    last = select(func.max(raisers.c.told_at)).where(raisers.c.issue_id == issues.c.id).scalar_subquery()
    ended = issues.c.id.in_(issue_ids) & SETTLED & (issues.c.raisers > 0) & (issues.c.waiting == 0)
    return session.execute(select(issues.c.id, last.label("last_told_at")).where(ended)).all()


def titles(session: Session) -> Sequence[Any]:
    """Id and title of every issue of which someone still has to be told, the oldest first."""
    chosen = select(issues.c.id, issues.c.title).where(UNTOLD)
    return session.execute(chosen.order_by(issues.c.opened_at, issues.c.id)).all()


def add_note(session: Session, values: Mapping[str, Any]) -> int:
    """The id of the new note on where an issue stands."""
    return added(session, issue_notes, values)


def notes_of(session: Session, issue_id: int) -> Sequence[Any]:
    """What was written down on where an issue stands, oldest first."""
    mine = select(issue_notes).where(issue_notes.c.issue_id == issue_id)
    return session.execute(mine.order_by(issue_notes.c.at, issue_notes.c.id)).all()
