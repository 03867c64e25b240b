"""``care backup``: a copy of the store that can be taken back."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care.cli.group import single
from care.cli.run import Run, command

if TYPE_CHECKING:
    from care.views.screen import Screen


app = single()


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy just made; ``bytes`` is its size."""

    file: str
    bytes: int


@command(app)
def backup(
    run: Run,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The folder it goes to; else backups, beside the store.")
    ] = None,
) -> None:
    """Makes a copy of the store, whole even while others write, and looks it through."""
    from care.history.copies import take_backup

    place = (folder or run.store_path.parent / "backups").expanduser()
    with run.reading() as session:
        path = take_backup(session, run.store_path, place, run.now)
    run.show(Backup(str(path), path.stat().st_size), _show)
    run.hint(f"Bring it back with care restore {path}")


def _show(screen: "Screen", made: Backup) -> None:
    screen.line(made.file)
