"""Where the doctor looks into the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from care.customers.eligibility import facts_of, standing_of
from care.customers.order import place_of
from care.customers.queries import standing_rows
from care.db import full_text
from care.db.schema import VERSION
from care.db.settings import draw_key, policy
from care.db.tables.call import calls
from care.db.tables.customer import contacts, customers
from care.db.tables.issue import issues, raisers
from care.db.tables.tally import tally
from care.text import plural
from care.times.zones import local_date
from care.words import CallState, ContactKind, Standing, Usable


class Finding(NamedTuple):
    """One thing looked at: its name, whether it is well, and what was found."""

    name: str
    well: bool
    detail: str


def examine(session: Session, now: datetime) -> list[Finding]:
    """Every check of the store's content, each derived column worked out anew."""
    integrity, orphans = check_integrity(session), find_orphans(session)
    found = [
        Finding("schema", True, f"version {VERSION}, as care made it"),  # the door refuses any other
        Finding("file", integrity == "ok", "sound" if integrity == "ok" else integrity),
        Finding(
            "links",
            orphans == 0,
            "every row has what it belongs to" if not orphans else f"{orphans} rows point nowhere",
        ),
    ]
    standing, place = _walk(session, now)
    for name, wrong, what in (
        ("counters", wrong_counters(session), "counter"),
        ("standing", standing, "customer"),
        ("places", place, "customer"),
        ("planned", wrong_planned(session), "customer"),
        ("last heard", wrong_heard(session), "customer"),
        ("phones", wrong_phones(session), "customer"),
        ("raisers", wrong_issues(session), "issue"),
        ("search", full_text.wrong_notes(session), "passage"),
    ):
        found.append(Finding(name, wrong == 0, "as worked out anew" if not wrong else f"{plural(wrong, what)} differ"))
    return found


_WAKES_AS = {Standing.PAUSED: (Standing.RESTING, Standing.CALLABLE), Standing.RESTING: (Standing.CALLABLE,)}
"""How somebody stands once their date has come; nobody is woken before the next draw."""


def _walk(session: Session, now: datetime) -> tuple[int, int]:
    """How many standings and how many places are not what they would be; a date that has come is no mistake."""
    settings, key = policy(session), draw_key(session)
    today, last, wrong_standing, wrong_place = local_date(now, settings.timezone), 0, 0, 0
    while ids := customer_ids(session, last):
        last = ids[-1]
        for row in standing_rows(session, ids):
            standing = standing_of(facts_of(row), settings.statuses, today)
            wrong_standing += standing is not row.standing and standing not in _WAKES_AS.get(row.standing, ())
            wrong_place += row.place != place_of(key, row.uid, row.cycle)
    return wrong_standing, wrong_place


PIECE = 2000


def check_integrity(session: Session) -> str:
    """``ok``, or the first thing SQLite found wrong with the file."""
    return str(session.connection().exec_driver_sql("PRAGMA integrity_check(1)").scalar_one())


def find_orphans(session: Session) -> int:
    """How many rows point at something that is not there."""
    return len(session.connection().exec_driver_sql("PRAGMA foreign_key_check").fetchall())


def wrong_counters(session: Session) -> int:
    """How many counters of customers differ from a count."""
    keys = (customers.c.stratum, customers.c.standing, customers.c.cycle)
    heard = case((customers.c.last_heard_at.is_(None), 0), else_=1)
    counted = {tuple(row) for row in session.execute(select(*keys, heard, func.count()).group_by(*keys, heard))}
    kept = {tuple(row) for row in session.execute(select(tally))}
    return len(counted ^ kept)


def wrong_planned(session: Session) -> int:
    """How many customers have another number of open calls than is kept with them."""
    open_calls = (
        select(func.count())
        .where(calls.c.customer_id == customers.c.id, calls.c.state == CallState.PLANNED)
        .scalar_subquery()
    )
    return int(session.execute(select(func.count()).where(customers.c.planned != open_calls)).scalar_one())


def wrong_heard(session: Session) -> int:
    """How many customers were last heard at another moment than their latest talk."""
    latest = select(func.max(calls.c.held_at)).where(calls.c.customer_id == customers.c.id).scalar_subquery()
    differs = customers.c.last_heard_at.is_distinct_from(latest)
    return int(session.execute(select(func.count()).select_from(customers).where(differs)).scalar_one())


def wrong_issues(session: Session) -> int:
    """How many issues count their raisers wrongly."""
    mine = raisers.c.issue_id == issues.c.id
    counted = select(func.count()).where(mine).scalar_subquery()
    untold = select(func.count()).where(mine, raisers.c.told_at.is_(None)).scalar_subquery()
    differs = (issues.c.raisers != counted) | (issues.c.waiting != untold)
    return int(session.execute(select(func.count()).select_from(issues).where(differs)).scalar_one())


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
    callable_ = customers.c.standing == Standing.CALLABLE
    differs = callable_ & customers.c.phone.is_distinct_from(first)
    return int(session.execute(select(func.count()).select_from(customers).where(differs)).scalar_one())


def customer_ids(session: Session, after: int) -> Sequence[int]:
    """The next piece of customer ids, for a walk through all of them."""
    chosen = select(customers.c.id).where(customers.c.id > after).order_by(customers.c.id).limit(PIECE)
    return list(session.execute(chosen).scalars())
