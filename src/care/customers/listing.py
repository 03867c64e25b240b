"""The list of customers, by what people look for."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session

from care.customers.queries import ListedRow, heard_counts, listed
from care.customers.records import CustomerList, ListedCustomer
from care.db.fetch import fetch
from care.db.settings import policy
from care.db.tables.columns import inline
from care.db.tables.customer import companies, customers
from care.db.tables.issue import issues, raisers
from care.errors import BadSetting
from care.times.days import AMOUNT, Asked, amount_said, shifted
from care.times.zones import at_midnight, local_date
from care.words import Eligibility, IssueState, SortBy, Status


def list_customers(
    session: Session,
    now: datetime,
    *,
    statuses: Sequence[Status] = (),
    segment: str | None = None,
    standing: Eligibility | None = None,
    silent: str | None = None,
    never_heard: bool = False,
    open_issues: bool = False,
    sort: SortBy = SortBy.ID,
    limit: int | None = None,
) -> CustomerList:
    """The customers that fit, at most ``limit`` of them, and their number.

    ``silent`` is a length of time such as ``90d``: those heard once and not since. Raises BadSetting where it is none.
    """
    zone = policy(session).timezone
    today = local_date(now, zone)
    rows, total = page(
        session,
        statuses=statuses,
        segment=segment,
        standing=standing,
        silent_before=None if silent is None else _heard_before(silent, today, zone),
        never_heard=never_heard,
        open_issues=open_issues,
        sort=sort,
        limit=limit,
    )
    return CustomerList(tuple(listed_customer(row, today, zone) for row in rows), total)


def _heard_before(silent: str, today: date, zone: str) -> datetime:
    return at_midnight(silent_since(silent, today) + timedelta(days=1), zone)


def listed_customer(row: ListedRow, today: date, zone: str) -> ListedCustomer:
    """One line of a list; days are counted up to ``today`` in that zone."""
    heard_on = None if row.last_heard_at is None else local_date(row.last_heard_at, zone)
    silent_days = None if heard_on is None else (today - heard_on).days
    return ListedCustomer(
        row.id,
        row.name,
        row.company,
        row.email,
        row.phone,
        row.segment,
        row.status,
        heard_on,
        silent_days,
        row.standing,
    )


_SPAN = rf"{AMOUNT}(d|days?|w|weeks?|m|months?|y|years?)"


def silent_since(said: str, today: date) -> date:
    """The last day on which someone silent for ``90d``, ``12w``, ``6m`` or ``1y`` can have been heard.

    Raises BadSetting for what is no length of time, BadWhen for one that leads out of the calendar.
    """
    found = re.fullmatch(_SPAN, " ".join(said.lower().split()))
    if found is None:
        raise BadSetting("--silent", said, "90d, 12w, 6m or 1y")
    return shifted(today, -amount_said(found), found[3][0], Asked(said, today))


_NOBODY = false()

_ORDERS = {
    SortBy.ID: (customers.c.id,),
    SortBy.NAME: (customers.c.folded, customers.c.id),
    SortBy.COMPANY: (companies.c.folded.asc().nulls_last(), customers.c.folded, customers.c.id),
    SortBy.ADDED: (customers.c.id.desc(),),  # ids are given in the order in which customers come
}


def page(
    session: Session,
    *,
    statuses: Sequence[Status] = (),
    segment: str | None = None,
    standing: Eligibility | None = None,
    silent_before: datetime | None = None,
    never_heard: bool = False,
    open_issues: bool = False,
    sort: SortBy = SortBy.ID,
    limit: int | None,
) -> tuple[list[ListedRow], int]:
    """The first customers that fit, in that order, and how many fit in all.

    ``silent_before`` wants those last heard before that instant, ``never_heard`` those never heard, both together
    either of them; ``open_issues`` those who raised an issue and have not been told of it.
    """
    if standing is Eligibility.MERGED:
        wanted: list[ColumnElement[bool]] = [customers.c.merged_into != customers.c.id]
    else:
        wanted = [customers.c.standing != inline(Eligibility.MERGED)]
    if statuses:
        wanted.append(customers.c.status.in_(statuses))
    if segment is not None:
        wanted.append(func.lower(customers.c.segment) == segment.lower())
    if standing is not None:
        wanted.append(customers.c.standing == standing)
    if open_issues:
        wanted.append(customers.c.id.in_(_waiting_to_be_told()))
    heard, never = _wanted_silence(silent_before, never_heard=never_heard)
    fitting = [*wanted, or_(heard, never)] if silent_before is not None or never_heard else wanted
    if statuses or segment is not None or open_issues or standing is Eligibility.MERGED:
        total = _number(session, *fitting)
    else:
        total = _counted(session, standing, heard=silent_before is None and not never_heard, never=never is not _NOBODY)
        total += _number(session, *wanted, heard) if silent_before is not None else 0
    if sort is SortBy.SILENT:
        return _longest_silent(session, wanted, heard, never, limit), total
    chosen = listed().where(*fitting).order_by(*_ORDERS[sort]).limit(limit)
    return fetch(session, ListedRow, chosen), total


def _wanted_silence(
    silent_before: datetime | None, *, never_heard: bool
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whom of those heard, and whom of those never heard: apart, as the index of who was heard when has no one else."""
    last = customers.c.last_heard_at
    if silent_before is None and not never_heard:
        return last.is_not(None), last.is_(None)
    heard = last < silent_before if silent_before is not None else _NOBODY
    return heard, last.is_(None) if never_heard else _NOBODY


def _waiting_to_be_told() -> Select[int]:
    """Raisers not told yet, through the index of the issues that are not finished."""
    untold = select(issues.c.id).where(issues.c.state != inline(IssueState.TOLD), issues.c.merged_into.is_(None))
    return select(raisers.c.customer_id).where(raisers.c.issue_id.in_(untold), raisers.c.told_at.is_(None))


def _number(session: Session, *wanted: ColumnElement[bool]) -> int:
    return int(session.execute(select(func.count()).select_from(customers).where(*wanted)).scalar_one())


def _counted(session: Session, standing: Eligibility | None, *, heard: bool, never: bool) -> int:
    """How many of those heard and of those never heard there are by the counters, merged ones apart."""
    return sum(
        n
        for kind, was_heard, n in heard_counts(session)
        if kind is not Eligibility.MERGED and standing in (None, kind) and (heard if was_heard else never)
    )


def _longest_silent(
    session: Session,
    wanted: Sequence[ColumnElement[bool]],
    heard: ColumnElement[bool],
    never: ColumnElement[bool],
    limit: int | None,
) -> list[ListedRow]:
    """Those never heard, in the order they came, then those heard longest ago: two walks along an order, no sorting."""
    rows = fetch(session, ListedRow, listed().where(*wanted, never).order_by(customers.c.id).limit(limit))
    if limit is not None and len(rows) >= limit:
        return rows
    more = None if limit is None else limit - len(rows)
    # The index tells apart those heard in one instant by their standing first.
    by_silence = (customers.c.last_heard_at.asc().nulls_first(), customers.c.standing, customers.c.id)
    return rows + fetch(session, ListedRow, listed().where(*wanted, heard).order_by(*by_silence).limit(more))
