"""Where lists of customers meet the store."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from care.customers.listing.records import CustomerList, ListedCustomer
from care.customers.listing.silence import silent_since
from care.store import listing as store
from care.store.settings import policy
from care.times.zones import at_midnight, local_date
from care.words import SortBy, Standing, Status


def list_customers(
    session: Session,
    now: datetime,
    *,
    statuses: Sequence[Status] = (),
    segment: str | None = None,
    standing: Standing | None = None,
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
    rows, total = store.page(
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
    return CustomerList(tuple(listed(row, today, zone) for row in rows), total)


def _heard_before(silent: str, today: date, zone: str) -> datetime:
    return at_midnight(silent_since(silent, today) + timedelta(days=1), zone)


def listed(row: Any, today: date, zone: str) -> ListedCustomer:
    """One line of a list, from a row of ``store.customers.LISTED``."""
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
