"""Screens of what was done and taken back."""

from care.history.records import ChangeRecord, Changes, Undone
from care.text import plural
from care.views.screen import HEAD, QUIET, TYPED, WAITING, Cell, Screen


def _named(one: ChangeRecord) -> str:
    if one.undoes is not None:
        return f"{one.command} of care {one.of}"
    return f"{one.command} {one.file}" if one.file else one.command


def show_changes(screen: Screen, found: Changes) -> None:
    """A line each, the newest first."""
    screen.rows(
        [
            [
                Cell(str(one.id), QUIET, right=True),
                Cell(f"{one.at:%Y-%m-%d %H:%M}", QUIET),
                Cell(f"care {_named(one)}".strip(), cut=True),
                Cell(one.batch or "", TYPED),
                Cell("undone" if one.undone else "", WAITING),
                Cell(one.caller or "", QUIET),
            ]
            for one in found.changes
        ],
        indent=0,
    )


def show_undone(screen: Screen, undone: Undone) -> None:
    """What was taken back."""
    said = "Brought back" if undone.brought_back else "Taken back"
    what = undone.change.of or _named(undone.change)
    screen.line((f"{said}: ", HEAD), f"care {what}", (f", {plural(undone.rows, 'row')}", QUIET))
