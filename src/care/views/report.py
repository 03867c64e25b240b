"""The report: the team meeting on one page, each section led by its one sentence."""

import io

from care.calls.seal import spoken
from care.reports.blocks import Words
from care.reports.records import Report
from care.reports.section import BY_NAME
from care.views.blocks import LABEL, show_blocks
from care.views.screen import QUIET, Screen

NOTE = "new in the last 7 days: *"


def show_report(screen: Screen, report: Report) -> None:
    """Every section that was asked for, under what stands on top of all."""
    screen.sides(title_of(report), NOTE)
    for name, record in report.sections.items():
        on_top = BY_NAME[name].on_top
        blocks = list(on_top(record, report, screen.is_terminal)) if on_top else []
        if blocks:
            screen.blank()
            show_blocks(screen, blocks)
    for name, record in report.sections.items():
        if name not in report.in_a_line:
            screen.blank()
            show_blocks(screen, BY_NAME[name].blocks(record, report, screen.is_terminal))
    lines = lines_of(report)
    if lines:
        screen.blank()
    for name, words in lines:
        screen.quote(name, words.text, LABEL, QUIET, words.style)
    if report.seal is not None:
        screen.blank()
        screen.line((f"Last draw sealed {spoken(report.seal)}", QUIET))


def title_of(report: Report) -> str:
    """The company and the time the report looks at, with years where it needs them."""
    if report.since.year != report.until.year:
        days = f"{report.since.day} {report.since:%B %Y} to {report.until.day} {report.until:%B %Y}"
    else:
        days = f"{report.since.day} {report.since:%B} to {report.until.day} {report.until:%B}"
    return f"{report.company}, {days}" if report.company else days


def lines_of(report: Report) -> list[tuple[str, Words]]:
    """The sections that have one line, but for those with nothing to say."""
    lines = []
    for name in report.in_a_line:
        in_a_line = BY_NAME[name].in_a_line
        words = in_a_line(report.sections[name]) if in_a_line else Words("")
        if words.text:
            lines.append((name, words))
    return lines


def written_report(report: Report) -> str:
    """The report as text, complete and without colour."""
    stream = io.StringIO()
    show_report(Screen(stream), report)
    return stream.getvalue()
