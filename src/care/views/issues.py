"""Screens of issues."""

from care.issues.life import NO_WORD_DAYS, SETTLED
from care.issues.records import IssueRecord, Issues, RaiserRecord
from care.text import listing, plural
from care.times.when import say_date
from care.views.screen import BROKEN, HEAD, QUIET, TYPED, WAITING, WELL, Cell, Screen
from care.words import IssueKind, IssueState

STATE = {state: WAITING if state in SETTLED else "" for state in IssueState} | {IssueState.TOLD: WELL}
"""The colour of each state: of those that are settled, somebody waits to be told."""


def issue_cells(one: IssueRecord) -> list[Cell]:
    """One line of a list."""
    title = f"{one.title}, {one.state.value}" if one.state is not IssueState.OPEN else one.title
    count = plural(len(one.raised_by), "customer")
    if one.waiting:
        count = f"{one.waiting} of {count} to tell"
    return [
        Cell(f"i{one.id}" + (" *" if one.new else ""), TYPED),
        Cell(title, STATE[one.state], cut=True),
        Cell(_kind(one), BROKEN),
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


def _kind(one: IssueRecord) -> str:
    words = ["failure"] if one.kind is IssueKind.FAILURE else []
    return ", ".join([*words, "blocking"] if one.blocking else words)


def show_issue(screen: Screen, one: IssueRecord) -> None:
    """An issue with everyone who raised it, in their own words, and what happened with it where that was asked for."""
    kind = f"{_kind(one)}, " if _kind(one) else ""
    screen.sides(f"i{one.id} {one.title}", f"{kind}{one.state.value}", right_style=STATE[one.state] or QUIET)
    age = "today" if one.age_days == 0 else f"{plural(one.age_days, 'day')} ago"
    hurts = f" It hurts “{one.feeling}”." if one.feeling else ""
    screen.line((f"Raised {say_date(one.opened_on)}, {age}. Owner: {one.owner or 'none'}.{hurts}", QUIET), indent=2)
    if one.merged:
        parts = listing([f"i{other}" for other in one.merged])
        screen.line((f"{parts} became part of it.", QUIET), indent=2)
    if one.recover_by and one.state is not IssueState.TOLD:
        screen.line((f"To be recovered by {say_date(one.recover_by)}.", BROKEN), indent=2)
    if one.settled_on:
        screen.line((f"{one.state.value.capitalize()} {say_date(one.settled_on)}.", QUIET), indent=2)
    if one.note and one.state is not IssueState.OPEN:
        screen.line(one.note, indent=2)
    for stands in one.where_it_stands:
        screen.line((f"{say_date(stands.on)}  {stands.by}  ", QUIET), stands.words, indent=2)
    for raiser in one.raised_by:
        _raiser(screen, one, raiser)
    if one.history:
        screen.blank()
        screen.rows([
            [Cell(f"{step.at:%Y-%m-%d}", QUIET), Cell(step.by or "", QUIET),
             Cell(f"{step.what}: “{step.words}”" if step.words else step.what, cut=True)]
            for step in one.history
        ])  # fmt: skip


def _raiser(screen: Screen, one: IssueRecord, raiser: RaiserRecord) -> None:
    name = f"{raiser.name}, {raiser.company}" if raiser.company else raiser.name
    told, style = "", QUIET
    if raiser.told and raiser.told_on:
        told = f"told {say_date(raiser.told_on)}" + (f", {raiser.reaction}" if raiser.reaction else "")
        style = WELL
    elif one.waiting:
        told, style = "to be told", WAITING
    elif raiser.word_days is not None and raiser.word_days > NO_WORD_DAYS:
        told, style = f"no word for {plural(raiser.word_days, 'day')}", BROKEN
    elif raiser.reaction:
        told, style = raiser.reaction, BROKEN
    if one.kind is IssueKind.FAILURE and raiser.told and raiser.stance_after:
        before = raiser.stance_before or raiser.stance_after
        same = before is raiser.stance_after
        told += f", {raiser.stance_after.value}" if same else f", {before.value} → {raiser.stance_after.value}"
    screen.line((f"{raiser.id}  ", TYPED), (name, HEAD), (f"  {told}" if told else "", style), indent=2)
    if raiser.words:
        on = f"  {say_date(raiser.raised_on)}" if raiser.raised_on else ""
        screen.line(f"“{raiser.words}”", (on, QUIET), indent=6)
