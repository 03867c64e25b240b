"""The part of the report that may be published: you said, we did."""

from care.reports.told import Telling, YouSaidWeDid
from care.text import plural
from care.times.when import say_date
from care.views.screen import HEAD, QUIET, WELL, Screen
from care.words import IssueState

LABEL = 13


MOST = 1000


def show_told(screen: Screen, found: YouSaidWeDid) -> None:
    """What was said and what became of it, each with how many customers said it."""
    if not found.issues:
        screen.quote("TOLD", "nothing yet that everyone who said it has been told of", LABEL, HEAD, QUIET)
        return
    screen.quote("YOU SAID, WE DID", "", LABEL, HEAD)
    for one in found.issues:
        screen.blank()
        screen.quote("You said", one.said, LABEL, QUIET, HEAD, indent=2)
        fixed = one.became is IssueState.FIXED
        did = one.did or ("It is fixed." if fixed else "We thought about it, and we will not do it.")
        screen.quote("We did" if fixed else "We will not", did, LABEL, QUIET, WELL if fixed else "", indent=2)
        screen.quote("", f"{plural(one.customers, 'customer')}, told by {say_date(one.told_on)}", LABEL, QUIET, QUIET)


def telling_words(telling: Telling) -> str:
    """How well the loop was closed, in a sentence; empty where there was nobody to tell."""
    if not telling.told and not telling.waiting:
        return ""
    of = telling.told + telling.waiting
    share = f"{telling.told:,} of {of:,} customers ({telling.told / of * 100:.0f} %)"
    if telling.waiting > MOST:
        share = f"{plural(telling.told, 'customer')}, and over {MOST:,} wait"
    words = f"Told in this time: {share}"
    if telling.days_to_fix is not None and telling.days_to_tell is not None:
        words += (
            f", {_days(telling.days_to_fix)} from said to fixed and {_days(telling.days_to_tell)} from there to told"
            " (medians)"
        )
    words += "."
    if telling.not_so:
        words += f" {telling.not_so} of them had said that it was not fixed."
    if telling.recovered:
        fans = "none of them a fan now who was not" if not telling.made_fans else f"{telling.made_fans} a fan now"
        words += f" {plural(telling.recovered, 'customer')} recovered after a failure, {fans}."
    return words


def _days(number: float) -> str:
    return "1 day" if number == 1 else f"{number:g} days"
