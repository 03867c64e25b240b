"""Calls with what their customers are to be told noted on them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.calls.errors import NoSuchCall
from care.calls.queries import call_row, open_calls
from care.calls.records import CallRecord
from care.calls.week import call_records
from care.db.fetch import fetch
from care.db.settings import policy
from care.db.tables.issue import issues, raisers
from care.times.weeks import Week
from care.times.zones import local_date
from care.words import IssueState


def one_call(session: Session, call_id: int, now: datetime) -> CallRecord:
    """One call. Raises NoSuchCall."""
    row = call_row(session, call_id)
    if row is None:
        raise NoSuchCall(f"c{call_id}")
    records = call_records(session, [row], Week.of(local_date(now, policy(session).timezone)))
    return with_tell_notes(session, records)[0]


def next_call(session: Session, now: datetime) -> CallRecord | None:
    """The call to make next: planned, not tried today, in the order of the plan; None when all are made."""
    zone = policy(session).timezone
    today = local_date(now, zone)
    rows = [row for row in open_calls(session) if row.week <= str(Week.of(today).next())]
    rows = [row for row in rows if row.not_before is None or row.not_before <= today]
    fresh = [
        call
        for call in call_records(session, rows, Week.of(today))
        if not any(local_date(attempt.at, zone) == today for attempt in call.attempts)
    ]
    if not fresh:
        return None
    first = min(fresh, key=lambda call: (call.starts_at is None, call.starts_at or now, len(call.attempts), call.id))
    return with_tell_notes(session, [first])[0]


def with_tell_notes(session: Session, calls: Iterable[CallRecord]) -> tuple[CallRecord, ...]:
    """The calls, each with the settled issues its customer has to be told of as its first notes."""
    noted = tuple(calls)
    untold: dict[int, list[str]] = {}
    for row in _untold(session, [call.customer.id for call in noted]):
        untold.setdefault(row.customer_id, []).append(f"tell: i{row.id} {row.state.value}")
    return tuple(call._replace(notes=(*untold.get(call.customer.id, ()), *call.notes)) for call in noted)


class _Untold(NamedTuple):
    """A settled issue, and a customer who has to be told of it."""

    id: int
    state: IssueState
    customer_id: int


def _untold(session: Session, customer_ids: Sequence[int]) -> list[_Untold]:
    """The settled issues these customers have to be told of, the longest settled first."""
    beside = issues.join(raisers, raisers.c.issue_id == issues.c.id)
    theirs = raisers.c.customer_id.in_(customer_ids) & raisers.c.told_at.is_(None)
    settled = issues.c.state.in_((IssueState.FIXED, IssueState.DECLINED)) & issues.c.merged_into.is_(None)
    chosen = select(issues.c.id, issues.c.state, raisers.c.customer_id).select_from(beside)
    return fetch(session, _Untold, chosen.where(theirs, settled).order_by(issues.c.settled_at))
