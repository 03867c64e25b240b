"""Where what we owe meets the store: of each kind only as much is read as is shown."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from care.customers.person import Person
from care.issues.life import NO_WORD_DAYS, SETTLED
from care.promises.keeping import overdue_days, state_on
from care.reports.owed import PROMISE, RECOVER, TELL, WORD, Owed, OwedCounts, OwedItem, in_order
from care.store import owed as store
from care.store.settings import policy
from care.times.zones import as_instant, local_date
from care.words import IssueKind


def owed(session: Session, now: datetime, *, caller: str | None = None, limit: int | None = None) -> Owed:
    """Everything we owe customers, or what that caller owes, the most overdue first; the counts are of all of it."""
    settings = policy(session)
    zone, today = settings.timezone, local_date(now, settings.timezone)
    recover = timedelta(days=settings.recover_days)
    word_before = as_instant(today - timedelta(days=NO_WORD_DAYS), time(0), zone).instant
    items = [_promise(row, today) for row in store.promised(session, caller, limit)]
    most = None if limit is None else max(limit, store.COUNTED)
    failures = [_failure(row, recover, zone, today) for row in store.unrecovered(session, caller, most)]
    late = [one for one in failures if one.kind == TELL or one.overdue_days]
    told = [_tell(row, zone, today) for row in store.waiting(session, caller, limit)]
    items += [*late, *told]
    items += [_word(row, zone, today) for row in store.without_word(session, word_before, caller, limit)]
    items += [_other(row, today) for row in store.other_things(session, today, caller, limit)]
    untold = [one for one in (*late, *told) if one.kind == TELL]
    broken, promised = store.promise_counts(session, today, caller)
    counts = OwedCounts(
        broken=broken,
        recover=len(late) - sum(one.kind == TELL for one in late),
        tell=store.count_waiting(session, caller) + sum(one.kind == TELL for one in late),
        where_it_stands=store.count_without_word(session, word_before, caller),
        stay_in_touch=store.count_other_things(session, today, caller),
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
