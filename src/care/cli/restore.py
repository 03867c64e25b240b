"""``care restore``: the store as a backup has it, but for those who were forgotten since."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from care import clock
from care.cli.group import single
from care.cli.run import Run, command
from care.errors import BadStore

if TYPE_CHECKING:
    from care.person.records import Kept
    from care.views.screen import Screen


app = single()


@dataclass(frozen=True, slots=True)
class Restored:
    """A store brought back. ``aside`` is where the one before it lies, ``forgotten`` counts who was erased again."""

    store: str
    backup: str
    aside: str | None
    customers: int
    forgotten: int


@command(app)
def restore(
    run: Run,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup made by care backup.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Puts a backup in the place of the store; who was forgotten since is erased again."""
    from care.cli.input.asking import confirm
    from care.db.copies import set_aside
    from care.history.copies import bring_copy

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
        customers, forgotten = _forget_again(made, backup, kept)
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
    run.show(Restored(str(path), str(backup), aside_is, customers, forgotten), _show)
    run.hint("Next: care doctor")


def _kept(run: Run) -> "Kept | None":
    """What the present store knows of the forgotten; None, with a notice, when it cannot be read any more."""
    from care.person.forget import all_marks

    try:
        with run.reading() as session:
            return all_marks(session)
    except BadStore as error:
        run.notice(f"{error.sentence} Who was forgotten since the backup cannot be known.")
        return None


def _forget_again(made: Run, backup: Path, kept: "Kept | None") -> tuple[int, int]:
    """How many customers the backup has, and how many of them were erased again."""
    from care.calls.skip import call_off
    from care.person.forget import count_customers, forget, take_over, to_forget

    with made.changing() as session:
        if kept is not None:
            take_over(session, kept, str(backup))
        gone: list[Any] = to_forget(session) if kept is not None else []
        for one in gone:
            call_off(session, one, "forgotten", made.now, replace=False, explicit_clock=clock.is_explicit())
            forget(session, one, made.now)
        customers = count_customers(session)
    made.pack()
    return customers, len(gone)


def _show(screen: "Screen", done: Restored) -> None:
    from care.text import plural

    screen.line(f"{done.store} is as {done.backup} has it: {plural(done.customers, 'customer')}.")
    if done.forgotten:
        screen.line(f"{plural(done.forgotten, 'customer')} forgotten since then, erased again.")
    if done.aside:
        screen.line(f"What was there before: {done.aside}")
