"""Whether a store is sound: the file, its rows, and every column that is derived from others."""

from collections.abc import Sequence

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from care.model.call import calls
from care.model.contact import contacts
from care.model.customer import customers
from care.model.issue import issues, raisers
from care.model.tally import tally
from care.words import CallState, ContactKind, Standing, Usable

PIECE = 2000


def integrity(session: Session) -> str:
    """``ok``, or the first thing SQLite found wrong with the file."""
    return str(session.connection().exec_driver_sql("PRAGMA integrity_check(1)").scalar_one())


def orphans(session: Session) -> int:
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
