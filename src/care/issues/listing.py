"""Issues as they are shown: one, a page of them, or those a report names. A page reads no more than a page."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from care.db.fetch import fetch, fetch_one
from care.db.settings import policy
from care.db.tables.issue import IS_SETTLED, IS_UNSETTLED, IS_UNTOLD, Issue, issues
from care.issues.errors import NoSuchIssue
from care.issues.life import SETTLED
from care.issues.queries import RaiserRow, issue_row, raisers_of
from care.issues.records import IssueRecord, Issues, OpenIssues, RaiserRecord
from care.times.zones import local_date
from care.words import IssueKind


def issue(session: Session, issue_id: int, now: datetime) -> IssueRecord:
    """One issue with its raisers. Raises NoSuchIssue."""
    row = issue_row(session, issue_id)
    if row is None:
        raise NoSuchIssue(f"i{issue_id}")
    return issue_records(session, [row], now)[0]


def list_issues(
    session: Session, now: datetime, *, everything: bool = False, owner: str | None = None, limit: int | None = None
) -> Issues:
    """What is not yet told, the oldest first; or every issue there ever was, the newest first."""
    rows = every(session, owner, limit) if everything else untold(session, owner, limit)
    whole = limit is None or len(rows) < limit
    total = len(rows) if whole else count(session, owner, everything=everything)
    return Issues(issue_records(session, rows, now), total)


def open_issues(session: Session, now: datetime, new_from: datetime, limit: int | None) -> OpenIssues:
    """What is not yet told, at most so many: failures, then what was raised since ``new_from``, then what most raised.

    They are given in the order in which they were raised.
    """
    rows = foremost(session, new_from, limit)
    records = issue_records(session, sorted(rows, key=lambda row: (row.opened_at, row.id)), now, new_from)
    total = len(rows) if limit is None or len(rows) < limit else count(session, None, everything=False)
    oldest, zone = oldest_open(session), policy(session).timezone
    age = (local_date(now, zone) - local_date(oldest.opened_at, zone)).days if oldest else 0
    return OpenIssues(records, total - count_settled(session), total, age)


def issue_records(
    session: Session, rows: Sequence[Issue], now: datetime, since: datetime | None = None
) -> tuple[IssueRecord, ...]:
    """Issues with their raisers, in the order of the rows."""
    settings = policy(session)
    zone, today = settings.timezone, local_date(now, settings.timezone)
    raisers: dict[int, list[RaiserRecord]] = {}
    for row in raisers_of(session, [row.id for row in rows]):
        raisers.setdefault(row.issue_id, []).append(_raiser(row, zone, today))
    recover = timedelta(days=settings.recover_days)
    return tuple(_record(row, raisers.get(row.id, ()), today, zone, since, recover) for row in rows)


def _raiser(row: RaiserRow, zone: str, today: date) -> RaiserRecord:
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
    row: Issue, raisers: Iterable[RaiserRecord], today: date, zone: str, since: datetime | None, recover: timedelta
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


_ITSELF = issues.c.merged_into.is_(None)


def _owned(owner: str | None) -> list[ColumnElement[bool]]:
    return [] if owner is None else [issues.c.owner == owner]


def untold(session: Session, owner: str | None, limit: int | None) -> list[Issue]:
    """Issues of which someone still has to be told, the oldest first."""
    chosen = select(issues).where(IS_UNTOLD, *_owned(owner))
    return fetch(session, Issue, chosen.order_by(issues.c.opened_at, issues.c.id).limit(limit))


def every(session: Session, owner: str | None, limit: int | None) -> list[Issue]:
    """Every issue, the newest first."""
    chosen = select(issues).where(_ITSELF, *_owned(owner))
    return fetch(session, Issue, chosen.order_by(issues.c.id.desc()).limit(limit))


def count(session: Session, owner: str | None, *, everything: bool) -> int:
    """How many there are; counting every issue there ever was walks them all."""
    which = _ITSELF if everything else IS_UNTOLD
    return int(session.execute(select(func.count()).select_from(issues).where(which, *_owned(owner))).scalar_one())


def count_settled(session: Session) -> int:
    """How many issues are fixed or declined, and not yet told."""
    return int(session.execute(select(func.count()).select_from(issues).where(IS_SETTLED)).scalar_one())


def foremost(session: Session, new_from: datetime, limit: int | None) -> list[Issue]:
    """Issues not yet told: failures first, then those raised since, then those most customers raised, then the oldest.

    It looks at all that are not yet told, by their index, and at nothing that is.
    """
    first = (issues.c.kind != IssueKind.FAILURE, issues.c.opened_at < new_from, issues.c.raisers.desc())
    foremost_ids = select(issues.c.id).where(IS_UNTOLD).order_by(*first, issues.c.opened_at, issues.c.id).limit(limit)
    return fetch(session, Issue, select(issues).where(issues.c.id.in_(foremost_ids)))


def oldest_open(session: Session) -> Issue | None:
    """The oldest issue that is open, or None."""
    chosen = select(issues).where(IS_UNSETTLED)
    return fetch_one(session, Issue, chosen.order_by(issues.c.opened_at, issues.c.id).limit(1))
