"""Calls and tries in the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, insert, or_, select, update
from sqlalchemy.orm import Session

from care.model.base import inline
from care.model.call import attempts, calls, weeks_off
from care.model.customer import companies, customers
from care.store.rows import added
from care.words import CallKind, CallState, Outcome

_PLANNED = calls.c.state == inline(CallState.PLANNED)

CALL = (
    calls, customers.c.name, companies.c.name.label("company"), customers.c.phone,
    customers.c.zone.label("customer_zone"), customers.c.uid, customers.c.cycle, customers.c.place,
    customers.c.last_heard_at, customers.c.country.label("customer_country"),
    customers.c.hours.label("customer_hours"), customers.c.owner.label("customer_owner"),
)  # fmt: skip
"""The columns of a call beside its customer's; select them from ``with_customer()``."""


def with_customer() -> Any:
    """Calls beside their customer and the customer's company."""
    beside = calls.join(customers, customers.c.id == calls.c.customer_id)
    return beside.outerjoin(companies, companies.c.id == customers.c.company_id)


def _chosen() -> Any:
    return select(*CALL).select_from(with_customer())


def call_row(session: Session, call_id: int) -> Any | None:
    """One call beside its customer, or None."""
    return session.execute(_chosen().where(calls.c.id == call_id)).one_or_none()


def calls_of_week(session: Session, week: str, since: datetime | None, until: datetime | None) -> Sequence[Any]:
    """The calls of a week's plan, those carried into it still open, and those carried that ended while it ran.

    It runs from ``since``, when it was drawn, until before ``until``, when the next one was; None where that is open.
    """
    mine = [calls.c.week == week, and_(_PLANNED, calls.c.week < week)]
    if since is not None:
        ended = (calls.c.week < week) & (calls.c.closed_at >= since) & (calls.c.state != CallState.LAPSED)
        mine.append(ended if until is None else ended & (calls.c.closed_at < until))
    ordered = _chosen().where(or_(*mine)).order_by(calls.c.starts_at.is_(None), calls.c.starts_at, calls.c.id)
    return session.execute(ordered).all()


def drawn_in(session: Session, week: str) -> Sequence[Any]:
    """The calls the draws of that week gave, whatever became of them."""
    mine = (calls.c.week == week) & (calls.c.kind == CallKind.DRAWN)
    return session.execute(_chosen().where(mine).order_by(calls.c.id)).all()


def open_calls(session: Session, customer_id: int | None = None) -> Sequence[Any]:
    """Calls still to be made, of one customer or of all, the earliest week first."""
    wanted = _chosen().where(_PLANNED)
    if customer_id is not None:
        wanted = wanted.where(calls.c.customer_id == customer_id)
    return session.execute(wanted.order_by(calls.c.week, calls.c.id)).all()


def calendar_calls(session: Session) -> Sequence[Any]:
    """Calls that may have to do with a calendar: those still to be made, and those something was given out of."""
    wanted = _chosen().where(or_(_PLANNED, calls.c.published.is_not(None)))
    return session.execute(wanted.order_by(calls.c.week, calls.c.id)).all()


def calls_of_customer(session: Session, customer_id: int) -> Sequence[Any]:
    """All calls with a customer, oldest first."""
    return session.execute(_chosen().where(calls.c.customer_id == customer_id).order_by(calls.c.id)).all()


def untried_before(session: Session, week: str) -> Sequence[Any]:
    """Drawn calls of earlier weeks that nobody tried."""
    untried = (calls.c.week < week) & (calls.c.tries == 0) & (calls.c.kind == CallKind.DRAWN)
    return session.execute(_chosen().where(_PLANNED, untried).order_by(calls.c.week, calls.c.id)).all()


def last_lapse_of(session: Session, customer_ids: Sequence[int]) -> dict[int, str]:
    """For customers whose latest drawn call lapsed or was skipped: the week it did."""
    latest = (
        select(func.max(calls.c.id))
        .where(calls.c.customer_id.in_(customer_ids), calls.c.kind == CallKind.DRAWN)
        .group_by(calls.c.customer_id)
    )
    gone = calls.c.state.in_((CallState.LAPSED, CallState.SKIPPED))
    found = session.execute(select(calls.c.customer_id, calls.c.week).where(calls.c.id.in_(latest), gone))
    return {row.customer_id: row.week for row in found}


def add_call(session: Session, values: Mapping[str, Any]) -> int:
    """The id of the new call."""
    return added(session, calls, values)


def change_call(session: Session, call_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one call."""
    session.execute(update(calls).where(calls.c.id == call_id).values(**values))


def stands_beside(session: Session, call_id: int) -> bool:
    """Whether a reserve has already stepped up beside this call."""
    return session.execute(select(calls.c.id).where(calls.c.beside == call_id)).first() is not None


def add_attempt(session: Session, values: Mapping[str, Any]) -> int:
    """Records one try and counts it on the call."""
    attempt_id = added(session, attempts, values)
    session.execute(update(calls).where(calls.c.id == values["call_id"]).values(tries=calls.c.tries + 1))
    return attempt_id


def attempts_of(session: Session, call_ids: Sequence[int]) -> Sequence[Any]:
    """The tries of these calls, oldest first."""
    chosen = select(attempts).where(attempts.c.call_id.in_(call_ids))
    return session.execute(chosen.order_by(attempts.c.at, attempts.c.id)).all()


def latest_attempt(session: Session) -> int:
    """The highest number a try has, 0 where there is none."""
    return int(session.execute(select(func.max(attempts.c.id))).scalar_one() or 0)


def reached_at(session: Session, customer_id: int, at: datetime, since: int) -> bool:
    """Whether a try later than that number reached the customer at that very instant."""
    mine = (attempts.c.customer_id == customer_id) & (attempts.c.at == at) & (attempts.c.id > since)
    return session.execute(select(attempts.c.id).where(mine, attempts.c.outcome == Outcome.REACHED)).first() is not None


def held_between(session: Session, since: datetime, until: datetime) -> Sequence[Any]:
    """Talks held from ``since`` until before ``until``, newest first."""
    within = (calls.c.held_at >= since) & (calls.c.held_at < until)
    return session.execute(_chosen().where(within).order_by(calls.c.held_at.desc(), calls.c.id.desc())).all()


def held_in_company(session: Session, company_id: int, since: datetime) -> Sequence[Any]:
    """Talks held since then with customers of that company, newest first."""
    mine = (calls.c.held_at >= since) & (customers.c.company_id == company_id)
    return session.execute(_chosen().where(mine).order_by(calls.c.held_at.desc(), calls.c.id.desc())).all()


def last_held(session: Session, customer_id: int, before: datetime | None = None) -> Any | None:
    """The latest talk with a customer, or None."""
    mine = (calls.c.customer_id == customer_id) & calls.c.held_at.is_not(None)
    if before is not None:
        mine = mine & (calls.c.held_at < before)
    return session.execute(_chosen().where(mine).order_by(calls.c.held_at.desc()).limit(1)).one_or_none()


def weeks_kept(session: Session, since: str, until: str) -> list[tuple[str, int, int, int]]:
    """For each week with a plan: week, calls planned in it, how many of them were tried, and talks held."""
    tried = case((calls.c.tries > 0, 1), else_=0)
    held = case((calls.c.state == CallState.HELD, 1), else_=0)
    counted = (
        select(calls.c.week, func.count(), func.sum(tried), func.sum(held))
        .where(calls.c.week >= since, calls.c.week <= until, calls.c.draw_id.is_not(None))
        .group_by(calls.c.week)
        .order_by(calls.c.week)
    )
    return [(week, int(n), int(tries), int(talks)) for week, n, tries, talks in session.execute(counted)]


def spoke_with(session: Session, since: datetime, until: datetime) -> dict[str, int]:
    """How many talks each of the team held in that time."""
    counted = select(calls.c.caller, func.count()).where(calls.c.held_at >= since, calls.c.held_at < until)
    return {caller: int(n) for caller, n in session.execute(counted.group_by(calls.c.caller))}


def listeners_between(session: Session, since: datetime, until: datetime) -> list[str]:
    """The names of those who listened in on talks in that time, as comma-joined lists."""
    heard = (calls.c.held_at >= since) & (calls.c.held_at < until) & calls.c.listeners.is_not(None)
    return list(session.execute(select(calls.c.listeners).where(heard)).scalars())


def tries_between(session: Session, since: datetime, until: datetime) -> dict[Outcome, int]:
    """How often each outcome came about in that time."""
    counted = select(attempts.c.outcome, func.count()).where(attempts.c.at >= since, attempts.c.at < until)
    return {Outcome(outcome): int(n) for outcome, n in session.execute(counted.group_by(attempts.c.outcome))}


def lapsed_between(session: Session, since: datetime, until: datetime) -> int:
    """How many calls nobody tried lapsed in that time."""
    lapsed = (calls.c.closed_at >= since) & (calls.c.closed_at < until) & (calls.c.state == CallState.LAPSED)
    return int(session.execute(select(func.count()).select_from(calls).where(lapsed)).scalar_one())


def off_weeks(session: Session) -> dict[str, str]:
    """Weeks marked off, with the reason."""
    return {row.week: row.reason for row in session.execute(select(weeks_off))}


def mark_off(session: Session, week: str, reason: str) -> None:
    """Marks a week off."""
    session.execute(insert(weeks_off).values(week=week, reason=reason))
