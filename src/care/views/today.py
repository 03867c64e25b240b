"""The screen of today."""

from datetime import date
from typing import NamedTuple

from care.calls.records import CallRecord, Plan
from care.owed.records import Owed
from care.reports.lines import owed_cells, owed_sentence
from care.times.weeks import Week
from care.times.when import say_date
from care.views.calls import when_said
from care.views.screen import HEAD, QUIET, TYPED, Cell, Screen
from care.views.wording import phone
from care.words import CallState


class Today(NamedTuple):
    """Today: the week's plan, what is owed, and the call to make next."""

    on: date
    plan: Plan
    owed: Owed
    next: CallRecord | None


def show_today(screen: Screen, today: Today) -> None:
    """The calls still to be made, how the week stands, and what is owed."""
    plan = today.plan
    week = f"week {Week.parse(plan.week).number}: {plan.held} of {plan.wanted} talks"
    screen.sides(
        f"{today.on:%A}, {say_date(today.on)}", week if plan.drawn_at else f"week {Week.parse(plan.week).number}"
    )
    waiting = [call for call in plan.calls if call.state is CallState.PLANNED]
    if plan.drawn_at is None:
        screen.line("No calls are drawn for the week yet.", indent=2)
    elif not waiting:
        screen.line("Every call of the week is made.", indent=2)
    timed = any(when_said(call) for call in waiting)
    screen.rows([_call(call, timed=timed) for call in waiting])
    if today.owed.total:
        words, style = owed_sentence(today.owed.counts)
        screen.blank()
        screen.line(("WE OWE", HEAD), "  ", (words, style))
        screen.rows([owed_cells(item) for item in today.owed.owed])


def _call(call: CallRecord, *, timed: bool) -> list[Cell]:
    company = f", {call.customer.company}" if call.customer.company else ""
    tries = f"{len(call.attempts)} tried" if call.attempts else ""
    return [
        Cell(f"c{call.id}", TYPED),
        Cell(f"{call.customer.name}{company}", cut=True),
        *([Cell(when_said(call))] if timed else []),
        Cell(phone(call.customer.phone)),
        Cell(", ".join(filter(None, (tries, *call.notes))), QUIET, cut=True),
    ]


def show_welcome(screen: Screen) -> None:
    """What care is, and the two ways in."""
    screen.line(
        ("care", HEAD),
        " picks a few of your customers at random each week, keeps what they said in their own words, and does not "
        "let go of an issue until everyone who raised it has been told.",
    )
    screen.blank()
    screen.rows(
        [
            [Cell("care demo", TYPED), Cell("look around in a made-up company with half a year behind it")],
            [Cell("care init", TYPED), Cell("begin with your own customers")],
        ]
    )
