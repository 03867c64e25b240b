"""``care verify``: whether every draw took the names its turn required."""

import gc
from typing import Annotated

import typer

from care.cli.group import single
from care.cli.run import Run, command
from care.errors import BadStore

app = single()


@command(app)
def verify(
    run: Run,
    seen: Annotated[
        str | None, typer.Option("--seen", metavar="SEAL", help="A seal kept elsewhere: is it one of this store's?")
    ] = None,
) -> None:
    """Seals every draw anew, plays the record again, and names what does not fit."""
    from care.verify.check import verify as look
    from care.views.verify import show_verification

    with run.reading() as session:
        gc.disable()  # everybody is held at once, and to look for garbage among them takes longer than the rest
        found = look(session, seen)
    run.show(found, show_verification)
    if found.problems:
        raise BadStore("the record of the draws does not fit together. Restore a backup, or ask who changed it.")
    if found.draws and seen is None:
        run.hint(f"Keep the last seal where nobody can change it; later: care verify --seen {found.head}")
