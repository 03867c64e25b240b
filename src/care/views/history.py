"""Screens of what was done and taken back, and of backups."""

from care.history.records import Backup, ChangeRecord, Changes, Restored, Undone
from care.text import plural
from care.views.screen import HEAD, QUIET, TYPED, WAITING, Cell, Screen


def _named(change: ChangeRecord) -> str:
    if change.undoes is not None:
        return f"{change.command} of care {change.of}"
    return f"{change.command} {change.file}" if change.file else change.command


def show_changes(screen: Screen, changes: Changes) -> None:
    """A line each, the newest first."""
    screen.rows(
        [
            [
                Cell(str(change.id), QUIET, right=True),
                Cell(f"{change.at:%Y-%m-%d %H:%M}", QUIET),
                Cell(f"care {_named(change)}".strip(), cut=True),
                Cell(change.batch or "", TYPED),
                Cell("undone" if change.undone else "", WAITING),
                Cell(change.caller or "", QUIET),
            ]
            for change in changes.changes
        ],
        indent=0,
    )


def show_undone(screen: Screen, undone: Undone) -> None:
    """What was taken back."""
    verb = "Brought back" if undone.brought_back else "Taken back"
    what = undone.change.of or _named(undone.change)
    screen.line((f"{verb}: ", HEAD), f"care {what}", (f", {plural(undone.rows, 'row')}", QUIET))


def show_backup(screen: Screen, backup: Backup) -> None:
    """Where the copy lies."""
    screen.line(backup.file)


def show_restored(screen: Screen, restored: Restored) -> None:
    """What the store is now, and where the one before it lies."""
    screen.line(f"{restored.store} is as {restored.backup} has it: {plural(restored.customers, 'customer')}.")
    if restored.forgotten:
        screen.line(f"{plural(restored.forgotten, 'customer')} forgotten since then, erased again.")
    if restored.aside:
        screen.line(f"What was there before: {restored.aside}")
