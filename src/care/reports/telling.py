"""How well the loop was closed in a time."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.db.settings import policy
from care.db.tables.issue import IS_SETTLED, issues
from care.owed.owed import COUNTED
from care.reports.lines import MOST
from care.reports.period import Period
from care.reports.queries import told_between
from care.text import plural
from care.times.zones import local_date
from care.words import IssueKind, Stance


class LoopCounts(NamedTuple):
    """How well the loop was closed in a time.

    ``told`` customers were told in it, and ``waiting`` have still to be, counted up to a thousand. ``days_to_fix`` is
    the median of days from what they said until it was settled, ``days_to_tell`` from there until they were told;
    both None where nobody was. ``not_so`` of those told had said that it was not fixed. ``recovered`` were told of a
    failure of ours, of whom ``made_fans`` were none before.
    """

    told: int
    waiting: int
    days_to_fix: float | None
    days_to_tell: float | None
    not_so: int
    recovered: int
    made_fans: int


def telling(session: Session, period: Period) -> LoopCounts:
    """How well the loop was closed in that time."""
    zone = policy(session).timezone
    rows = told_between(session, period.start, period.end)
    failures = [row for row in rows if row.kind is IssueKind.FAILURE]
    fans = [row for row in failures if row.stance_after is Stance.FAN and row.stance_before is not Stance.FAN]
    to_fix, to_tell = [], []
    for row in rows:
        if row.settled_at is not None and row.settled_at <= row.told_at:
            settled_on = local_date(row.settled_at, zone)
            to_fix.append((settled_on - local_date(row.raised_at, zone)).days)
            to_tell.append((local_date(row.told_at, zone) - settled_on).days)
    return LoopCounts(
        told=len(rows),
        waiting=count_still_to_tell(session, COUNTED),
        days_to_fix=median(to_fix),
        days_to_tell=median(to_tell),
        not_so=sum(row.reopened > 0 for row in rows),
        recovered=len(failures),
        made_fans=len(fans),
    )


def median(numbers: Sequence[int]) -> float | None:
    """The middle one, or halfway between the two in the middle; None of none."""
    if not numbers:
        return None
    ordered, middle = sorted(numbers), len(numbers) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def count_still_to_tell(session: Session, most: int) -> int:
    """How many raisers of settled issues were not told; counted as far as ``most`` issues and no further."""
    few = select(issues.c.waiting).where(IS_SETTLED).order_by(issues.c.settled_at).limit(most).subquery()
    return int(session.execute(select(func.coalesce(func.sum(few.c.waiting), 0))).scalar_one())


def telling_words(counts: LoopCounts) -> str:
    """How well the loop was closed, in a sentence; empty where there was nobody to tell."""
    if not counts.told and not counts.waiting:
        return ""
    of = counts.told + counts.waiting
    share = f"{counts.told:,} of {of:,} customers ({counts.told / of * 100:.0f} %)"
    if counts.waiting > MOST:
        share = f"{plural(counts.told, 'customer')}, and over {MOST:,} wait"
    words = f"Told in this time: {share}"
    if counts.days_to_fix is not None and counts.days_to_tell is not None:
        words += (
            f", {_days(counts.days_to_fix)} from said to fixed and {_days(counts.days_to_tell)} from there to told"
            " (medians)"
        )
    words += "."
    if counts.not_so:
        words += f" {counts.not_so} of them had said that it was not fixed."
    if counts.recovered:
        fans = "none of them a fan now who was not" if not counts.made_fans else f"{counts.made_fans} a fan now"
        words += f" {plural(counts.recovered, 'customer')} recovered after a failure, {fans}."
    return words


def _days(number: float) -> str:
    return "1 day" if number == 1 else f"{number:g} days"
