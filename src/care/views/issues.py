"""Screens of issues."""

from care.issues.life import NO_WORD_DAYS, UNSETTLED
from care.issues.records import IssueRecord, Issues, RaiserRecord
from care.reports.lines import STATE, issue_cells, kind_words
from care.text import listing, plural
from care.times.when import say_date
from care.views.screen import BROKEN, HEAD, QUIET, TYPED, WAITING, WELL, Cell, Screen
from care.words import IssueKind, IssueState


def show_issues(screen: Screen, page: Issues) -> None:
    """A line each, the oldest first."""
    if not page.issues:
        screen.line("No issue waits for anything.")
        return
    screen.rows([issue_cells(issue) for issue in page.issues], indent=0)


def show_issue(screen: Screen, issue: IssueRecord) -> None:
    """An issue with everyone who raised it, in their own words, and what happened with it where that was asked for."""
    kind = f"{kind_words(issue)}, " if kind_words(issue) else ""
    screen.sides(f"i{issue.id} {issue.title}", f"{kind}{issue.state.value}", right_style=STATE[issue.state] or QUIET)
    age = "today" if issue.age_days == 0 else f"{plural(issue.age_days, 'day')} ago"
    hurts = f" It hurts “{issue.feeling}”." if issue.feeling else ""
    screen.line((f"Raised {say_date(issue.opened_on)}, {age}. Owner: {issue.owner or 'none'}.{hurts}", QUIET), indent=2)
    if issue.merged:
        parts = listing([f"i{other}" for other in issue.merged])
        screen.line((f"{parts} became part of it.", QUIET), indent=2)
    if issue.recover_by and issue.state is not IssueState.TOLD:
        screen.line((f"To be recovered by {say_date(issue.recover_by)}.", BROKEN), indent=2)
    if issue.settled_on:
        screen.line((f"{issue.state.value.capitalize()} {say_date(issue.settled_on)}.", QUIET), indent=2)
    if issue.note and issue.state not in UNSETTLED:
        screen.line(issue.note, indent=2)
    for stands in issue.where_it_stands:
        screen.line((f"{say_date(stands.on)}  {stands.by}  ", QUIET), stands.words, indent=2)
    for raiser in issue.raised_by:
        _raiser(screen, issue, raiser)
    if issue.history:
        screen.blank()
        screen.rows([
            [Cell(f"{step.at:%Y-%m-%d}", QUIET), Cell(step.by or "", QUIET),
             Cell(f"{step.what}: “{step.words}”" if step.words else step.what, cut=True)]
            for step in issue.history
        ])  # fmt: skip


def _raiser(screen: Screen, issue: IssueRecord, raiser: RaiserRecord) -> None:
    name = f"{raiser.name}, {raiser.company}" if raiser.company else raiser.name
    told, style = "", QUIET
    if raiser.told and raiser.told_on:
        told = f"told {say_date(raiser.told_on)}" + (f", {raiser.reaction}" if raiser.reaction else "")
        style = WELL
    elif issue.waiting:
        told, style = "to be told", WAITING
    elif raiser.word_days is not None and raiser.word_days > NO_WORD_DAYS:
        told, style = f"no word for {plural(raiser.word_days, 'day')}", BROKEN
    elif raiser.reaction:
        told, style = raiser.reaction, BROKEN
    if issue.kind is IssueKind.FAILURE and raiser.told and raiser.stance_after:
        before = raiser.stance_before or raiser.stance_after
        same = before is raiser.stance_after
        told += f", {raiser.stance_after.value}" if same else f", {before.value} → {raiser.stance_after.value}"
    screen.line((f"{raiser.id}  ", TYPED), (name, HEAD), (f"  {told}" if told else "", style), indent=2)
    if raiser.words:
        on = f"  {say_date(raiser.raised_on)}" if raiser.raised_on else ""
        screen.line(f"“{raiser.words}”", (on, QUIET), indent=6)
