"""``care customers forget``: erasing a customer for good."""

from typing import TYPE_CHECKING, Annotated

import typer

from care import clock
from care.cli.options import Who
from care.cli.publish import publish, written_events
from care.cli.run import Run, command
from care.errors import WrongUsage

if TYPE_CHECKING:
    from care.person.records import Farewell


def register(app: typer.Typer) -> None:
    """Adds the command to the group of customers."""
    command(app, "forget")(forget_customer)


def forget_customer(
    run: Run, who: Who, yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the name.")] = False
) -> None:
    """Erases a customer from the store, for good: it cannot be undone."""
    from care.cli.input.editor import drop_kept
    from care.cli.input.refs import person_said
    from care.cli.input.unsaved_notes import drop_unsaved_notes, forget_briefed
    from care.person.farewell import farewell
    from care.person.forget import forget
    from care.views.forgetting import show_farewell, show_forgotten

    person = person_said(run, who)
    with run.reading() as session:
        would = farewell(session, person)
    if not yes:
        if not run.is_terminal:
            raise WrongUsage(f"this erases {would.name} for good. Say --yes to go on.")
        show_farewell(run.talk, would)
        _ask_for_name(run, would)
    events = written_events(run, person)
    with run.changing() as session:
        gone = forget(session, person, run.now, replace_calls=True, explicit_clock=clock.is_explicit())
    drop_unsaved_notes(run.store_path, person)
    drop_kept(run.store_path, person)
    forget_briefed(run.store_path)
    run.pack()
    done = publish(run, gone=events) if events else None
    run.show(gone._replace(beyond=(*gone.beyond, *_copies(run))), show_forgotten)
    if done is not None and done.failure is not None:
        raise done.failure


def _copies(run: Run) -> list[str]:
    """The copies care itself made of the store, as far as they lie where it puts them: they still have everybody."""
    store = run.store_path
    copies = [*store.parent.glob(f"{store.stem}-before-*{store.suffix}"), *(store.parent / "backups").glob("*.db")]
    return [str(path) for path in sorted(copies)]


def _ask_for_name(run: Run, would: "Farewell") -> None:
    from care.cli.input.asking import ask, said_when_broken_off
    from care.cli.input.keys import forget_typed_ahead
    from care.text import fold

    forget_typed_ahead()
    with said_when_broken_off(run):
        name = ask("To go on, type the name")
    if fold(name) != fold(would.name):
        raise WrongUsage("that is not the name. Nothing was erased.")
