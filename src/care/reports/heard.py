"""Where what was heard meets the store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.calls.queries import held_between
from care.db.settings import policy
from care.db.tables.call import calls
from care.db.tables.customer import customers
from care.db.tables.draw import draw_entries, draws
from care.db.tables.interview import answers, questions
from care.db.tables.tally import tally
from care.gold.promise_questions import asks_about_promise
from care.reports.asked import Asking
from care.reports.heard_records import Heard, HeardShare, Quote, worth_reading
from care.reports.shares import FOUNDERS, Part, Quarter, Told, Voice, changes, heard_shares, quarter_of
from care.times.zones import at_midnight, local_date
from care.words import IN_THE_ORDER, CallKind, CallState, QuestionKind

SHOWN = 4
"""So many passages are shown where not everything is asked for."""


def heard(session: Session, asking: Asking) -> Heard:
    """The talks of the time, what customers said in them, and what may be claimed of it."""
    period, zone = asking.period, policy(session).timezone
    talks = held_between(session, period.start, period.end)
    rows = quotes_of(session, [talk.id for talk in talks], private=asking.private)
    quotes = [
        Quote(row.customer_id, row.name, row.key, row.words, row.reading, local_date(row.held_at, zone),
              row.held_at >= period.new_from)
        for row in rows
    ]  # fmt: skip
    voices, population = voices_between(session, period.start, period.end)
    voices = [one for one in voices if not asks_about_promise(one.key)]  # how promises are kept stands with the gold
    shares = heard_shares(voices, population, closed_between(session, period.start, period.end))
    best = worth_reading(quotes, [row.call_id for row in rows], None if asking.everything else SHOWN)
    drawn = sum(talk.kind is CallKind.DRAWN for talk in talks)
    return Heard(len(talks), drawn, best, _with_changes(session, shares, period.until))


def voices_between(session: Session, since: datetime, until: datetime) -> tuple[list[Voice], dict[Part, int]]:
    """The readings of drawn talks of that time, oldest first, and the customers they speak for."""
    rows = readings_between(session, since, until)
    if not rows:
        return [], {}
    last_founder = last_customer_before(session, min(row.drawn_at for row in rows))
    voices = [
        Voice(row.key, row.kind is QuestionKind.EVERY, row.customer_id, row.reading, row.stratum,
              f"{row.added_at:%Y-%m}" if row.customer_id > last_founder else FOUNDERS)
        for row in rows
    ]  # fmt: skip
    population: dict[Part, int] = {}
    for stratum, month, n in newcomers(session, last_founder):
        population[(stratum, month)] = n
    for stratum, n in in_order(session).items():
        population[(stratum, FOUNDERS)] = n - sum(m for (name, _), m in population.items() if name == stratum)
    return voices, population


def _with_changes(session: Session, shares: Sequence[HeardShare], until: date) -> tuple[HeardShare, ...]:
    """The shares, each with its change between the last two quarters that were over by then."""
    later = quarter_of(until).before()
    found = changes(_told(session, later.before()), _told(session, later), [one.key for one in shares])
    return tuple(replace(one, change=found[one.key]) for one in shares)


def _told(session: Session, quarter: Quarter) -> Told:
    zone = policy(session).timezone
    start, end = at_midnight(quarter.first, zone), at_midnight(quarter.after().first, zone)
    rows = readings_between(session, start, end)
    voices = [
        Voice(row.key, row.kind is QuestionKind.EVERY, row.customer_id, row.reading, row.stratum, FOUNDERS)
        for row in rows
    ]
    return Told(quarter, voices, heard_between(session, start, end))


def quotes_of(session: Session, call_ids: Sequence[int], *, private: bool) -> Sequence[Any]:
    """Customers' words in these calls, newest talk first; private answers only when asked for."""
    joined = (
        select(answers, questions.c.key, customers.c.name, calls.c.held_at, calls.c.kind.label("call_kind"))
        .join(questions, questions.c.id == answers.c.question_id)
        .join(calls, calls.c.id == answers.c.call_id)
        .join(customers, customers.c.id == answers.c.customer_id)
    )
    mine = joined.where(answers.c.call_id.in_(call_ids), answers.c.words.is_not(None))
    if not private:
        mine = mine.where(answers.c.private.is_(False))
    return session.execute(mine.order_by(calls.c.held_at.desc(), answers.c.id)).all()


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
