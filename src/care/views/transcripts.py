"""The screen after a transcript was attached."""

from care.interviews.records import Attached
from care.text import listing, plural
from care.views.screen import HEAD, QUIET, Screen


def show_attached(screen: Screen, one: Attached) -> None:
    """Which file is kept with which talk, and who speaks in it."""
    said = "is attached already" if one.already else f"is attached, {plural(one.passages, 'passage')}"
    screen.line((f"c{one.call}", HEAD), f"  {one.customer.name}: {one.file} {said}.")
    if one.ours and not one.already:
        them = listing(list(one.theirs)) or one.customer.name
        screen.line((f"{listing(list(one.ours))} for us, {them} for them.", QUIET), indent=2)
    if one.quoted:
        screen.line(("The times in the notes are their words now.", QUIET), indent=2)
