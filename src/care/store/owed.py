"""What is owed, the first few of it and how much there is: whatever a store holds, this looks at a part only.

Where thousands wait, a count goes up to ``COUNTED`` and no further: nobody acts on a number beyond it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import Session

from care.model.base import inline
from care.model.call import calls
from care.model.customer import companies, customers
from care.model.issue import issues, raisers
from care.model.owing import owings
from care.model.promise import promises
from care.store.issues import SETTLED, UNTOLD
from care.store.raised import BY_WHOM, WAITS, WORD_AT, raised
from care.store.staying import LEFT_ALONE
from care.words import IssueKind, IssueState, OwingState, PromiseState

COUNTED = 1000
"""How far is counted."""

_FAILURE = issues.c.kind == IssueKind.FAILURE


def _mine(caller: str | None) -> list[ColumnElement[bool]]:
    return [] if caller is None else [literal(caller) == BY_WHOM]


def unrecovered(session: Session, caller: str | None, limit: int | None) -> Sequence[Any]:
    """Raisers who wait after a failure of ours, open or settled, the oldest failure first."""
    found = raised(UNTOLD, _FAILURE, WAITS, *_mine(caller))
    return session.execute(found.order_by(issues.c.opened_at, issues.c.id, raisers.c.id).limit(limit)).all()


def waiting(session: Session, caller: str | None, limit: int | None) -> Sequence[Any]:
    """Raisers of settled issues, failures left out, who have not been told; the longest settled first."""
    found = raised(SETTLED, ~_FAILURE, WAITS, *_mine(caller))
    return session.execute(found.order_by(issues.c.settled_at, issues.c.id, raisers.c.id).limit(limit)).all()


def without_word(session: Session, before: datetime, caller: str | None, limit: int | None) -> Sequence[Any]:
    """Raisers of open issues who last heard of it before that instant, failures left out; the oldest issue first."""
    still = UNTOLD & (issues.c.state == IssueState.OPEN) & ~_FAILURE & (issues.c.opened_at < before)
    found = raised(still, WAITS, before > WORD_AT, *_mine(caller))
    return session.execute(found.order_by(issues.c.opened_at, issues.c.id, raisers.c.id).limit(limit)).all()


def promised(session: Session, caller: str | None, limit: int | None) -> Sequence[Any]:
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
    return _up_to(session, _raisers(caller, SETTLED, ~_FAILURE, WAITS).order_by(issues.c.settled_at))


def count_without_word(session: Session, before: datetime, caller: str | None) -> int:
    """How many ``without_word`` would be."""
    still = UNTOLD & (issues.c.state == IssueState.OPEN) & ~_FAILURE & (issues.c.opened_at < before)
    return _up_to(session, _raisers(caller, still, WAITS, before > WORD_AT).order_by(issues.c.opened_at))


def count_other_things(session: Session, until: date, caller: str | None) -> int:
    """How many ``other_things`` would be."""
    found = select(owings.c.id).join(customers, customers.c.id == owings.c.customer_id).where(*_due(until))
    if caller is not None:
        found = found.join(calls, calls.c.id == owings.c.call_id).where(calls.c.caller == caller)
    return _up_to(session, found)
