"""The demo: three screens and how to go on playing."""

from typing import NamedTuple

from care.calls.records import Plan
from care.interviews.records import Brief
from care.reports.records import Report
from care.views.brief import show_brief
from care.views.calls import show_plan
from care.views.report import show_report
from care.views.screen import HEAD, QUIET, TYPED, Cell, Screen


class Shown(NamedTuple):
    """What the demo shows."""

    store: str
    plan: Plan
    brief: Brief
    report: Report


def show_demo(screen: Screen, shown: Shown) -> None:
    """This Monday's plan, one brief and the report, each under the command that shows it."""
    screen.line((f"{shown.report.company}, a made-up company with half a year of calls behind it.", HEAD))
    _rule(screen, "care plan")
    show_plan(screen, shown.plan)
    _rule(screen, f"care brief {shown.brief.customer.id}")
    show_brief(screen, shown.brief)
    _rule(screen, "care report")
    show_report(screen, shown.report)
    _rule(screen, "Go on playing")
    screen.rows(
        [
            [Cell(f"export CARE_STORE='{shown.store}'", TYPED), Cell("")],
            [
                Cell(f"care log {shown.brief.customer.id}", TYPED),
                Cell("hold the talk; . ends it", QUIET),
            ],
            [Cell("care issues", TYPED), Cell("what is not yet told", QUIET)],
            [Cell("care customers show 12", TYPED), Cell("one customer, all that happened", QUIET)],
        ]
    )
    screen.line(("Your own customers: care init", HEAD))


def _rule(screen: Screen, command: str) -> None:
    screen.blank()
    screen.line(("── ", QUIET), (command, TYPED), (" " + "─" * max(3, 74 - len(command)), QUIET))
    screen.blank()
