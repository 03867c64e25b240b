"""``care backup``: a copy of the store that can be taken back."""

from pathlib import Path
from typing import Annotated

import typer

from care.cli.group import single
from care.cli.run import Run, command

app = single()


@command(app)
def backup(
    run: Run,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The folder it goes to; else backups, beside the store.")
    ] = None,
) -> None:
    """Makes a copy of the store, whole even while others write, and looks it through."""
    from care.history.copies import take_backup
    from care.history.records import Backup
    from care.views.history import show_backup

    place = (folder or run.store_path.parent / "backups").expanduser()
    with run.reading() as session:
        path = take_backup(session, run.store_path, place, run.now)
    run.show(Backup(str(path), path.stat().st_size), show_backup)
    run.hint(f"Bring it back with care restore {path}")
