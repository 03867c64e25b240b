"""Where the report meets the store: each section is gathered into its record, and every view shows the same ones."""

from collections.abc import Callable, Sequence
from dataclasses import is_dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from care.calls.frame import seats_in
from care.calls.queries import held_between, off_weeks
from care.customers.order_queries import last_draw
from care.customers.queries import heard_counts, listed, standings
from care.db.settings import policy
from care.db.tables.call import attempts, calls
from care.db.tables.customer import customers
from care.issues.listing import open_issues
from care.issues.records import IssueRecord
from care.owed.owed import owed
from care.owed.records import OTHER, OwedItem
from care.reports.asked import Asking, initials
from care.reports.gold import gold
from care.reports.heard import heard
from care.reports.neglected import (
    SERVED,
    Neglected,
    NeglectedCustomer,
    Neglectee,
    all_heard_by,
    weekly_for_a_year,
    weeks_to_all,
)
from care.reports.practice import SHOWN_WEEKS, SPOKE_DAYS, Practice, WeekDone, kept_in_a_row
from care.reports.report import OpenCounts, Report
from care.reports.told import telling
from care.times.weeks import Week
from care.times.when import span_words
from care.times.zones import local_date
from care.words import CallKind, CallState, Outcome, Standing

LISTED = 50
"""So many lines a list of the report has at most, unless every line is asked for."""


NAMED = 5
"""At most so many neglected customers are named: a list nobody reads helps nobody."""


KEPT_BACK_WEEKS = 104


def gather(session: Session, asking: Asking, now: datetime) -> Report:
    """The report that was asked for."""
    totals: dict[str, Any] = {}
    gatherers: dict[str, Callable[[], Any]] = {
        "owed": lambda: _owed(session, asking, now, totals),
        "open_issues": lambda: _open_issues(session, asking, now, totals),
        "heard": lambda: heard(session, asking),
        "neglected": lambda: _neglected(session, now),
        "practice": lambda: _practice(session, asking, now),
        "gold": lambda: gold(session, asking.period, now),
        "selection": lambda: _selection(session),
        "told": lambda: _told(session, asking),
    }
    sections = {name: gatherers[name]() for name in (*asking.sections, *asking.in_a_line)}
    if asking.initials:
        sections = {name: _abbreviated(section) for name, section in sections.items()}
    last = last_draw(session)
    company = policy(session).company
    seal = last.seal if last else None
    return Report(
        company, asking.period.since, asking.period.until, seal, sections, asking.in_a_line, totals, asking.everything
    )


def _selection(session: Session) -> Any:
    from care.reports.selection import selection  # a thousand honest draws are for those who ask

    return selection(session)


def _told(session: Session, asking: Asking) -> Any:
    from care.reports.told import you_said  # for those who ask

    return you_said(session, asking.period)


def _owed(session: Session, asking: Asking, now: datetime, totals: dict[str, Any]) -> tuple[OwedItem, ...]:
    """What is owed, but for the small touches: those are for whoever talked with the customer, not for a meeting."""
    found = owed(session, now, limit=None if asking.everything else LISTED)
    totals["owed"] = replace(found.counts, stay_in_touch=0)
    return tuple(one for one in found.owed if one.kind != OTHER)


def _open_issues(session: Session, asking: Asking, now: datetime, totals: dict[str, Any]) -> tuple[IssueRecord, ...]:
    found = open_issues(session, now, asking.period.new_from, None if asking.everything else LISTED)
    totals["open_issues"] = OpenCounts(found.open, found.total, found.oldest_days)
    totals["telling"] = telling(session, asking.period)
    return found.issues


def _neglected(session: Session, now: datetime) -> Neglected:
    settings = policy(session)
    today = local_date(now, settings.timezone)
    counts = [(heard, n) for standing, heard, n in heard_counts(session) if standing in SERVED]
    never = sum(n for heard, n in counts if not heard)
    weekly = seats_in(standings(session), settings.calls_per_week, settings)
    before = now - timedelta(days=settings.neglect_days)
    rows, silent = gone_silent(session, before, NAMED)
    named = []
    for row in rows:
        heard_on = local_date(row.last_heard_at, settings.timezone)
        days = (today - heard_on).days
        named.append(_neglectee(row, heard_on, days, f"{span_words(days)} of silence"))
    for row in only_sold_to(session, NAMED - len(named)) if len(named) < NAMED else ():
        named.append(_neglectee(row, None, None, "never heard, only sold to"))
    return Neglected(
        gone_silent=silent,
        never_heard=never,
        of=sum(n for _, n in counts),
        calls_per_week=weekly,
        all_heard_by=all_heard_by(never, weekly, today),
        weeks_to_all=weeks_to_all(never, weekly),
        weekly_for_a_year=weekly_for_a_year(never),
        customers=tuple(named),
    )


def _neglectee(row: Any, heard_on: Any, days: int | None, reason: str) -> NeglectedCustomer:
    return NeglectedCustomer(Neglectee(row.id, row.name, row.company), heard_on, days, reason)


def _practice(session: Session, asking: Asking, now: datetime) -> Practice:
    settings, period = policy(session), asking.period
    this = Week.of(min(period.until, local_date(now, settings.timezone)))
    weeks = [WeekDone(*row) for row in weeks_kept(session, str(this.plus(-KEPT_BACK_WEEKS)), str(this))]
    outcomes = tries_between(session, period.start, period.end)
    talks = held_between(session, period.start, period.end)
    spoke = spoke_with(session, period.start, period.end)
    for names in listeners_between(session, period.start, period.end):
        for name in names.split(", "):
            spoke[name] = spoke.get(name, 0) + 1
    lately = spoke_with(session, period.end - timedelta(days=SPOKE_DAYS), period.end)
    planned = sum(one.calls for one in weeks)
    return Practice(
        weeks_kept=kept_in_a_row(weeks, off_weeks(session), this),
        weeks=tuple(weeks[-SHOWN_WEEKS:]),
        tries=sum(outcomes.values()),
        reached=outcomes.get(Outcome.REACHED, 0),
        talks=len(talks),
        drawn_talks=sum(talk.kind is CallKind.DRAWN for talk in talks),
        lapsed=lapsed_between(session, period.start, period.end) if planned and len(weeks) > 2 else 0,
        spoke=dict(sorted(spoke.items(), key=lambda item: (-item[1], item[0]))),
        silent=tuple(name for name in settings.team if name not in lately and name not in spoke),
    )


def _abbreviated(section: Any) -> Any:
    """The same with customers' names as initials; the team's own names stay."""
    if isinstance(section, tuple):
        return tuple(_abbreviated(one) for one in section)
    if not is_dataclass(section) or isinstance(section, type):
        return section
    changed: dict[str, Any] = {}
    for name in section.__dataclass_fields__:
        value = getattr(section, name)
        if name == "name":
            changed[name] = initials(value)
        elif name in ("phone", "company"):
            changed[name] = None
        elif isinstance(value, tuple) or is_dataclass(value):
            changed[name] = _abbreviated(value)
    return replace(section, **changed)


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


def only_sold_to(session: Session, limit: int) -> Sequence[Any]:
    """Callable customers never heard who were sold to most, and given nothing."""
    sold = (customers.c.takes > 0) & (customers.c.gives == 0) & customers.c.last_heard_at.is_(None)
    chosen = listed().where(sold, customers.c.standing == Standing.CALLABLE)
    return session.execute(chosen.order_by(customers.c.takes.desc(), customers.c.id).limit(limit)).all()


def gone_silent(session: Session, heard_before: datetime, limit: int) -> tuple[Sequence[Any], int]:
    """Customers last heard before that instant whom we still serve, the longest silence first, and their number."""
    out = (Standing.MERGED, Standing.DO_NOT_CALL, Standing.PROSPECT, Standing.ACTIVE, Standing.FORMER)
    silent = (customers.c.last_heard_at < heard_before) & customers.c.standing.not_in(out)
    total = int(session.execute(select(func.count()).select_from(customers).where(silent)).scalar_one())
    chosen = listed().where(silent).order_by(customers.c.last_heard_at.asc().nulls_first())
    return session.execute(chosen.limit(limit)).all(), total
