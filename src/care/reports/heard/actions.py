"""Where what was heard meets the store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from care.reports.asked import Asking
from care.reports.heard.records import Heard, HeardShare, Quote, worth_reading
from care.reports.heard.shares import FOUNDERS, Part, Quarter, Told, Voice, changes, heard_shares, quarter_of
from care.store import calls as store_calls
from care.store import interviews as store
from care.store import voices as store_voices
from care.store.settings import policy
from care.times.zones import at_midnight, local_date
from care.words import CallKind, QuestionKind

SHOWN = 4
"""So many passages are shown where not everything is asked for."""


def heard(session: Session, asking: Asking) -> Heard:
    """The talks of the time, what customers said in them, and what may be claimed of it."""
    period, zone = asking.period, policy(session).timezone
    talks = store_calls.held_between(session, period.start, period.end)
    rows = store.quotes_of(session, [talk.id for talk in talks], private=asking.private)
    quotes = [
        Quote(row.customer_id, row.name, row.key, row.words, row.reading, local_date(row.held_at, zone),
              row.held_at >= period.new_from)
        for row in rows
    ]  # fmt: skip
    voices, population = _voices(session, period.start, period.end)
    shares = heard_shares(voices, population, store_voices.closed_between(session, period.start, period.end))
    best = worth_reading(quotes, [row.call_id for row in rows], None if asking.everything else SHOWN)
    drawn = sum(talk.kind is CallKind.DRAWN for talk in talks)
    return Heard(len(talks), drawn, best, _with_changes(session, shares, period.until))


def _voices(session: Session, since: datetime, until: datetime) -> tuple[list[Voice], dict[Part, int]]:
    rows = store_voices.readings_between(session, since, until)
    if not rows:
        return [], {}
    last_founder = store_voices.last_customer_before(session, min(row.drawn_at for row in rows))
    voices = [
        Voice(row.key, row.kind is QuestionKind.EVERY, row.customer_id, row.reading, row.stratum,
              f"{row.added_at:%Y-%m}" if row.customer_id > last_founder else FOUNDERS)
        for row in rows
    ]  # fmt: skip
    population: dict[Part, int] = {}
    for stratum, month, n in store_voices.newcomers(session, last_founder):
        population[(stratum, month)] = n
    for stratum, n in store_voices.in_order(session).items():
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
    rows = store_voices.readings_between(session, start, end)
    voices = [
        Voice(row.key, row.kind is QuestionKind.EVERY, row.customer_id, row.reading, row.stratum, FOUNDERS)
        for row in rows
    ]
    return Told(quarter, voices, store_voices.heard_between(session, start, end))
