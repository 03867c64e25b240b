"""Where what we owe meets the store: of each kind only as much is read as is shown."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import Session

from care.calls.waiting import BY_WHOM, WAITS, WORD_AT, raised
from care.customers.records import Person
from care.db.settings import policy
from care.db.tables.call import calls
from care.db.tables.columns import inline
from care.db.tables.customer import companies, customers
from care.db.tables.issue import IS_SETTLED, IS_UNTOLD, issues, raisers
from care.db.tables.owed import owings, promises
from care.issues.life import NO_WORD_DAYS, SETTLED
from care.owed.promise_states import overdue_days, state_on
from care.owed.records import PROMISE, RECOVER, TELL, WORD, Owed, OwedCounts, OwedItem, in_order
from care.times.zones import as_instant, local_date
from care.words import IssueKind, IssueState, OwingState, PromiseState, Standing


def owed(session: Session, now: datetime, *, caller: str | None = None, limit: int | None = None) -> Owed:
    """Everything we owe customers, or what that caller owes, the most overdue first; the counts are of all of it."""
    settings = policy(session)
    zone, today = settings.timezone, local_date(now, settings.timezone)
    recover = timedelta(days=settings.recover_days)
    word_before = as_instant(today - timedelta(days=NO_WORD_DAYS), time(0), zone).instant
    items = [_promise(row, today) for row in promised_rows(session, caller, limit)]
    most = None if limit is None else max(limit, COUNTED)
    failures = [_failure(row, recover, zone, today) for row in unrecovered(session, caller, most)]
    late = [one for one in failures if one.kind == TELL or one.overdue_days]
    told = [_tell(row, zone, today) for row in waiting(session, caller, limit)]
    items += [*late, *told]
    items += [_word(row, zone, today) for row in without_word(session, word_before, caller, limit)]
    items += [_other(row, today) for row in other_things(session, today, caller, limit)]
    untold = [one for one in (*late, *told) if one.kind == TELL]
    broken, promised = promise_counts(session, today, caller)
    counts = OwedCounts(
        broken=broken,
        recover=len(late) - sum(one.kind == TELL for one in late),
        tell=count_waiting(session, caller) + sum(one.kind == TELL for one in late),
        where_it_stands=count_without_word(session, word_before, caller),
        stay_in_touch=count_other_things(session, today, caller),
        promised=promised,
        longest_days=max((one.overdue_days for one in untold), default=0),
    )
    return Owed(tuple(in_order(items)[:limit]), counts.total if limit is not None else len(items), counts)


def _person(row: Any) -> Person:
    return Person(row.customer_id, row.name, row.company, row.phone, row.zone)


def _promise(row: Any, today: date) -> OwedItem:
    state, late = state_on(row.state, row.due_on, today, row.moved_from), overdue_days(row.due_on, today)
    return OwedItem(row.id, PROMISE, _person(row), row.what, row.due_on, late, state.value, row.caller, f"p{row.id}")


def _failure(row: Any, recover: timedelta, zone: str, today: date) -> OwedItem:
    """A failure as something to recover, or once it is settled as something to tell."""
    if row.state in SETTLED:
        return _tell(row, zone, today)
    due = local_date(row.raised_at, zone) + recover
    return OwedItem(
        row.id, RECOVER, _person(row), row.title, due, max(0, (today - due).days), row.state.value, row.owner,
        f"i{row.id}", failure=True,
    )  # fmt: skip


def _tell(row: Any, zone: str, today: date) -> OwedItem:
    since = local_date(row.settled_at, zone)
    return OwedItem(
        row.id, TELL, _person(row), row.title, since, (today - since).days, row.state.value, row.owner, f"i{row.id}",
        failure=row.kind is IssueKind.FAILURE,
    )  # fmt: skip


def _word(row: Any, zone: str, today: date) -> OwedItem:
    due = local_date(row.word_at, zone) + timedelta(days=NO_WORD_DAYS)
    return OwedItem(
        row.id, WORD, _person(row), row.title, due, max(0, (today - due).days), row.state.value, row.owner,
        f"i{row.id}:{row.customer_id}",
    )  # fmt: skip


def _other(row: Any, today: date) -> OwedItem:
    late = max(0, (today - row.due_on).days)
    return OwedItem(
        row.id, row.kind.value, _person(row), row.remember or "", row.due_on, late, row.state.value, row.owner,
        f"n{row.id}",
    )  # fmt: skip


COUNTED = 1000
"""How far is counted."""


_FAILURE = issues.c.kind == IssueKind.FAILURE


def _mine(caller: str | None) -> list[ColumnElement[bool]]:
    return [] if caller is None else [literal(caller) == BY_WHOM]


def unrecovered(session: Session, caller: str | None, limit: int | None) -> Sequence[Any]:
    """Raisers who wait after a failure of ours, open or settled, the oldest failure first."""
    found = raised(IS_UNTOLD, _FAILURE, WAITS, *_mine(caller))
    return session.execute(found.order_by(issues.c.opened_at, issues.c.id, raisers.c.id).limit(limit)).all()


def waiting(session: Session, caller: str | None, limit: int | None) -> Sequence[Any]:
    """Raisers of settled issues, failures left out, who have not been told; the longest settled first."""
    found = raised(IS_SETTLED, ~_FAILURE, WAITS, *_mine(caller))
    return session.execute(found.order_by(issues.c.settled_at, issues.c.id, raisers.c.id).limit(limit)).all()


def without_word(session: Session, before: datetime, caller: str | None, limit: int | None) -> Sequence[Any]:
    """Raisers of open issues who last heard of it before that instant, failures left out; the oldest issue first."""
    still = IS_UNTOLD & (issues.c.state == IssueState.OPEN) & ~_FAILURE & (issues.c.opened_at < before)
    found = raised(still, WAITS, before > WORD_AT, *_mine(caller))
    return session.execute(found.order_by(issues.c.opened_at, issues.c.id, raisers.c.id).limit(limit)).all()


def promised_rows(session: Session, caller: str | None, limit: int | None) -> Sequence[Any]:
    """Promises still to be kept beside their customer, the first due first."""
    beside = promises.outerjoin(customers, customers.c.id == promises.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    columns = (customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone)
    found = select(promises, *columns).select_from(beside).where(promises.c.state == inline(PromiseState.OPEN))
    found = found if caller is None else found.where(promises.c.caller == caller)
    return session.execute(found.order_by(promises.c.due_on, promises.c.id).limit(limit)).all()


def _due(until: date) -> tuple[ColumnElement[bool], ...]:
    open_ = owings.c.state == inline(OwingState.OPEN)
    return open_, owings.c.due_on <= until, customers.c.standing.not_in(LEFT_ALONE)


def other_things(session: Session, until: date, caller: str | None, limit: int | None) -> Sequence[Any]:
    """Other things due by that day beside their customer and who talked with them last, the first due first.

    Not with who left us, asked not to be called, or is paused.
    """
    beside = owings.join(customers, customers.c.id == owings.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    beside = beside.outerjoin(calls, calls.c.id == owings.c.call_id)
    columns = (customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone)
    found = select(owings, *columns, customers.c.remember, calls.c.caller.label("owner")).select_from(beside)
    found = found.where(*_due(until))
    found = found if caller is None else found.where(calls.c.caller == caller)
    return session.execute(found.order_by(owings.c.due_on, owings.c.id).limit(limit)).all()


def _up_to(session: Session, found: Select[Any]) -> int:
    few = found.limit(COUNTED + 1).subquery()
    return int(session.execute(select(func.count()).select_from(few)).scalar_one())


def promise_counts(session: Session, today: date, caller: str | None) -> tuple[int, int]:
    """How many promises are broken, and how many can still be kept in time."""
    still = promises.c.state == inline(PromiseState.OPEN)
    mine = still if caller is None else still & (promises.c.caller == caller)
    late = _up_to(session, select(promises.c.id).where(mine, promises.c.due_on < today))
    return late, _up_to(session, select(promises.c.id).where(mine, promises.c.due_on >= today))


def _raisers(caller: str | None, *conditions: ColumnElement[bool]) -> Select[Any]:
    beside = issues.join(raisers, raisers.c.issue_id == issues.c.id)
    if caller is not None:
        beside = beside.outerjoin(calls, calls.c.id == raisers.c.call_id)
    return select(raisers.c.id).select_from(beside).where(*conditions, *_mine(caller))


def count_waiting(session: Session, caller: str | None) -> int:
    """How many ``waiting`` would be."""
    return _up_to(session, _raisers(caller, IS_SETTLED, ~_FAILURE, WAITS).order_by(issues.c.settled_at))


def count_without_word(session: Session, before: datetime, caller: str | None) -> int:
    """How many ``without_word`` would be."""
    still = IS_UNTOLD & (issues.c.state == IssueState.OPEN) & ~_FAILURE & (issues.c.opened_at < before)
    return _up_to(session, _raisers(caller, still, WAITS, before > WORD_AT).order_by(issues.c.opened_at))


def count_other_things(session: Session, until: date, caller: str | None) -> int:
    """How many ``other_things`` would be."""
    found = select(owings.c.id).join(customers, customers.c.id == owings.c.customer_id).where(*_due(until))
    if caller is not None:
        found = found.join(calls, calls.c.id == owings.c.call_id).where(calls.c.caller == caller)
    return _up_to(session, found)


LEFT_ALONE = (Standing.DO_NOT_CALL, Standing.FORMER, Standing.PAUSED, Standing.MERGED)
"""How those stand to whom no touch is proposed. A former customer who may be drawn stands otherwise."""
