"""Screens of forgetting a customer."""

from care.person.records import Farewell
from care.text import listing, plural
from care.views.screen import BROKEN, HEAD, QUIET, TYPED, WAITING, Screen

BESIDE = 14

MOST = 8
"""So many mentions are shown on a terminal."""


def show_farewell(screen: Screen, would: Farewell) -> None:
    """What would be erased, before anybody is asked."""
    screen.line((_name(would), HEAD), (" would be erased, for good. It cannot be undone.", BROKEN))
    _body(screen, would, "go with them")
    screen.line()


def show_forgotten(screen: Screen, gone: Farewell) -> None:
    """What was erased, and what a person has to see to."""
    screen.line((_name(gone), HEAD), " is forgotten, and does not come back with an import.")
    _body(screen, gone, "went with them")
    screen.quote("see to it in", listing(list(gone.beyond)) + ".", BESIDE, WAITING, indent=2)


def _name(farewell: Farewell) -> str:
    return f"{farewell.name}, {farewell.company}" if farewell.company else farewell.name


def _body(screen: Screen, farewell: Farewell, went: str) -> None:
    counted = [plural(n, *_PLURALS.get(what, (what,))) for what, n in farewell.erased.items()]
    if counted:
        screen.quote("erased", listing(counted) + ".", BESIDE, QUIET, indent=2)
    if farewell.calls:
        screen.quote(
            "kept", f"{plural(farewell.calls, 'call')}, as with nobody and without a word.", BESIDE, QUIET, indent=2
        )
    if farewell.issues:
        screen.quote(went, f"{'; '.join(farewell.issues)}: nobody else raised it.", BESIDE, QUIET, indent=2)
    if farewell.veins:
        screen.quote(went, f"{'; '.join(farewell.veins)}: nobody else is in it.", BESIDE, QUIET, indent=2)
    shown = farewell.mentions[:MOST] if screen.is_terminal else farewell.mentions
    if shown:
        screen.line(("Their name still stands in words about others. Look at them:", WAITING), indent=2)
    for mention in shown:
        screen.line((f"{mention.where} {mention.ref}: ", TYPED), f"“{mention.words}”", indent=4)
    left = len(farewell.mentions) - len(shown)
    if left:
        screen.line((f"and {plural(left, 'more', 'more')}: --json names them all", QUIET), indent=4)


_PLURALS = {
    "wish or trigger": ("wish or trigger", "wishes and triggers"),
    "issue raised": ("issue raised", "issues raised"),
    "promise": ("promise",),
    "try": ("try", "tries"),
    "touch to come": ("touch to come", "touches to come"),
    "passage of a transcript": ("passage of a transcript", "passages of a transcript"),
    "note on an issue": ("note on an issue", "notes on an issue"),
    "number or address": ("number or address", "numbers and addresses"),
    "id in another system": ("id in another system", "ids in other systems"),
}
