"""A week's plan with what is known around its calls: who is to be told what, and whom to call beside the draw."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import column, func, select, table
from sqlalchemy.orm import Session

from care.calls.records import NoTime, Plan, Suggested
from care.calls.week import show_plan
from care.customers.records import Person
from care.db.fetch import fetch
from care.db.settings import policy
from care.db.tables.columns import inline
from care.db.tables.customer import companies, customers
from care.db.tables.issue import IS_SETTLED, issues, raisers
from care.issues.queries import WAITS, raised
from care.issues.tell_notes import with_tell_notes
from care.times.weeks import Week
from care.times.zones import local_date
from care.words import DuplicateState, Eligibility, IssueState

SUGGESTED = 5
"""So many calls are suggested at most beside the draw."""

UNCALLED = frozenset({Eligibility.MERGED, Eligibility.DO_NOT_CALL, Eligibility.PAUSED})
"""Standings of customers to whom no call is suggested."""


def show_week(session: Session, week: Week, now: datetime, *, no_time: tuple[NoTime, ...] = ()) -> Plan:
    """The plan of a week as it stands, drawn or not, complete."""
    return complete(session, show_plan(session, week, no_time=no_time), now)


def complete(session: Session, plan: Plan, now: datetime) -> Plan:
    """The plan with the issues to tell of noted on its calls, the calls suggested beside them, and open duplicates."""
    return plan._replace(
        calls=with_tell_notes(session, plan.calls),
        doubles=_count_duplicates(session),
        suggested=_suggested(session, plan, now),
    )


def _suggested(session: Session, plan: Plan, now: datetime) -> tuple[Suggested, ...]:
    """Whom to call beside the draw of a week that is not over, because they wait to be told: the longest first."""
    zone = policy(session).timezone
    today = local_date(now, zone)
    if plan.sunday < today:
        return ()
    waiting: dict[int, list[_Waiting]] = {}
    for row in _to_call(session, SUGGESTED * 20):
        waiting.setdefault(row.customer_id, []).append(row)
    return tuple(
        Suggested(
            Person(first.customer_id, first.name, first.company, first.phone, first.zone),
            tuple(f"i{row.id} {row.state.value}" for row in (first, *others)),
            (today - local_date(first.settled_at, zone)).days,
        )
        for first, *others in list(waiting.values())[:SUGGESTED]
    )


class _Waiting(NamedTuple):
    """A settled issue beside a customer who was not told of it."""

    id: int
    state: IssueState
    settled_at: datetime
    customer_id: int
    name: str
    company: str | None
    phone: str | None
    zone: str | None
    planned: int
    standing: Eligibility


def _to_call(session: Session, limit: int) -> list[_Waiting]:
    """Raisers of settled issues who were not told, can be called and have no call planned: longest settled first.

    They are looked for among the first so many who wait.
    """
    chosen = raised(IS_SETTLED, WAITS).with_only_columns(
        issues.c.id, issues.c.state, issues.c.settled_at, raisers.c.customer_id, customers.c.name,
        companies.c.name.label("company"), customers.c.phone, customers.c.zone, customers.c.planned,
        customers.c.standing,
    )  # fmt: skip
    first = fetch(session, _Waiting, chosen.order_by(issues.c.settled_at, issues.c.id, raisers.c.id).limit(limit))
    return [row for row in first if row.phone and not row.planned and row.standing not in UNCALLED]


def _count_duplicates(session: Session) -> int:
    """How many pairs of customers may be one person: counted without their own table's module, for every plan asks."""
    pairs = table("duplicate", column("state"))
    return int(session.execute(select(func.count()).where(pairs.c.state == inline(DuplicateState.OPEN))).scalar_one())
