"""The screen after sheets were read."""

from care.interviews.sheets.records import SheetRead, SheetsRead
from care.views.screen import HEAD, QUIET, TYPED, WAITING, WELL, Screen
from care.views.talks import show_talk

_WORDS = {
    "logged": ("logged", WELL),
    "amended": ("changed as the sheet says", WELL),
    "already": ("already logged", QUIET),
    "changed": ("changed in between", WAITING),
    "blank": ("nothing is filled in yet", QUIET),
}

LABEL = 24


def show_sheets(screen: Screen, found: SheetsRead) -> None:
    """A line for each sheet; the whole talk where there is but one, and what differs where a record was changed."""
    for sheet in found.sheets:
        _sheet(screen, sheet, alone=len(found.sheets) == 1 and not found.refused)


def _sheet(screen: Screen, one: SheetRead, *, alone: bool) -> None:
    if alone and one.talk is not None and one.result == "logged":
        show_talk(screen, one.talk)
        return
    words, style = _WORDS[one.result]
    call = (f"c{one.call}  ", TYPED) if one.call is not None else ""
    name = one.customer.name if one.customer else one.file
    screen.line(call, (name, HEAD), "  ", (words, style))
    for difference in one.differences:
        screen.quote(difference.what, f"on record: {_said(difference.recorded)}", LABEL, QUIET, indent=2)
        screen.quote("", f"the sheet: {_said(difference.sheet)}", LABEL, QUIET, indent=2)


def _said(words: str | None) -> str:
    return "nothing" if words is None else f"“{words}”"
