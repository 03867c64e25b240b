"""Whether a store is well: the file, its links, and every derived column worked out anew."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from care.customers.eligibility import eligibility_of, facts_of
from care.customers.order import place_of
from care.customers.queries import standing_rows
from care.db import sqlite
from care.db.schema import VERSION
from care.db.settings import draw_key, policy
from care.db.tables.call import calls
from care.db.tables.customer import contacts, customers
from care.db.triggers import PLANNED, RAISERS, SEARCH, TALLY, count_broken
from care.text import plural
from care.times.zones import local_date
from care.words import ContactKind, Eligibility, Usable


class Finding(NamedTuple):
    """One thing looked at: its name, whether it is well, and what was found."""

    name: str
    well: bool
    detail: str


def examine(session: Session, now: datetime) -> list[Finding]:
    """Every check of the store's content, each derived column worked out anew."""
    return [
        *check_file(session),
        *check_customers(session, now),
        _derived("raisers", count_broken(session, RAISERS), "issue"),
        _derived("search", count_broken(session, SEARCH), "passage"),
    ]


def check_file(session: Session) -> Iterator[Finding]:
    """Whether the file is sound and every row has what it belongs to."""
    fault, orphans = sqlite.fault_in(sqlite.driver(session), 1), find_orphans(session)
    yield Finding("schema", True, f"version {VERSION}, as care made it")  # no other store is opened
    yield Finding("file", fault is None, fault or "sound")
    missing = f"{orphans} rows point nowhere" if orphans else "every row has what it belongs to"
    yield Finding("links", orphans == 0, missing)


def check_customers(session: Session, now: datetime) -> Iterator[Finding]:
    """Every column of customers, and every counter of them, that follows from something else."""
    standing, place = _walk(session, now)
    yield _derived("counters", count_broken(session, TALLY), "counter")
    yield _derived("standing", standing, "customer")
    yield _derived("places", place, "customer")
    yield _derived("planned", count_broken(session, PLANNED), "customer")
    yield _derived("last heard", wrong_heard(session), "customer")
    yield _derived("phones", wrong_phones(session), "customer")


def _derived(name: str, wrong: int, what: str) -> Finding:
    return Finding(name, wrong == 0, "as worked out anew" if not wrong else f"{plural(wrong, what)} differ")


_WAKES_AS = {
    Eligibility.PAUSED: (Eligibility.RESTING, Eligibility.CALLABLE),
    Eligibility.RESTING: (Eligibility.CALLABLE,),
}
"""The standing of a customer once their date has come; it is stored by the next draw."""


def _walk(session: Session, now: datetime) -> tuple[int, int]:
    """How many standings and how many places are not what they would be; a date that has come is no mistake."""
    settings, key = policy(session), draw_key(session)
    today, last, wrong_standing, wrong_place = local_date(now, settings.timezone), 0, 0, 0
    while ids := customer_ids(session, last):
        last = ids[-1]
        for row in standing_rows(session, ids):
            standing = eligibility_of(facts_of(row), settings.statuses, today)
            wrong_standing += standing is not row.standing and standing not in _WAKES_AS.get(row.standing, ())
            wrong_place += row.place != place_of(key, row.uid, row.cycle)
    return wrong_standing, wrong_place


PIECE = 2000


def find_orphans(session: Session) -> int:
    """How many rows point at something that is not there."""
    return sqlite.count_orphans(sqlite.driver(session))


def wrong_heard(session: Session) -> int:
    """How many customers were last heard at another moment than their latest talk."""
    latest = select(func.max(calls.c.held_at)).where(calls.c.customer_id == customers.c.id).scalar_subquery()
    differs = customers.c.last_heard_at.is_distinct_from(latest)
    return int(session.execute(select(func.count()).select_from(customers).where(differs)).scalar_one())


def wrong_phones(session: Session) -> int:
    """How many customers repeat another number than their first usable one."""
    usable = (contacts.c.kind == ContactKind.PHONE) & (contacts.c.usable != Usable.NO)
    first = (
        select(case((contacts.c.usable == Usable.UNCHECKED, contacts.c.original), else_=contacts.c.value))
        .where(contacts.c.customer_id == customers.c.id, usable)
        .order_by(contacts.c.rank, contacts.c.id)
        .limit(1)
        .scalar_subquery()
    )
    callable_ = customers.c.standing == Eligibility.CALLABLE
    differs = callable_ & customers.c.phone.is_distinct_from(first)
    return int(session.execute(select(func.count()).select_from(customers).where(differs)).scalar_one())


def customer_ids(session: Session, after: int) -> Sequence[int]:
    """The next piece of customer ids, for a walk through all of them."""
    chosen = select(customers.c.id).where(customers.c.id > after).order_by(customers.c.id).limit(PIECE)
    return list(session.execute(chosen).scalars())
