"""The section of what was heard: talks, passages, and the shares of good readings."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.calls.queries import held_between
from care.db.fetch import fetch
from care.db.settings import policy
from care.db.tables.call import calls
from care.db.tables.customer import customers
from care.db.tables.draw import draw_entries, draws
from care.db.tables.interview import answers, questions
from care.db.tables.tally import tally
from care.gold.promise_questions import asks_about_promise
from care.reports.blocks import QUIET, Block, Quoted, lead
from care.reports.heard_records import Heard, HeardShare, Quote, worth_reading
from care.reports.records import Asking, Gathered, Report
from care.reports.share_blocks import share_blocks
from care.reports.shares import (
    FOUNDERS,
    Cohort,
    DrawnReading,
    Quarter,
    QuarterReadings,
    changes,
    heard_shares,
    quarter_of,
)
from care.text import plural
from care.times.zones import at_midnight, local_date
from care.words import IN_THE_ORDER, CallKind, CallState, QuestionKind, Reading

SHOWN = 4
"""So many passages are shown where not everything is asked for."""


class QuoteRow(NamedTuple):
    """An answer in a customer's words, beside the talk it was given in."""

    call_id: int
    customer_id: int
    words: str
    reading: Reading | None
    key: str
    name: str
    held_at: datetime


class ReadingRow(NamedTuple):
    """The reading of an answer in a drawn talk, and the draw that gave it."""

    key: str
    kind: QuestionKind
    customer_id: int
    reading: Reading
    stratum: str
    drawn_at: datetime
    added_at: datetime


def gather(session: Session, asking: Asking, now: datetime) -> Gathered:
    """The talks of the time, what customers said in them, and what may be claimed of it."""
    period, zone = asking.period, policy(session).timezone
    talks = held_between(session, period.start, period.end)
    rows = quotes_of(session, [talk.id for talk in talks], private=asking.private)
    quotes = [
        Quote(row.customer_id, row.name, row.key, row.words, row.reading, local_date(row.held_at, zone),
              row.held_at >= period.new_from)
        for row in rows
    ]  # fmt: skip
    readings, population = readings_with_population(session, period.start, period.end)
    # How promises are kept stands with the gold.
    readings = [reading for reading in readings if not asks_about_promise(reading.key)]
    shares = heard_shares(readings, population, closed_between(session, period.start, period.end))
    best = worth_reading(quotes, [row.call_id for row in rows], None if asking.everything else SHOWN)
    drawn = sum(talk.kind is CallKind.DRAWN for talk in talks)
    return Gathered(Heard(len(talks), drawn, best, _with_changes(session, shares, period.until)), {})


def blocks(heard: Heard, report: Report, terminal: bool) -> Iterator[Block]:
    """How many talks there were, a passage of each, and the shares of good readings."""
    if not heard.talks:
        yield lead("HEARD", "no talks yet in this time", QUIET)
        return
    drawn = "all of them drawn" if heard.drawn == heard.talks else f"{heard.drawn or 'none'} of them drawn"
    if heard.talks == 1:
        drawn = "drawn" if heard.drawn else "not drawn"
    yield lead("HEARD", plural(heard.talks, "talk") + f", {drawn}")
    for quote in heard.quotes:
        yield Quoted("*" if quote.new else "", f"“{quote.words}”", f"{quote.name}, on {quote.key}")
    yield from share_blocks(heard.shares)


def readings_with_population(
    session: Session, since: datetime, until: datetime
) -> tuple[list[DrawnReading], dict[Cohort, int]]:
    """The readings of drawn talks of that time, oldest first, and the customers they speak for."""
    rows = readings_between(session, since, until)
    if not rows:
        return [], {}
    last_founder = last_customer_before(session, min(row.drawn_at for row in rows))
    readings = [_reading(row, f"{row.added_at:%Y-%m}" if row.customer_id > last_founder else FOUNDERS) for row in rows]
    population: dict[Cohort, int] = {}
    for stratum, month, n in newcomers(session, last_founder):
        population[(stratum, month)] = n
    for stratum, n in in_order(session).items():
        population[(stratum, FOUNDERS)] = n - sum(m for (name, _), m in population.items() if name == stratum)
    return readings, population


def _reading(row: ReadingRow, joined: str) -> DrawnReading:
    return DrawnReading(row.key, row.kind is QuestionKind.EVERY, row.customer_id, row.reading, row.stratum, joined)


def _with_changes(session: Session, shares: Sequence[HeardShare], until: date) -> tuple[HeardShare, ...]:
    """The shares, each with its change between the last two quarters that were over by then."""
    later = quarter_of(until).before()
    by_key = changes(_of_quarter(session, later.before()), _of_quarter(session, later), [share.key for share in shares])
    return tuple(share._replace(change=by_key[share.key]) for share in shares)


def _of_quarter(session: Session, quarter: Quarter) -> QuarterReadings:
    zone = policy(session).timezone
    start, end = at_midnight(quarter.first, zone), at_midnight(quarter.after().first, zone)
    readings = [_reading(row, FOUNDERS) for row in readings_between(session, start, end)]
    return QuarterReadings(quarter, readings, heard_between(session, start, end))


def quotes_of(session: Session, call_ids: Sequence[int], *, private: bool) -> list[QuoteRow]:
    """Customers' words in these calls, newest talk first; private answers only when asked for."""
    joined = (
        select(
            answers.c.call_id, answers.c.customer_id, answers.c.words, answers.c.reading, questions.c.key,
            customers.c.name, calls.c.held_at,
        )
        .join(questions, questions.c.id == answers.c.question_id)
        .join(calls, calls.c.id == answers.c.call_id)
        .join(customers, customers.c.id == answers.c.customer_id)
    )  # fmt: skip
    answered = joined.where(answers.c.call_id.in_(call_ids), answers.c.words.is_not(None))
    if not private:
        answered = answered.where(answers.c.private.is_(False))
    return fetch(session, QuoteRow, answered.order_by(calls.c.held_at.desc(), answers.c.id))


_DRAWN = calls.c.kind == CallKind.DRAWN


def readings_between(session: Session, since: datetime, until: datetime) -> list[ReadingRow]:
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
    read = joined.where(within, answers.c.reading.is_not(None))
    return fetch(session, ReadingRow, read.order_by(calls.c.held_at))


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
