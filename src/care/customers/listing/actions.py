"""Where lists of customers meet the store."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from care.customers.listing.records import CustomerList, ListedCustomer
from care.store import customers as store
from care.store.settings import policy
from care.times.zones import local_date
from care.words import Standing, Status


def list_customers(
    session: Session,
    now: datetime,
    *,
    statuses: Sequence[Status] = (),
    segment: str | None = None,
    standing: Standing | None = None,
    limit: int | None = None,
) -> CustomerList:
    """The customers that fit, at most ``limit`` of them, and their number."""
    zone = policy(session).timezone
    rows, total = store.page(session, statuses=statuses, segment=segment, standing=standing, limit=limit)
    today = local_date(now, zone)
    return CustomerList(tuple(listed(row, today, zone) for row in rows), total)


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
