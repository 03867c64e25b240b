"""Everything we owe customers: of each kind only as much is read as is shown, and counted up to ``COUNTED``."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import Session

from care.customers.records import Person
from care.db.fetch import fetch
from care.db.settings import policy
from care.db.tables.call import calls
from care.db.tables.columns import inline
from care.db.tables.customer import companies, customers
from care.db.tables.issue import IS_SETTLED, IS_UNSETTLED, IS_UNTOLD, issues, raisers
from care.db.tables.owed import owings, promises
from care.issues.life import NO_WORD_DAYS, SETTLED
from care.issues.queries import BY_WHOM, WAITS, WORD_AT, raised
from care.owed.promise_states import overdue_days, state_on
from care.owed.queries import PromiseRow, unkept_promises
from care.owed.records import PROMISE, RECOVER, TELL, WORD, Owed, OwedCounts, OwedItem, in_order
from care.times.zones import as_instant, local_date
from care.words import Eligibility, IssueKind, IssueState, OwingKind, OwingState, PromiseState

COUNTED = 1000
"""How far is counted."""

LEFT_ALONE = (Eligibility.DO_NOT_CALL, Eligibility.FORMER, Eligibility.PAUSED, Eligibility.MERGED)
"""How those stand to whom no touch is proposed. A former customer who may be drawn stands otherwise."""


class WaitingRaiser(NamedTuple):
    """A raiser who was not told, beside the issue, the customer and who of us owes it."""

    id: int
    title: str
    state: IssueState
    kind: IssueKind
    settled_at: datetime | None
    raised_at: datetime
    word_at: datetime
    customer_id: int
    name: str
    company: str | None
    phone: str | None
    zone: str | None
    owner: str | None


class _DueFollowUp(NamedTuple):
    """A follow-up beside its customer; ``owner`` talked with them last."""

    id: int
    kind: OwingKind
    due_on: date
    state: OwingState
    remember: str | None
    customer_id: int
    name: str
    company: str | None
    phone: str | None
    zone: str | None
    owner: str | None


def owed(session: Session, now: datetime, *, caller: str | None = None, limit: int | None = None) -> Owed:
    """Everything we owe customers, or what that caller owes, the most overdue first; the counts are of all of it."""
    settings = policy(session)
    zone, today = settings.timezone, local_date(now, settings.timezone)
    recover = timedelta(days=settings.recover_days)
    word_before = as_instant(today - timedelta(days=NO_WORD_DAYS), time(0), zone).instant
    unkept = unkept_promises(session, caller, limit)
    promised = [_promise(row, today) for row in unkept]
    most = None if limit is None else max(limit, COUNTED)
    failures = [_failure(row, recover, zone, today) for row in unrecovered(session, caller, most)]
    late = [item for item in failures if item.kind == TELL or item.overdue_days]
    to_tell = [_tell(row, zone, today) for row in waiting(session, caller, limit)]
    words = [_word(row, zone, today) for row in without_word(session, word_before, caller, limit)]
    follow_ups = [_follow_up(row, today) for row in due_follow_ups(session, today, caller, limit)]
    items = [*promised, *late, *to_tell, *words, *follow_ups]
    untold = [item for item in (*late, *to_tell) if item.kind == TELL]
    failures_to_tell = sum(item.kind == TELL for item in late)
    broken = sum(row.due_on < today for row in unkept)
    in_time = len(unkept) - broken
    if len(unkept) == limit or len(unkept) > COUNTED:
        broken, in_time = promise_counts(session, today, caller)
    counts = OwedCounts(
        broken=broken,
        recover=len(late) - failures_to_tell,
        tell=_all(to_tell, limit, lambda: count_waiting(session, caller)) + failures_to_tell,
        where_it_stands=_all(words, limit, lambda: count_without_word(session, word_before, caller)),
        stay_in_touch=_all(follow_ups, limit, lambda: count_follow_ups(session, today, caller)),
        promised=in_time,
        longest_days=max((item.overdue_days for item in untold), default=0),
    )
    return Owed(tuple(in_order(items)[:limit]), counts.total if limit is not None else len(items), counts)


def _person(row: PromiseRow | WaitingRaiser | _DueFollowUp) -> Person:
    return Person(row.customer_id, row.name, row.company, row.phone, row.zone)


def _promise(row: PromiseRow, today: date) -> OwedItem:
    state, late = state_on(row.state, row.due_on, today, row.moved_from), overdue_days(row.due_on, today)
    return OwedItem(row.id, PROMISE, _person(row), row.what, row.due_on, late, state.value, row.caller, f"p{row.id}")


def _failure(row: WaitingRaiser, recover: timedelta, zone: str, today: date) -> OwedItem:
    """A failure as something to recover, or once it is settled as something to tell."""
    if row.state in SETTLED:
        return _tell(row, zone, today)
    due = local_date(row.raised_at, zone) + recover
    return OwedItem(
        row.id, RECOVER, _person(row), row.title, due, overdue_days(due, today), row.state.value, row.owner,
        f"i{row.id}", failure=True,
    )  # fmt: skip


def _tell(row: WaitingRaiser, zone: str, today: date) -> OwedItem:
    assert row.settled_at is not None
    since = local_date(row.settled_at, zone)
    return OwedItem(
        row.id, TELL, _person(row), row.title, since, (today - since).days, row.state.value, row.owner, f"i{row.id}",
        failure=row.kind is IssueKind.FAILURE,
    )  # fmt: skip


def _word(row: WaitingRaiser, zone: str, today: date) -> OwedItem:
    due = local_date(row.word_at, zone) + timedelta(days=NO_WORD_DAYS)
    return OwedItem(
        row.id, WORD, _person(row), row.title, due, overdue_days(due, today), row.state.value, row.owner,
        f"i{row.id}:{row.customer_id}",
    )  # fmt: skip


def _follow_up(row: _DueFollowUp, today: date) -> OwedItem:
    return OwedItem(
        row.id, row.kind.value, _person(row), row.remember or "", row.due_on, overdue_days(row.due_on, today),
        row.state.value, row.owner, f"n{row.id}",
    )  # fmt: skip


_FAILURE = issues.c.kind == IssueKind.FAILURE


def _owed_by(caller: str | None) -> list[ColumnElement[bool]]:
    return [] if caller is None else [literal(caller) == BY_WHOM]


def _is_open_since(before: datetime) -> ColumnElement[bool]:
    return IS_UNSETTLED & ~_FAILURE & (issues.c.opened_at < before)


def unrecovered(session: Session, caller: str | None, limit: int | None) -> list[WaitingRaiser]:
    """Raisers who wait after a failure of ours, open or settled, the oldest failure first."""
    chosen = raised(IS_UNTOLD, _FAILURE, WAITS, *_owed_by(caller))
    return fetch(session, WaitingRaiser, chosen.order_by(issues.c.opened_at, issues.c.id, raisers.c.id).limit(limit))


def waiting(session: Session, caller: str | None, limit: int | None) -> list[WaitingRaiser]:
    """Raisers of settled issues, failures left out, who have not been told; the longest settled first."""
    chosen = raised(IS_SETTLED, ~_FAILURE, WAITS, *_owed_by(caller))
    return fetch(session, WaitingRaiser, chosen.order_by(issues.c.settled_at, issues.c.id, raisers.c.id).limit(limit))


def without_word(session: Session, before: datetime, caller: str | None, limit: int | None) -> list[WaitingRaiser]:
    """Raisers of open issues who last heard of it before that instant, failures left out; the oldest issue first."""
    chosen = raised(_is_open_since(before), WAITS, before > WORD_AT, *_owed_by(caller))
    return fetch(session, WaitingRaiser, chosen.order_by(issues.c.opened_at, issues.c.id, raisers.c.id).limit(limit))


def _due(until: date) -> tuple[ColumnElement[bool], ...]:
    is_open = owings.c.state == inline(OwingState.OPEN)
    return is_open, owings.c.due_on <= until, customers.c.standing.not_in(LEFT_ALONE)


def due_follow_ups(session: Session, until: date, caller: str | None, limit: int | None) -> list[_DueFollowUp]:
    """Follow-ups due by that day beside their customer and who talked with them last, the first due first.

    Not with who left us, asked not to be called, or is paused.
    """
    beside = owings.join(customers, customers.c.id == owings.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    beside = beside.outerjoin(calls, calls.c.id == owings.c.call_id)
    chosen = select(
        owings.c.id, owings.c.kind, owings.c.due_on, owings.c.state, customers.c.remember, owings.c.customer_id,
        customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone,
        calls.c.caller.label("owner"),
    ).select_from(beside)  # fmt: skip
    chosen = chosen.where(*_due(until))
    chosen = chosen if caller is None else chosen.where(calls.c.caller == caller)
    return fetch(session, _DueFollowUp, chosen.order_by(owings.c.due_on, owings.c.id).limit(limit))


def _all(listed: Sequence[OwedItem], limit: int | None, counted: Callable[[], int]) -> int:
    """How many there are of a kind; only where the list is full does the store have to count."""
    return counted() if len(listed) == limit else min(len(listed), COUNTED + 1)


def _up_to(session: Session, chosen: Select[Any]) -> int:
    few = chosen.limit(COUNTED + 1).subquery()
    return int(session.execute(select(func.count()).select_from(few)).scalar_one())


def promise_counts(session: Session, today: date, caller: str | None) -> tuple[int, int]:
    """How many promises are broken, and how many can still be kept in time."""
    unkept = promises.c.state == inline(PromiseState.OPEN)
    unkept = unkept if caller is None else unkept & (promises.c.caller == caller)
    late = _up_to(session, select(promises.c.id).where(unkept, promises.c.due_on < today))
    return late, _up_to(session, select(promises.c.id).where(unkept, promises.c.due_on >= today))


def _raisers(caller: str | None, *conditions: ColumnElement[bool]) -> Select[Any]:
    beside = issues.join(raisers, raisers.c.issue_id == issues.c.id)
    if caller is not None:
        beside = beside.outerjoin(calls, calls.c.id == raisers.c.call_id)
    return select(raisers.c.id).select_from(beside).where(*conditions, *_owed_by(caller))


def count_waiting(session: Session, caller: str | None) -> int:
    """How many ``waiting`` would be."""
    return _up_to(session, _raisers(caller, IS_SETTLED, ~_FAILURE, WAITS).order_by(issues.c.settled_at))


def count_without_word(session: Session, before: datetime, caller: str | None) -> int:
    """How many ``without_word`` would be."""
    chosen = _raisers(caller, _is_open_since(before), WAITS, before > WORD_AT)
    return _up_to(session, chosen.order_by(issues.c.opened_at))


def count_follow_ups(session: Session, until: date, caller: str | None) -> int:
    """How many ``due_follow_ups`` would be."""
    chosen = select(owings.c.id).join(customers, customers.c.id == owings.c.customer_id).where(*_due(until))
    if caller is not None:
        chosen = chosen.join(calls, calls.c.id == owings.c.call_id).where(calls.c.caller == caller)
    return _up_to(session, chosen)
