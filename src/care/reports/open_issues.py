"""The section of open issues, and the failures of ours that stand on top of a report."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from care.issues.life import UNSETTLED
from care.issues.listing import open_issues
from care.issues.records import IssueRecord
from care.reports.blocks import BROKEN, QUIET, WELL, Block, Cell, Table, lead, line, more
from care.reports.lines import issue_cells
from care.reports.records import Asking, Gathered, Report
from care.reports.telling import telling, telling_words
from care.text import plural
from care.words import IssueKind

LISTED = 50
"""So many lines the section has at most, unless every line is asked for."""


class OpenCounts(NamedTuple):
    """How many issues are open, how many are not yet told, and how old the oldest open one is."""

    open: int
    untold: int
    oldest_days: int


def gather(session: Session, asking: Asking, now: datetime) -> Gathered:
    """The issues not yet told, their counts, and how well the loop was closed."""
    listed = open_issues(session, now, asking.period.new_from, None if asking.everything else LISTED)
    counts = OpenCounts(listed.open, listed.total, listed.oldest_days)
    return Gathered(listed.issues, {"open_issues": counts, "telling": telling(session, asking.period)})


def blocks(issues: tuple[IssueRecord, ...], report: Report, terminal: bool) -> Iterator[Block]:
    """How many are open, a line each but for failures, new ones first, and how well the loop was closed."""
    counts: OpenCounts = report.totals["open_issues"]
    if not counts.open:
        yield lead("OPEN ISSUES", "none", WELL if not issues else "")
    else:
        yield from _open(issues, counts, report, terminal)
    told = telling_words(report.totals["telling"])
    if told:
        yield line(told, QUIET)


def _open(issues: tuple[IssueRecord, ...], counts: OpenCounts, report: Report, terminal: bool) -> Iterator[Block]:
    still = [issue for issue in issues if issue.state in UNSETTLED and issue.kind is not IssueKind.FAILURE]
    failed = sum(issue.state in UNSETTLED and issue.kind is IssueKind.FAILURE for issue in issues)
    oldest = counts.oldest_days
    words = f"{counts.open:,} open" + (f", the oldest {plural(oldest, 'day')}" if oldest else ", all of today")
    if failed:  # they stand on top of the report
        words += f", {plural(failed, 'failure')} of them"
    yield lead("OPEN ISSUES", words)
    shown = report.shown(len(still), terminal=terminal)
    ordered = sorted(still, key=lambda issue: (not issue.new, -len(issue.raised_by), -issue.age_days))
    yield Table(tuple(tuple(issue_cells(issue)) for issue in ordered[:shown]))
    yield from more(counts.open - failed - shown)


def failures(issues: tuple[IssueRecord, ...], report: Report, terminal: bool) -> Iterator[Block]:
    """What stands on top until it is recovered: failures of ours that not everyone was told are put right."""
    failed = [issue for issue in issues if issue.kind is IssueKind.FAILURE]
    if not failed:
        return
    late = sum(issue.recover_by < report.until for issue in failed if issue.recover_by)
    words = plural(len(failed), "failure") + (f", {late} not recovered in time" if late else "")
    yield lead("TO RECOVER", words, BROKEN)
    shown = report.shown(len(failed), terminal=terminal)
    oldest = sorted(failed, key=lambda issue: issue.opened_at)[:shown]
    yield Table(tuple((*issue_cells(issue), Cell(f"by {issue.recover_by:%-d %b}", BROKEN)) for issue in oldest))
    yield from more(len(failed) - shown)
