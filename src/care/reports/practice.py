"""The section of the practice: weeks kept, tries and talks, and who in the team has spoken with a customer."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from care.calls.queries import held_between, off_weeks
from care.db.settings import policy
from care.db.tables.call import attempts, calls
from care.reports.blocks import BARS, HEAD, QUIET, WAITING, WELL, Bar, BarChart, Block, TextLine, Words, line
from care.reports.records import Asking, Gathered, Report
from care.reports.weeks_kept import WeekDone, kept_in_a_row
from care.text import plural
from care.times.weeks import Week
from care.times.zones import local_date
from care.words import CallKind, CallState, Outcome

SHOWN_WEEKS = 6

SPOKE_DAYS = 30

KEPT_BACK_WEEKS = 104
"""How far back weeks are looked at that were kept one after the other."""

LABEL = 13
"""Where the words beside a title begin."""


class Practice(NamedTuple):
    """How the practice goes. ``spoke`` counts talks by name in the report's time, ``silent`` did not in 30 days."""

    weeks_kept: int
    weeks: tuple[WeekDone, ...]
    tries: int
    reached: int
    talks: int
    drawn_talks: int
    lapsed: int
    spoke: dict[str, int]
    silent: tuple[str, ...]


def gather(session: Session, asking: Asking, now: datetime) -> Gathered:
    """How the practice goes up to the end of the period, or to now where that is earlier."""
    settings, period = policy(session), asking.period
    this = Week.of(min(period.until, local_date(now, settings.timezone)))
    weeks = weeks_done(session, str(this.plus(-KEPT_BACK_WEEKS)), str(this))
    outcomes = tries_between(session, period.start, period.end)
    talks = held_between(session, period.start, period.end)
    spoke = Counter(spoke_with(session, period.start, period.end))
    for listeners in listeners_between(session, period.start, period.end):
        spoke.update(listeners.split(", "))
    lately = spoke_with(session, period.end - timedelta(days=SPOKE_DAYS), period.end)
    planned = sum(week.calls for week in weeks)
    record = Practice(
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
    return Gathered(record, {})


def blocks(practice: Practice, report: Report, terminal: bool) -> Iterator[Block]:
    """The weeks kept in a row beside their bars, who spoke with a customer and who did not."""
    yield _lead(practice)
    spoke = ", ".join(f"{name} {n}" for name, n in practice.spoke.items())
    if spoke:
        yield line(f"Spoke with a customer: {spoke}.")
    if practice.silent and practice.spoke:
        yield line(f"Not in the last 30 days: {', '.join(practice.silent)}.", QUIET)
    if practice.lapsed:
        yield line(f"{plural(practice.lapsed, 'call')} lapsed untried in this time.", WAITING)
    if any(week.calls for week in practice.weeks):
        yield BarChart(
            "Talks held and calls planned, week by week",
            "Talks held, of the calls of each week.",
            tuple(_bar(week) for week in practice.weeks),
        )


def _lead(practice: Practice) -> TextLine:
    kept = practice.weeks_kept
    words = "the first week begins" if not practice.weeks else f"{plural(kept, 'week')} kept in a row"
    if kept == 0 and practice.weeks:
        words = "this week is under way" if len(practice.weeks) == 1 else "the row begins anew this week"
    parts = [Words("PRACTICE", HEAD), Words("     "), Words(words, WELL if kept > 1 else "")]
    if practice.weeks:
        bars = _spark([week.held for week in practice.weeks])
        tail = f"{plural(practice.tries, 'try', 'tries')}, {plural(practice.drawn_talks, 'drawn talk')}"
        parts += [Words("    "), Words(bars), Words(f"    {tail}", QUIET)]
    return TextLine(tuple(parts), indent=0, hang=LABEL)


def _spark(counts: Sequence[int]) -> str:
    most = max(counts, default=0)
    return "".join(BARS[round(count / most * (len(BARS) - 1))] if most else BARS[0] for count in counts)


def _bar(week: WeekDone) -> Bar:
    return Bar(week.week[5:], f"{week.week}: {week.held} held of {week.calls} calls", week.held, week.calls)


def weeks_done(session: Session, since: str, until: str) -> list[WeekDone]:
    """The weeks with a plan from one to another, both of them, the earliest first."""
    tried = case((calls.c.tries > 0, 1), else_=0)
    held = case((calls.c.state == CallState.HELD, 1), else_=0)
    counted = (
        select(calls.c.week, func.count(), func.sum(tried), func.sum(held))
        .where(calls.c.week >= since, calls.c.week <= until, calls.c.draw_id.is_not(None))
        .group_by(calls.c.week)
        .order_by(calls.c.week)
    )
    return [WeekDone(week, int(n), int(tries), int(talks)) for week, n, tries, talks in session.execute(counted)]


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
