"""``care restore``: the store as a backup has it, but for those who were forgotten since."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care import clock
from care.cli.group import single
from care.cli.run import Run, command
from care.errors import BadStore

if TYPE_CHECKING:
    from care.person.records import KeptMarks


app = single()


@command(app)
def restore(
    run: Run,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup made by care backup.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Puts a backup in the place of the store; who was forgotten since is erased again."""
    from care.cli.input.asking import confirm
    from care.history.copies import bring_copy, set_aside
    from care.history.records import Restored
    from care.person.restore import take_backup_over
    from care.views.history import show_restored

    backup, path = file.expanduser(), run.store_path
    kept = _kept(run) if path.exists() else None
    mark = clock.secret_bytes(6).hex()
    made = run.with_store(path.with_name(f".{path.name}.{mark}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        bring_copy(backup, made.store_path)
        if path.exists():
            question = f"Replace {path} by {backup}? It is kept beside it."
            confirm(run, question, yes=yes, instead=f"this replaces {path}.")
        with made.changing() as session:
            taken = take_backup_over(session, kept, str(backup), made.now, explicit_clock=clock.is_explicit())
        made.pack()
        made.close()
        run.close()
        aside = path.with_name(f"{path.stem}-before-restore-{run.now:%Y-%m-%d-%H%M}-{mark[:4]}{path.suffix}")
        aside_is = str(aside) if path.exists() else None
        set_aside(path, aside, made.store_path)
    finally:
        made.close()
        for left in path.parent.glob(f".{path.name}*{mark}*"):  # and what an upgrade left beside it
            with suppress(OSError):
                left.unlink()
    run.show(Restored(str(path), str(backup), aside_is, taken.customers, taken.forgotten), show_restored)
    run.hint("Next: care doctor")


def _kept(run: Run) -> "KeptMarks | None":
    """What the present store knows of the forgotten; None, with a notice, when it cannot be read any more."""
    from care.person.restore import kept_marks

    try:
        with run.reading() as session:
            return kept_marks(session)
    except BadStore as error:
        run.notice(f"{error.sentence} Who was forgotten since the backup cannot be known.")
        return None
