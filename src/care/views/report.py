"""The report: the team meeting on one page, each section led by its one sentence."""

import io
from collections.abc import Callable
from typing import Any

from care.calls.seal import spoken
from care.issues.records import IssueRecord
from care.owed.records import OwedItem
from care.reports.heard_records import Heard
from care.reports.neglected import WEEKS_A_YEAR, Neglected, NeglectedCustomer
from care.reports.practice import Practice
from care.reports.report import Report
from care.text import plural
from care.views.issues import issue_cells
from care.views.owed import owed_cells, owed_sentence
from care.views.screen import BROKEN, HEAD, QUIET, WAITING, WELL, Cell, Screen
from care.views.shares import show_shares
from care.views.told import telling_words
from care.words import IssueKind, IssueState

LABEL = 13


FEW = 5


_BARS = "▁▂▃▄▅▆▇█"


def show_report(screen: Screen, report: Report) -> None:
    """Every section that was asked for."""
    days = days_of(report)
    screen.sides(f"{report.company}, {days}" if report.company else days, "new in the last 7 days: *")
    _failures(screen, report)
    for name, section in report.sections.items():
        if name not in report.in_a_line:
            screen.blank()
            show_section(screen, name, section, report)
    lines = [(name, *line_of(name, report.sections[name])) for name in report.in_a_line]
    if any(words for _, words, _ in lines):
        screen.blank()
    for name, words, style in lines:
        if words:
            screen.quote(name, words, LABEL, QUIET, style)
    if report.seal is not None:
        screen.blank()
        screen.line((f"Last draw sealed {spoken(report.seal)}", QUIET))


def days_of(report: Report) -> str:
    """The time the report looks at, with years where it needs them."""
    if report.since.year != report.until.year:
        return f"{report.since.day} {report.since:%B %Y} to {report.until.day} {report.until:%B %Y}"
    return f"{report.since.day} {report.since:%B} to {report.until.day} {report.until:%B}"


def show_section(screen: Screen, name: str, section: Any, report: Report) -> None:
    """One section of a report in full, led by its title and its one sentence."""
    shown: dict[str, Callable[[Screen, Any], None]] = {
        "heard": _heard, "neglected": _neglected, "practice": _practice, "gold": _gold, "selection": _selection,
        "told": _told,
    }  # fmt: skip
    if name in ("owed", "open_issues"):
        (_owed if name == "owed" else _open_issues)(screen, section, report)
    else:
        shown[name](screen, section)


def line_of(name: str, section: Any) -> tuple[str, str]:
    """One section in one line, and its colour; empty where there is nothing to say."""
    return _IN_A_LINE[name](section)


def _selection(screen: Screen, section: Any) -> None:
    from care.views.selection import show_selection

    show_selection(screen, section)


def _gold(screen: Screen, section: Any) -> None:
    from care.views.gold_report import show_gold_report

    show_gold_report(screen, section)


def _gold_line(section: Any) -> tuple[str, str]:
    from care.views.gold_report import gold_sentence

    return gold_sentence(section)


_IN_A_LINE: dict[str, Callable[[Any], tuple[str, str]]] = {"gold": _gold_line}


def written_report(report: Report) -> str:
    """The report as text, complete and without colour."""
    stream = io.StringIO()
    show_report(Screen(stream), report)
    return stream.getvalue()


def _lead(screen: Screen, label: str, words: str, style: str = "") -> None:
    screen.quote(label, words, LABEL, HEAD, style)


def _more(screen: Screen, left: int) -> None:
    if left > 0:
        screen.line((f"and {left:,} more", QUIET), indent=2)


def _few(screen: Screen, report: Report, count: int) -> int:
    return min(count, FEW) if screen.is_terminal and not report.everything else count


def _told(screen: Screen, section: Any) -> None:
    from care.views.told import show_told

    show_told(screen, section)


def _failures(screen: Screen, report: Report) -> None:
    """What stands on top until it is recovered: failures of ours that not everyone was told are put right."""
    failures = [one for one in report.sections.get("open_issues", ()) if one.kind is IssueKind.FAILURE]
    if not failures:
        return
    screen.blank()
    days = [one.recover_by for one in failures if one.recover_by]
    late = sum(day < report.until for day in days)
    words = plural(len(failures), "failure") + (f", {late} not recovered in time" if late else "")
    _lead(screen, "TO RECOVER", words, BROKEN)
    shown = _few(screen, report, len(failures))
    first = sorted(failures, key=lambda one: one.opened_at)
    screen.rows([[*issue_cells(one), Cell(f"by {one.recover_by:%-d %b}", BROKEN)] for one in first[:shown]])
    _more(screen, len(failures) - shown)


def _owed(screen: Screen, items: tuple[OwedItem, ...], report: Report) -> None:
    counts = report.totals["owed"]
    words, style = owed_sentence(counts)
    _lead(screen, "WE OWE", words, style or WELL)
    shown = _few(screen, report, len(items))
    screen.rows([owed_cells(one) for one in items[:shown]])
    _more(screen, counts.total - shown)


def _open_issues(screen: Screen, issues: tuple[IssueRecord, ...], report: Report) -> None:
    counts = report.totals["open_issues"]
    still = [one for one in issues if one.state is IssueState.OPEN and one.kind is not IssueKind.FAILURE]
    failures = sum(one.state is IssueState.OPEN and one.kind is IssueKind.FAILURE for one in issues)
    if not counts.open:
        _lead(screen, "OPEN ISSUES", "none", WELL if not issues else "")
    else:
        oldest = counts.oldest_days
        words = f"{counts.open:,} open" + (f", the oldest {plural(oldest, 'day')}" if oldest else ", all of today")
        if failures:  # they stand on top of the report
            words += f", {plural(failures, 'failure')} of them"
        _lead(screen, "OPEN ISSUES", words)
        shown = _few(screen, report, len(still))
        first = sorted(still, key=lambda one: (not one.new, -len(one.raised_by), -one.age_days))
        screen.rows([issue_cells(one) for one in first[:shown]])
        _more(screen, counts.open - failures - shown)
    told = telling_words(report.totals["telling"])
    if told:
        screen.line((told, QUIET), indent=2)


def _heard(screen: Screen, heard: Heard) -> None:
    if not heard.talks:
        _lead(screen, "HEARD", "no talks yet in this time", QUIET)
        return
    drawn = "all of them drawn" if heard.drawn == heard.talks else f"{heard.drawn or 'none'} of them drawn"
    if heard.talks == 1:
        drawn = "drawn" if heard.drawn else "not drawn"
    _lead(
        screen,
        "HEARD",
        plural(heard.talks, "talk") + f", {drawn}",
    )
    for quote in heard.quotes:
        mark = "*" if quote.new else ""
        said, who = f"“{quote.words}”", f"{quote.name}, on {quote.key}"
        if screen.fits(said, who, 4):
            screen.ends(mark, said, who, 4, WAITING)
        else:
            screen.quote(mark, said, 4, WAITING, indent=2)
            screen.line((who, QUIET), indent=4)
    show_shares(screen, heard.shares)


def _neglected(screen: Screen, neglected: Neglected) -> None:
    silent = f"{neglected.gone_silent:,} gone silent, " if neglected.gone_silent else ""
    words = f"{silent}{neglected.never_heard:,} of {neglected.of:,} never heard"
    if not neglected.gone_silent and not neglected.never_heard:
        _lead(screen, "NEGLECTED", "nobody", WELL)
        return
    _lead(screen, "NEGLECTED", words)
    screen.rows([_neglectee(one) for one in neglected.customers])
    if neglected.never_heard:
        screen.line((f"At {neglected.calls_per_week} a week {_pace(neglected)}.", QUIET), indent=2)


def _pace(neglected: Neglected) -> str:
    weeks = neglected.weeks_to_all or 0
    if weeks <= WEEKS_A_YEAR:
        return f"everyone is heard {'within ' + plural(weeks, 'week') if weeks > 1 else 'this week'}"
    year = f"everyone is heard by {neglected.all_heard_by}"
    return f"{year}; {neglected.weekly_for_a_year:,} a week hears everyone within a year"


def _neglectee(one: NeglectedCustomer) -> list[Cell]:
    name = f"{one.customer.name}, {one.customer.company}" if one.customer.company else one.customer.name
    return [Cell(name, cut=True), Cell(one.reason, QUIET)]


def _practice(screen: Screen, practice: Practice) -> None:
    kept = practice.weeks_kept
    words = "the first week begins" if not practice.weeks else f"{plural(kept, 'week')} kept in a row"
    if kept == 0 and practice.weeks:
        words = "this week is under way" if len(practice.weeks) == 1 else "the row begins anew this week"
    bars = _spark([week.held for week in practice.weeks])
    tail = f"{plural(practice.tries, 'try', 'tries')}, {plural(practice.drawn_talks, 'drawn talk')}"
    lead = (("PRACTICE", HEAD), "     ", (words, WELL if kept > 1 else ""))
    screen.line(*lead, *([("    ", ""), (bars, ""), (f"    {tail}", QUIET)] if practice.weeks else []), hang=LABEL)
    spoke = ", ".join(f"{name} {n}" for name, n in practice.spoke.items())
    if spoke:
        screen.line(f"Spoke with a customer: {spoke}.", indent=2)
    if practice.silent and practice.spoke:
        screen.line((f"Not in the last 30 days: {', '.join(practice.silent)}.", QUIET), indent=2)
    if practice.lapsed:
        screen.line((f"{plural(practice.lapsed, 'call')} lapsed untried in this time.", WAITING), indent=2)


def _spark(counts: list[int]) -> str:
    most = max(counts, default=0)
    return "".join(_BARS[round(count / most * (len(_BARS) - 1))] if most else _BARS[0] for count in counts)
