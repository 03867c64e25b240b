"""The readings of drawn talks, and the customers they speak for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.model.call import calls
from care.model.customer import customers
from care.model.draw import draw_entries, draws
from care.model.interview import answers, questions
from care.model.tally import tally
from care.words import IN_THE_ORDER, CallKind, CallState

_DRAWN = calls.c.kind == CallKind.DRAWN


def readings_between(session: Session, since: datetime, until: datetime) -> Sequence[Any]:
    """Readings of drawn talks held in that time, oldest first, with the stratum they were drawn from and when."""
    entry = (draw_entries.c.draw_id == calls.c.draw_id) & (draw_entries.c.rank == calls.c.rank)
    joined = (
        select(
            questions.c.key, questions.c.kind, answers.c.customer_id, answers.c.reading, draw_entries.c.stratum,
            draws.c.drawn_at, customers.c.added_at,
        )
        .join(questions, questions.c.id == answers.c.question_id)
        .join(calls, calls.c.id == answers.c.call_id)
        .join(customers, customers.c.id == answers.c.customer_id)
        .join(draws, draws.c.id == calls.c.draw_id)
        .join(draw_entries, entry)
    )  # fmt: skip
    within = (calls.c.held_at >= since) & (calls.c.held_at < until) & _DRAWN
    return session.execute(joined.where(within, answers.c.reading.is_not(None)).order_by(calls.c.held_at)).all()


def closed_between(session: Session, since: datetime, until: datetime) -> frozenset[int]:
    """Customers whose drawn call came to its end in that time: heard, refused or never reached."""
    ended = calls.c.state.in_((CallState.HELD, CallState.REFUSED, CallState.UNREACHED))
    within = (calls.c.closed_at >= since) & (calls.c.closed_at < until)
    return frozenset(session.execute(select(calls.c.customer_id).where(within, ended, _DRAWN)).scalars())


def heard_between(session: Session, since: datetime, until: datetime) -> frozenset[int]:
    """Customers with whom a drawn talk was held in that time."""
    within = (calls.c.held_at >= since) & (calls.c.held_at < until) & _DRAWN
    return frozenset(session.execute(select(calls.c.customer_id).where(within)).scalars())


def in_order(session: Session) -> dict[str, int]:
    """How many customers of each stratum could be drawn today or once they have rested, from the counters."""
    counted = select(tally.c.stratum, func.sum(tally.c.n)).where(tally.c.standing.in_(IN_THE_ORDER))
    return {stratum: int(n) for stratum, n in session.execute(counted.group_by(tally.c.stratum))}


def last_customer_before(session: Session, instant: datetime) -> int:
    """The highest id of those who had joined by then; a walk over those who came later only."""
    joined = select(customers.c.id).where(customers.c.added_at <= instant)
    return int(session.execute(joined.order_by(customers.c.id.desc()).limit(1)).scalar_one_or_none() or 0)


def newcomers(session: Session, last_id: int) -> list[tuple[str, str, int]]:
    """Those with a higher id who could be drawn: stratum, the month they joined in, and their number."""
    month = func.strftime("%Y-%m", customers.c.added_at)
    later = (customers.c.id > last_id) & customers.c.standing.in_(IN_THE_ORDER)
    counted = select(customers.c.stratum, month, func.count()).where(later).group_by(customers.c.stratum, month)
    return [(stratum, str(joined), int(n)) for stratum, joined, n in session.execute(counted)]
