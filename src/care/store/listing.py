"""Lists of customers: those that fit, in the order that was asked for, and how many they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from care.model.base import inline
from care.model.customer import companies, customers
from care.model.issue import issues, raisers
from care.store.customers import heard_counts, listed
from care.words import IssueState, SortBy, Standing, Status

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
    standing: Standing | None = None,
    silent_before: datetime | None = None,
    never_heard: bool = False,
    open_issues: bool = False,
    sort: SortBy = SortBy.ID,
    limit: int | None,
) -> tuple[Sequence[Any], int]:
    """The first customers that fit, in that order, and how many fit in all.

    ``silent_before`` wants those last heard before that instant, ``never_heard`` those never heard, both together
    either of them; ``open_issues`` those who raised an issue and have not been told of it.
    """
    if standing is Standing.MERGED:
        wanted: list[ColumnElement[bool]] = [customers.c.merged_into != customers.c.id]
    else:
        wanted = [customers.c.standing != inline(Standing.MERGED)]
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
    if statuses or segment is not None or open_issues or standing is Standing.MERGED:
        total = _number(session, *fitting)
    else:
        total = _counted(session, standing, heard=silent_before is None and not never_heard, never=never is not _NOBODY)
        total += _number(session, *wanted, heard) if silent_before is not None else 0
    if sort is SortBy.SILENT:
        return _longest_silent(session, wanted, heard, never, limit), total
    rows = session.execute(listed().where(*fitting).order_by(*_ORDERS[sort]).limit(limit)).all()
    return rows, total


def _wanted_silence(
    silent_before: datetime | None, *, never_heard: bool
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whom of those heard, and whom of those never heard: apart, as the index of who was heard when has no one else."""
    last = customers.c.last_heard_at
    if silent_before is None and not never_heard:
        return last.is_not(None), last.is_(None)
    heard = last < silent_before if silent_before is not None else _NOBODY
    return heard, last.is_(None) if never_heard else _NOBODY


def _waiting_to_be_told() -> Any:
    """Raisers not told yet, through the index of the issues that are not finished."""
    untold = select(issues.c.id).where(issues.c.state != inline(IssueState.TOLD), issues.c.merged_into.is_(None))
    return select(raisers.c.customer_id).where(raisers.c.issue_id.in_(untold), raisers.c.told_at.is_(None))


def _number(session: Session, *wanted: ColumnElement[bool]) -> int:
    return int(session.execute(select(func.count()).select_from(customers).where(*wanted)).scalar_one())


def _counted(session: Session, standing: Standing | None, *, heard: bool, never: bool) -> int:
    """How many of those heard and of those never heard there are by the counters, merged ones apart."""
    return sum(
        n
        for kind, was_heard, n in heard_counts(session)
        if kind is not Standing.MERGED and standing in (None, kind) and (heard if was_heard else never)
    )


def _longest_silent(
    session: Session,
    wanted: Sequence[ColumnElement[bool]],
    heard: ColumnElement[bool],
    never: ColumnElement[bool],
    limit: int | None,
) -> Sequence[Any]:
    """Those never heard, in the order they came, then those heard longest ago: two walks along an order, no sorting."""
    rows = list(session.execute(listed().where(*wanted, never).order_by(customers.c.id).limit(limit)))
    if limit is not None and len(rows) >= limit:
        return rows
    more = None if limit is None else limit - len(rows)
    # The index tells apart those heard in one instant by their standing first.
    by_silence = (customers.c.last_heard_at.asc().nulls_first(), customers.c.standing, customers.c.id)
    return rows + list(session.execute(listed().where(*wanted, heard).order_by(*by_silence).limit(more)))
