"""Screens of issues."""

from dataclasses import dataclass

from care.issues.records import IssueRecord
from care.text import plural
from care.times.when import say_date
from care.views.terminal.screen import BROKEN, HEAD, QUIET, TYPED, WAITING, WELL, Cell, Screen
from care.words import IssueKind, IssueState

STATE = {IssueState.OPEN: "", IssueState.FIXED: WAITING, IssueState.DECLINED: WAITING, IssueState.TOLD: WELL}


@dataclass(frozen=True, slots=True)
class Issues:
    """A list of issues."""

    issues: tuple[IssueRecord, ...]


def issue_cells(one: IssueRecord) -> list[Cell]:
    """One line of a list."""
    title = f"{one.title}, {one.state.value}" if one.state is not IssueState.OPEN else one.title
    count = plural(len(one.raised_by), "customer")
    if one.waiting:
        count = f"{one.waiting} of {count} to tell"
    return [
        Cell(f"i{one.id}" + (" *" if one.new else ""), TYPED),
        Cell(title, STATE[one.state], cut=True),
        Cell("failure" if one.kind is IssueKind.FAILURE else "", BROKEN),
        Cell(count, WAITING if one.waiting else ""),
        Cell(plural(one.age_days, "day") if one.age_days else "today", QUIET, right=True),
        Cell(one.owner or "no owner", QUIET, drop=True),
    ]


def show_issues(screen: Screen, found: Issues) -> None:
    """A line each, the oldest first."""
    if not found.issues:
        screen.line("No issue waits for anything.")
        return
    screen.rows([issue_cells(one) for one in found.issues], indent=0)


def show_issue(screen: Screen, one: IssueRecord) -> None:
    """An issue with everyone who raised it, in their own words."""
    kind = "failure, " if one.kind is IssueKind.FAILURE else ""
    screen.sides(f"i{one.id} {one.title}", f"{kind}{one.state.value}", right_style=STATE[one.state] or QUIET)
    age = "today" if one.age_days == 0 else f"{plural(one.age_days, 'day')} ago"
    screen.line((f"Raised {say_date(one.opened_on)}, {age}. Owner: {one.owner or 'none'}.", QUIET), indent=2)
    if one.settled_on:
        screen.line((f"{one.state.value.capitalize()} {say_date(one.settled_on)}.", QUIET), indent=2)
    if one.note:
        screen.line(one.note, indent=2)
    for raiser in one.raised_by:
        name = f"{raiser.name}, {raiser.company}" if raiser.company else raiser.name
        told, style = "", QUIET
        if raiser.told and raiser.told_on:
            told = f"told {say_date(raiser.told_on)}" + (f", {raiser.reaction}" if raiser.reaction else "")
            style = WELL
        elif one.waiting:
            told, style = "to be told", WAITING
        elif raiser.reaction:
            told, style = raiser.reaction, BROKEN
        screen.line((f"{raiser.id}  ", TYPED), (name, HEAD), "  ", (told, style), indent=2)
        if raiser.words:
            on = f"  {say_date(raiser.raised_on)}" if raiser.raised_on else ""
            screen.line(f"“{raiser.words}”", (on, QUIET), indent=6)
