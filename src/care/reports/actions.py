"""Where the report meets the store: each section is gathered into its record, and every view shows the same ones."""

from collections.abc import Callable
from dataclasses import is_dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from care.calls.drawing.draw import seats_in
from care.issues.listing.actions import open_issues
from care.issues.records import IssueRecord
from care.reports.asked import Asking, initials
from care.reports.gold.actions import gold
from care.reports.heard.actions import heard
from care.reports.neglected import (
    SERVED,
    Neglected,
    NeglectedCustomer,
    Neglectee,
    all_heard_by,
    weekly_for_a_year,
    weeks_to_all,
)
from care.reports.owed import OTHER, OwedItem
from care.reports.owing.actions import owed
from care.reports.practice import SHOWN_WEEKS, SPOKE_DAYS, Practice, WeekDone, kept_in_a_row
from care.reports.report import OpenCounts, Report
from care.reports.telling.actions import telling
from care.store import calls as store_calls
from care.store import customers as store_customers
from care.store import draws
from care.store.settings import policy
from care.times.weeks import Week
from care.times.when import span_words
from care.times.zones import local_date
from care.words import CallKind, Outcome

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
    last = draws.last_draw(session)
    company = policy(session).company
    seal = last.seal if last else None
    return Report(
        company, asking.period.since, asking.period.until, seal, sections, asking.in_a_line, totals, asking.everything
    )


def _selection(session: Session) -> Any:
    from care.reports.selection.actions import selection  # a thousand honest draws are for those who ask

    return selection(session)


def _told(session: Session, asking: Asking) -> Any:
    from care.reports.telling.actions import you_said  # for those who ask

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
    counts = [(heard, n) for standing, heard, n in store_customers.heard_counts(session) if standing in SERVED]
    never = sum(n for heard, n in counts if not heard)
    weekly = seats_in(store_customers.standings(session), settings.calls_per_week, settings)
    before = now - timedelta(days=settings.neglect_days)
    rows, silent = store_customers.gone_silent(session, before, NAMED)
    named = []
    for row in rows:
        heard_on = local_date(row.last_heard_at, settings.timezone)
        days = (today - heard_on).days
        named.append(_neglectee(row, heard_on, days, f"{span_words(days)} of silence"))
    for row in store_customers.only_sold_to(session, NAMED - len(named)) if len(named) < NAMED else ():
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
    weeks = [WeekDone(*row) for row in store_calls.weeks_kept(session, str(this.plus(-KEPT_BACK_WEEKS)), str(this))]
    outcomes = store_calls.tries_between(session, period.start, period.end)
    talks = store_calls.held_between(session, period.start, period.end)
    spoke = store_calls.spoke_with(session, period.start, period.end)
    for names in store_calls.listeners_between(session, period.start, period.end):
        for name in names.split(", "):
            spoke[name] = spoke.get(name, 0) + 1
    lately = store_calls.spoke_with(session, period.end - timedelta(days=SPOKE_DAYS), period.end)
    planned = sum(one.calls for one in weeks)
    return Practice(
        weeks_kept=kept_in_a_row(weeks, store_calls.off_weeks(session), this),
        weeks=tuple(weeks[-SHOWN_WEEKS:]),
        tries=sum(outcomes.values()),
        reached=outcomes.get(Outcome.REACHED, 0),
        talks=len(talks),
        drawn_talks=sum(talk.kind is CallKind.DRAWN for talk in talks),
        lapsed=store_calls.lapsed_between(session, period.start, period.end) if planned and len(weeks) > 2 else 0,
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
