"""The screen of an outlook."""

from care.reports.outlook import Outlook
from care.text import plural
from care.views.screen import HEAD, QUIET, WAITING, Cell, Screen


def show_outlook(screen: Screen, found: Outlook) -> None:
    """How long customers wait between two calls, and how soon a problem of many is heard of."""
    if found.waits is None:
        screen.line(("Nobody can be called, so there is nothing ahead.", HEAD))
        return
    waits, people = found.waits, plural(found.customers, "customer")
    screen.line((f"{people}, {plural(found.weekly, 'talk')} a week", HEAD))
    rows = [
        [Cell(f"{waits.mean:.0f}", right=True), Cell("weeks on average from one call of a customer to the next")],
        [Cell(f"{waits.one_in_ten_over}", right=True), Cell("weeks or more for one in ten")],
        [Cell(f"{waits.most}", right=True), Cell("weeks at most, but for those who rest or pause")],
    ]
    screen.rows(rows)
    screen.line(("A problem of one customer in ten has been on the phone by then, with this chance:", HEAD))
    screen.rows(
        [
            [
                Cell(f"{_percent(one.chance)}", right=True),
                Cell(f"after {one.weeks} weeks", QUIET),
                Cell(plural(one.talks, "talk"), QUIET),
            ]
            for one in found.heard
        ]
    )
    if found.neglect_days < 7 * waits.most:
        words = f"At this pace some always wait longer than {found.neglect_days} days, and are called neglected."
        screen.line((words, WAITING))
    screen.line(("If everyone is reached, and nobody comes or goes.", QUIET))


def _percent(chance: float) -> str:
    """Never rounded to none or all."""
    if chance == 1:
        return "100 %"
    if chance > 0.99:
        return "> 99 %"
    return "< 1 %" if chance < 0.01 else f"{round(100 * chance)} %"
