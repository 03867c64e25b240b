"""``care touch``: a contact with a purpose."""

from typing import Annotated

import typer

from care.cli.group import single
from care.cli.options import Caller, MaybeWords, Who
from care.cli.run import Run, command
from care.words import Area, Purpose

app = single()


@command(app)
def touch(
    run: Run,
    who: Who,
    purpose: Annotated[Purpose, typer.Argument(metavar="PURPOSE", help="thank, give, involve, serve, ask or sell.")],
    text: MaybeWords = None,
    area: Annotated[Area | None, typer.Option("--in", help="With involve: in what.")] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it was; else now.")] = None,
    caller: Caller = None,
) -> None:
    """Records a contact with a customer and what it was for."""
    from care.cli.input.refs import past_instant, person_said
    from care.touches.touch import record_touch
    from care.views.touches import show_touch

    customer = person_said(run, who)
    with run.changing() as session:
        when = past_instant(run, session, at)
        me = run.caller_in(session, caller)
        record = record_touch(session, customer, purpose, text, area, me, when, run.now)
    run.show(record, show_touch)
    run.hint(f"Next: care customers show {customer}")
