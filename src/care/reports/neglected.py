"""The section of the neglected: gone silent, or never heard."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.calls.frame import seats_in
from care.customers.queries import heard_counts, standings, with_company
from care.db.fetch import fetch
from care.db.settings import policy
from care.db.tables.customer import companies, customers
from care.reports.blocks import QUIET, WELL, Block, Cell, Table, lead, line
from care.reports.pace import WEEKS_A_YEAR, all_heard_by, weekly_for_a_year, weeks_to_all
from care.reports.records import Asking, Gathered, Report
from care.text import plural
from care.times.when import span_words
from care.times.zones import local_date
from care.words import Eligibility

SERVED = frozenset(
    {Eligibility.CALLABLE, Eligibility.PLANNED, Eligibility.RESTING, Eligibility.PAUSED, Eligibility.NO_PHONE}
)
"""Those we serve and could wish to hear; nobody is neglected who asked not to be called."""

NAMED = 5
"""At most so many neglected customers are named: a list nobody reads helps nobody."""


class Neglectee(NamedTuple):
    """A customer as the report names them."""

    id: int
    name: str
    company: str | None


class NeglectedCustomer(NamedTuple):
    """One neglected customer and why they are worth a call first."""

    customer: Neglectee
    last_heard_on: date | None
    silent_days: int | None
    reason: str


class Neglected(NamedTuple):
    """How many have gone silent and how many were never heard, of how many; a few names with the best cause.

    ``all_heard_by`` is the year in which everyone was heard at this pace, ``weekly_for_a_year`` the pace for one year.
    """

    gone_silent: int
    never_heard: int
    of: int
    calls_per_week: int
    all_heard_by: int | None
    weeks_to_all: int | None
    weekly_for_a_year: int | None
    customers: tuple[NeglectedCustomer, ...]


def gather(session: Session, asking: Asking, now: datetime) -> Gathered:
    """Who is neglected at that instant, whatever the time of the report."""
    settings = policy(session)
    counts = [(heard, n) for standing, heard, n in heard_counts(session) if standing in SERVED]
    never = sum(n for heard, n in counts if not heard)
    weekly = seats_in(standings(session), settings.calls_per_week, settings)
    today = local_date(now, settings.timezone)
    silent_since = now - timedelta(days=settings.neglect_days)
    record = Neglected(
        gone_silent=count_gone_silent(session, silent_since),
        never_heard=never,
        of=sum(n for _, n in counts),
        calls_per_week=weekly,
        all_heard_by=all_heard_by(never, weekly, today),
        weeks_to_all=weeks_to_all(never, weekly),
        weekly_for_a_year=weekly_for_a_year(never),
        customers=_named(session, silent_since, today, settings.timezone),
    )
    return Gathered(record, {})


def _named(session: Session, silent_since: datetime, today: date, zone: str) -> tuple[NeglectedCustomer, ...]:
    named = []
    for row in gone_silent(session, silent_since, NAMED):
        customer = Neglectee(row.id, row.name, row.company)
        heard_on = local_date(row.last_heard_at, zone)
        days = (today - heard_on).days
        named.append(NeglectedCustomer(customer, heard_on, days, f"{span_words(days)} of silence"))
    for never in only_sold_to(session, NAMED - len(named)) if len(named) < NAMED else ():
        customer = Neglectee(never.id, never.name, never.company)
        named.append(NeglectedCustomer(customer, None, None, "never heard, only sold to"))
    return tuple(named)


def blocks(neglected: Neglected, report: Report, terminal: bool) -> Iterator[Block]:
    """How many there are, a few of them, and when all are heard at this pace."""
    if not neglected.gone_silent and not neglected.never_heard:
        yield lead("NEGLECTED", "nobody", WELL)
        return
    silent = f"{neglected.gone_silent:,} gone silent, " if neglected.gone_silent else ""
    yield lead("NEGLECTED", f"{silent}{neglected.never_heard:,} of {neglected.of:,} never heard")
    yield Table(tuple(_cells(customer) for customer in neglected.customers))
    if neglected.never_heard:
        yield line(f"At {neglected.calls_per_week} a week {_pace(neglected)}.", QUIET)


def _pace(neglected: Neglected) -> str:
    weeks = neglected.weeks_to_all or 0
    if weeks <= WEEKS_A_YEAR:
        return f"everyone is heard {'within ' + plural(weeks, 'week') if weeks > 1 else 'this week'}"
    year = f"everyone is heard by {neglected.all_heard_by}"
    return f"{year}; {neglected.weekly_for_a_year:,} a week hears everyone within a year"


def _cells(neglected: NeglectedCustomer) -> tuple[Cell, ...]:
    customer = neglected.customer
    name = f"{customer.name}, {customer.company}" if customer.company else customer.name
    return (Cell(name, cut=True), Cell(neglected.reason, QUIET))


class NeverHeard(NamedTuple):
    """A customer who was never heard."""

    id: int
    name: str
    company: str | None


class GoneSilent(NamedTuple):
    """A customer, and when they were last heard."""

    id: int
    name: str
    company: str | None
    last_heard_at: datetime


_OUT = (Eligibility.MERGED, Eligibility.DO_NOT_CALL, Eligibility.PROSPECT, Eligibility.ACTIVE, Eligibility.FORMER)


def only_sold_to(session: Session, limit: int) -> list[NeverHeard]:
    """Callable customers never heard who were sold to most, and given nothing."""
    sold = (customers.c.takes > 0) & (customers.c.gives == 0) & customers.c.last_heard_at.is_(None)
    chosen = select(customers.c.id, customers.c.name, companies.c.name.label("company")).select_from(with_company())
    chosen = chosen.where(sold, customers.c.standing == Eligibility.CALLABLE)
    return fetch(session, NeverHeard, chosen.order_by(customers.c.takes.desc(), customers.c.id).limit(limit))


def gone_silent(session: Session, heard_before: datetime, limit: int) -> list[GoneSilent]:
    """Customers last heard before that instant whom we still serve, the longest silence first."""
    columns = (customers.c.id, customers.c.name, companies.c.name.label("company"), customers.c.last_heard_at)
    silent = (customers.c.last_heard_at < heard_before) & customers.c.standing.not_in(_OUT)
    chosen = select(*columns).select_from(with_company()).where(silent)
    return fetch(session, GoneSilent, chosen.order_by(customers.c.last_heard_at.asc().nulls_first()).limit(limit))


def count_gone_silent(session: Session, heard_before: datetime) -> int:
    """How many customers whom we still serve were last heard before that instant."""
    silent = (customers.c.last_heard_at < heard_before) & customers.c.standing.not_in(_OUT)
    return int(session.execute(select(func.count()).select_from(customers).where(silent)).scalar_one())
