"""``care undo``: takes back what a command did."""

from typing import Annotated

import typer

from care.cli.group import single
from care.cli.publish import publish, written_events
from care.cli.run import Run, command

app = single()


@command(app)
def undo(
    run: Run,
    listed: Annotated[bool, typer.Option("--list", help="Show what was done, the newest first.")] = False,
    batch: Annotated[str | None, typer.Option("--import", metavar="bN", help="Take that import back.")] = None,
) -> None:
    """Takes the last change back, or an import; a second undo brings it back. A draw is never undone."""
    from care.cli.input.refs import reference
    from care.history.changes import list_changes
    from care.history.undo import undo_import, undo_last
    from care.views.history import show_changes, show_undone

    if listed:
        with run.reading() as session:
            changes = list_changes(session)
        run.show(changes, show_changes)
        return
    number = None if batch is None else reference(batch, "b")[1]
    before = written_events(run)
    with run.changing() as session:
        undone = undo_last(session, run.now) if number is None else undo_import(session, number, run.now)
    done = publish(run, gone=before - written_events(run))
    run.show(undone, show_undone)
    done.then(run, "care undo once more brings it back.")
