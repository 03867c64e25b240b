"""Calls and tries in the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import Join, Select, and_, func, or_, select, update
from sqlalchemy.orm import Session

from care.calls.errors import CallIsOver, NoSuchCall
from care.calls.records import CallChange, CallRow
from care.db.fetch import fetch, fetch_one
from care.db.tables.call import Attempt, WeekOff, attempts, calls, weeks_off
from care.db.tables.columns import inline
from care.db.tables.customer import companies, customers
from care.db.tables.draw import Draw, DrawEntry, draw_entries, draws
from care.times.weeks import Week
from care.words import CallKind, CallState, Outcome

IS_PLANNED = calls.c.state == inline(CallState.PLANNED)

CALL = (
    calls, customers.c.name, companies.c.name.label("company"), customers.c.phone,
    customers.c.zone.label("customer_zone"), customers.c.uid, customers.c.cycle, customers.c.place,
    customers.c.last_heard_at, customers.c.country.label("customer_country"),
    customers.c.hours.label("customer_hours"), customers.c.owner.label("customer_owner"),
)  # fmt: skip
"""The columns of a call beside its customer's; select them from ``with_customer()``."""


def with_customer() -> Join:
    """Calls beside their customer and the customer's company."""
    beside = calls.join(customers, customers.c.id == calls.c.customer_id)
    return beside.outerjoin(companies, companies.c.id == customers.c.company_id)


def select_calls() -> Select[Any]:
    """Calls beside their customers, as ``CallRow`` has them."""
    return select(*CALL).select_from(with_customer())


def call_row(session: Session, call_id: int) -> CallRow | None:
    """One call beside its customer, or None."""
    return fetch_one(session, CallRow, select_calls().where(calls.c.id == call_id))


def calls_of_week(session: Session, week: str, since: datetime | None, until: datetime | None) -> list[CallRow]:
    """The calls of a week's plan, those carried into it still open, and those carried that ended while it ran.

    It runs from ``since``, when it was drawn, until before ``until``, when the next one was; None where that is open.
    """
    mine = [calls.c.week == week, and_(IS_PLANNED, calls.c.week < week)]
    if since is not None:
        ended = (calls.c.week < week) & (calls.c.closed_at >= since) & (calls.c.state != CallState.LAPSED)
        mine.append(ended if until is None else ended & (calls.c.closed_at < until))
    ordered = select_calls().where(or_(*mine)).order_by(calls.c.starts_at.is_(None), calls.c.starts_at, calls.c.id)
    return fetch(session, CallRow, ordered)


def drawn_in(session: Session, week: str) -> list[CallRow]:
    """The calls the draws of that week gave, whatever became of them."""
    mine = (calls.c.week == week) & (calls.c.kind == CallKind.DRAWN)
    return fetch(session, CallRow, select_calls().where(mine).order_by(calls.c.id))


def open_calls(session: Session, customer_id: int | None = None) -> list[CallRow]:
    """Calls still to be made, of one customer or of all, the earliest week first."""
    wanted = select_calls().where(IS_PLANNED)
    if customer_id is not None:
        wanted = wanted.where(calls.c.customer_id == customer_id)
    return fetch(session, CallRow, wanted.order_by(calls.c.week, calls.c.id))


def open_call(session: Session, call_id: int) -> CallRow:
    """One call that is still to be made. Raises NoSuchCall, CallIsOver."""
    row = call_row(session, call_id)
    if row is None:
        raise NoSuchCall(f"c{call_id}")
    if row.state is not CallState.PLANNED:
        raise CallIsOver(call_id, row.name, row.state.value)
    return row


def planned_call(session: Session, customer_id: int) -> int | None:
    """The id of the customer's open call, the earliest if there are several, or None."""
    rows = open_calls(session, customer_id)
    return rows[0].id if rows else None


def change_call(session: Session, call_id: int, **columns: Unpack[CallChange]) -> None:
    """Writes these columns of one call."""
    session.execute(update(calls).where(calls.c.id == call_id).values(**columns))


def stands_beside(session: Session, call_id: int) -> bool:
    """Whether a reserve has already stepped up beside this call."""
    return session.execute(select(calls.c.id).where(calls.c.beside == call_id)).first() is not None


def attempts_of(session: Session, call_ids: Sequence[int]) -> list[Attempt]:
    """The tries of these calls, oldest first."""
    chosen = select(attempts).where(attempts.c.call_id.in_(call_ids))
    return fetch(session, Attempt, chosen.order_by(attempts.c.at, attempts.c.id))


def held_between(session: Session, since: datetime, until: datetime) -> list[CallRow]:
    """Talks held from ``since`` until before ``until``, newest first."""
    within = (calls.c.held_at >= since) & (calls.c.held_at < until)
    return fetch(session, CallRow, select_calls().where(within).order_by(calls.c.held_at.desc(), calls.c.id.desc()))


def latest_try(session: Session) -> int:
    """The highest number a try has, 0 where there is none."""
    return int(session.execute(select(func.max(attempts.c.id))).scalar_one() or 0)


def was_reached(session: Session, customer_id: int, at: datetime, since: int) -> bool:
    """Whether a talk with the customer at that very instant was recorded after the try of that number."""
    mine = (attempts.c.customer_id == customer_id) & (attempts.c.at == at) & (attempts.c.id > since)
    return session.execute(select(attempts.c.id).where(mine, attempts.c.outcome == Outcome.REACHED)).first() is not None


def off_weeks(session: Session) -> dict[str, str]:
    """Weeks marked off, with the reason."""
    return {week.week: week.reason for week in fetch(session, WeekOff, select(weeks_off))}


def last_draw(session: Session) -> Draw | None:
    """The newest draw, or None."""
    return fetch_one(session, Draw, select(draws).order_by(draws.c.id.desc()).limit(1))


def draws_of(session: Session, week: str) -> list[Draw]:
    """The draw of a week and its supplements, oldest first."""
    return fetch(session, Draw, select(draws).where(draws.c.week == week).order_by(draws.c.id))


def entries_of(session: Session, parts: Sequence[Draw]) -> list[DrawEntry]:
    """The entries of these draws, in rank."""
    chosen = select(draw_entries).where(draw_entries.c.draw_id.in_([part.id for part in parts]))
    return fetch(session, DrawEntry, chosen.order_by(draw_entries.c.draw_id, draw_entries.c.rank))


def drawn_after(session: Session, week: str) -> datetime | None:
    """When the next week after that one was drawn, or None while it is not."""
    found = select(draws.c.drawn_at).where(draws.c.week > week).order_by(draws.c.week, draws.c.part).limit(1)
    return session.execute(found).scalar_one_or_none()


def has_plan(session: Session, week: Week) -> bool:
    """Whether the week was drawn."""
    return bool(draws_of(session, str(week)))
