"""``care owed``: everything we owe customers."""

from typing import Annotated

import typer

from care.cli.group import group
from care.cli.options import Limit
from care.cli.run import Run, bare, command
from care.errors import WrongUsage

app = group("Everything we owe customers, the most overdue first.")


@bare(app)
def owed(
    run: Run, mine: Annotated[bool, typer.Option("--mine", help="Only what I owe.")] = False, limit: Limit = None
) -> None:
    """Lists everything we owe customers, the most overdue first."""
    from care.reports.actions import owed as read_owed
    from care.views.terminal.owed import show_owed

    with run.reading() as session:
        me = run.caller_in(session) if mine else None
        found = read_owed(session, run.now, caller=me, limit=limit)
    run.show(found, show_owed)
    if found.owed:
        first = found.owed[0]
        steps = {
            "promise": f"care owed done {first.ref}",
            "stay_in_touch": f"care touch {first.customer.id} give TEXT, or care owed drop {first.ref}",
        }
        run.hint(f"Next: {steps.get(first.kind, f'care issues tell {first.ref} {first.customer.id}')}")


@command(app)
def done(run: Run, ref: Annotated[str, typer.Argument(metavar="REF", help="What was done: p3.")]) -> None:
    """Marks a promise as kept. An issue is told person by person: care issues tell."""
    from care.cli.refs import reference
    from care.promises.actions import keep_promise
    from care.views.terminal.owed import show_kept

    letter, number = reference(ref, "pi")
    if letter == "i":
        raise WrongUsage(f"i{number} is told customer by customer: care issues tell i{number} WHO --reaction TEXT.")
    with run.changing() as session:
        record = keep_promise(session, number, run.now)
    run.show(record, show_kept)
    run.hint("Next: care owed")


@command(app)
def drop(
    run: Run,
    ref: Annotated[str, typer.Argument(metavar="REF", help="What is let go: n12.")],
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why, in a few words.")] = None,
) -> None:
    """Lets a small touch go; it is not proposed again for that talk."""
    from care.calls.staying.actions import drop_touch
    from care.cli.refs import reference
    from care.views.terminal.owed import show_dropped

    number = reference(ref, "n")[1]
    with run.changing() as session:
        record = drop_touch(session, number, reason, run.now)
    run.show(record, show_dropped)
    run.hint("Next: care owed")
