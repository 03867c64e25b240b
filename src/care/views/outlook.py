"""The screen of an outlook."""

from care.reports.outlook import Outlook
from care.text import plural
from care.views.screen import HEAD, QUIET, WAITING, Cell, Screen


def show_outlook(screen: Screen, outlook: Outlook) -> None:
    """How long customers wait between two calls, and how soon a problem of many is heard of."""
    if outlook.waits is None:
        screen.line(("Nobody can be called, so there is nothing ahead.", HEAD))
        return
    waits, people = outlook.waits, plural(outlook.customers, "customer")
    screen.line((f"{people}, {plural(outlook.weekly, 'talk')} a week", HEAD))
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
                Cell(f"{_percent(chance.chance)}", right=True),
                Cell(f"after {chance.weeks} weeks", QUIET),
                Cell(plural(chance.talks, "talk"), QUIET),
            ]
            for chance in outlook.heard
        ]
    )
    if outlook.neglect_days < 7 * waits.most:
        words = f"At this pace some always wait longer than {outlook.neglect_days} days, and are called neglected."
        screen.line((words, WAITING))
    screen.line(("If everyone is reached, and nobody comes or goes.", QUIET))


def _percent(chance: float) -> str:
    """Never rounded to none or all."""
    if chance == 1:
        return "100 %"
    if chance > 0.99:
        return "> 99 %"
    return "< 1 %" if chance < 0.01 else f"{round(100 * chance)} %"
