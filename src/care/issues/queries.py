"""Where issues meet the store. An issue is told only when each raiser was, one person at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session

from care.db.settings import policy
from care.db.tables.call import calls
from care.db.tables.customer import companies, customers
from care.db.tables.issue import IS_SETTLED, IS_UNTOLD, issue_notes, issues, raisers
from care.issues.errors import MergedIssue, NoSuchIssue, WhichIssue
from care.issues.life import SETTLED
from care.issues.records import IssueRecord, RaiserRecord
from care.text import fold
from care.times.zones import local_date
from care.words import IssueKind, Stance


def find_issue(session: Session, said: str) -> int:
    """The id of the issue that ``i7``, ``7`` or part of the title of an unfinished one means.

    Raises NoSuchIssue or WhichIssue.
    """
    digits = said.strip().lower().removeprefix("i")
    if digits.isascii() and digits.isdigit():
        if len(digits) > 18 or issue_row(session, int(digits)) is None:
            raise NoSuchIssue(said)
        return int(digits)
    hits = [row for row in titles(session) if fold(said) in fold(row.title)] if fold(said) else []
    if not hits:
        raise NoSuchIssue(said)
    if len(hits) > 1:
        raise WhichIssue(said, [f"i{row.id} {row.title}" for row in hits[:9]])
    return int(hits[0].id)


def issue(session: Session, issue_id: int, now: datetime) -> IssueRecord:
    """One issue with its raisers. Raises NoSuchIssue."""
    row = issue_row(session, issue_id)
    if row is None:
        raise NoSuchIssue(f"i{issue_id}")
    return issue_records(session, [row], now)[0]


def untold_issues(session: Session, now: datetime, since: datetime | None = None) -> tuple[IssueRecord, ...]:
    """Issues of which someone has still to be told, oldest first; those opened after ``since`` are marked new."""
    return issue_records(session, untold_issue_rows(session), now, since)


def all_issues(session: Session, now: datetime, limit: int | None) -> tuple[IssueRecord, ...]:
    """Every issue there ever was, the newest first."""
    return issue_records(session, all_issue_rows(session, limit), now)


def issue_records(
    session: Session, rows: Sequence[Any], now: datetime, since: datetime | None = None
) -> tuple[IssueRecord, ...]:
    """Issues with their raisers, in the order of the rows."""
    settings = policy(session)
    zone, today = settings.timezone, local_date(now, settings.timezone)
    raisers: dict[int, list[RaiserRecord]] = {}
    for row in raisers_of(session, [row.id for row in rows]):
        raisers.setdefault(row.issue_id, []).append(_raiser(row, zone, today))
    recover = timedelta(days=settings.recover_days)
    return tuple(_record(row, raisers.get(row.id, ()), today, zone, since, recover) for row in rows)


def live_issue(session: Session, issue_id: int) -> Any:
    """The row of an issue that can be changed. Raises NoSuchIssue, or MergedIssue for one that is part of another."""
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


def _raiser(row: Any, zone: str, today: date) -> RaiserRecord:
    word_on = local_date(row.informed_at or row.raised_at, zone)
    return RaiserRecord(
        id=row.customer_id,
        name=row.name,
        told=row.told_at is not None,
        company=row.company,
        phone=row.phone,
        words=row.words,
        raised_on=local_date(row.raised_at, zone),
        told_on=local_date(row.told_at, zone) if row.told_at else None,
        reaction=row.reaction,
        reopened=row.reopened,
        informed_on=local_date(row.informed_at, zone) if row.informed_at else None,
        word_days=None if row.told_at else (today - word_on).days,
        stance_before=row.stance_before,
        stance_after=row.stance_after,
    )


def _record(
    row: Any, raisers: Iterable[RaiserRecord], today: date, zone: str, since: datetime | None, recover: timedelta
) -> IssueRecord:
    opened_on = local_date(row.opened_at, zone)
    settled_on = local_date(row.settled_at, zone) if row.settled_at else None
    return IssueRecord(
        id=row.id,
        title=row.title,
        state=row.state,
        kind=row.kind,
        age_days=(today - opened_on).days,
        owner=row.owner,
        raised_by=tuple(raisers),
        opened_on=opened_on,
        opened_at=row.opened_at,
        settled_on=settled_on,
        settled_days=(today - settled_on).days if settled_on else None,
        waiting=row.waiting if row.state in SETTLED else 0,
        note=row.note,
        new=since is not None and row.opened_at >= since,
        blocking=row.blocking,
        feeling=row.feeling,
        recover_by=opened_on + recover if row.kind is IssueKind.FAILURE else None,
        merged_into=row.merged_into,
    )


def issue_row(session: Session, issue_id: int) -> Any | None:
    """One issue, or None."""
    return session.execute(select(issues).where(issues.c.id == issue_id)).one_or_none()


def untold_issue_rows(session: Session) -> Sequence[Any]:
    """Issues of which someone still has to be told, the oldest first."""
    return session.execute(select(issues).where(IS_UNTOLD).order_by(issues.c.opened_at, issues.c.id)).all()


def all_issue_rows(session: Session, limit: int | None) -> Sequence[Any]:
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


def change_raiser(session: Session, raiser_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one raiser."""
    session.execute(update(raisers).where(raisers.c.id == raiser_id).values(**values))


def stance_of(session: Session, customer_id: int) -> Stance | None:
    """What a customer is to us, as we last heard it."""
    found: Stance | None = session.execute(select(customers.c.stance).where(customers.c.id == customer_id)).scalar_one()
    return found


def raisers_with_words(session: Session, issue_id: int) -> Sequence[Any]:
    """The raisers of one issue as they stand in the store, in the order they raised it."""
    mine = select(raisers).where(raisers.c.issue_id == issue_id)
    return session.execute(mine.order_by(raisers.c.raised_at, raisers.c.id)).all()


def all_told(session: Session, issue_ids: Sequence[int]) -> Sequence[Any]:
    """Those of these issues that are settled and have raisers, all of whom have been told; with the last telling."""
    last = select(func.max(raisers.c.told_at)).where(raisers.c.issue_id == issues.c.id).scalar_subquery()
    ended = issues.c.id.in_(issue_ids) & IS_SETTLED & (issues.c.raisers > 0) & (issues.c.waiting == 0)
    return session.execute(select(issues.c.id, last.label("last_told_at")).where(ended)).all()


def titles(session: Session) -> Sequence[Any]:
    """Id and title of every issue of which someone still has to be told, the oldest first."""
    chosen = select(issues.c.id, issues.c.title).where(IS_UNTOLD)
    return session.execute(chosen.order_by(issues.c.opened_at, issues.c.id)).all()


def notes_of(session: Session, issue_id: int) -> Sequence[Any]:
    """What was written down on where an issue stands, oldest first."""
    mine = select(issue_notes).where(issue_notes.c.issue_id == issue_id)
    return session.execute(mine.order_by(issue_notes.c.at, issue_notes.c.id)).all()


WAITS = raisers.c.told_at.is_(None)


WORD_AT = func.coalesce(raisers.c.informed_at, raisers.c.raised_at)
"""When a raiser last heard of it from us, or told us."""


BY_WHOM = func.coalesce(issues.c.owner, calls.c.caller)
"""Who of us owes it: the owner, else whoever heard the customer say it."""


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
