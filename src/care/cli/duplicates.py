"""``care customers duplicates``, ``merge`` and ``apart``: customers who may be one person."""

from typing import Annotated

import typer

from care import clock
from care.cli.options import Limit, Who
from care.cli.run import Run, command

PAGE = 10

_Into = Annotated[str, typer.Argument(metavar="INTO", help="Who they are: number, e-mail, phone or part of a name.")]

_Other = Annotated[str, typer.Argument(metavar="OTHER", help="The other one.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the group of customers."""
    command(app, "duplicates")(duplicates)
    command(app, "merge")(merge)
    command(app, "apart")(apart)


def duplicates(run: Run, limit: Limit = None) -> None:
    """Shows customers who may be one person, and why; you decide."""
    from care.customers.duplicates import find_duplicates, list_duplicates
    from care.views.duplicates import show_pairs

    most = limit or (PAGE if run.screen.is_terminal and not run.json else None)
    with run.changing() as session:
        find_duplicates(session, run.now)
        found = list_duplicates(session, most)
    run.show(found, show_pairs)
    if found.pairs:
        one = found.pairs[0]
        run.hint(f"One person: care customers merge {one.other.id} {one.one.id}. Two: care customers apart "
                 f"{one.one.id} {one.other.id}")  # fmt: skip


def merge(run: Run, who: Who, into: _Into) -> None:
    """Joins two customers who are one person: all of the first becomes the second's. care undo takes it apart."""
    from care.cli.input.refs import person_said
    from care.cli.input.unsaved_notes import move_unsaved_notes
    from care.person.merge import merge_customers
    from care.views.duplicates import show_merged

    gone, kept = person_said(run, who), person_said(run, into)
    with run.changing() as session:
        merged = merge_customers(session, gone, kept, run.now, explicit_clock=clock.is_explicit())
    move_unsaved_notes(run.store_path, gone, kept)
    run.show(merged, show_merged)
    run.hint("care undo takes it apart again.")


def apart(run: Run, who: Who, other: _Other) -> None:
    """Records that two who look alike are two people; they are not proposed again."""
    from care.cli.input.refs import person_said
    from care.customers.duplicates import dismiss_duplicate, list_duplicates
    from care.customers.find import person_with
    from care.views.duplicates import show_apart

    one, two = person_said(run, who), person_said(run, other)
    with run.changing() as session:
        dismiss_duplicate(session, one, two)
        names = [person_with(session, person).name for person in (one, two)]
        found = list_duplicates(session, PAGE)
    run.show(found, show_apart(*names))
    run.hint("They are not proposed again. care undo takes it back.")
