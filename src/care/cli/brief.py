"""``care brief``: one screen before dialling."""

from typing import Annotated

import typer

from care.cli.group import single
from care.cli.options import MaybeWho
from care.cli.run import Run, command
from care.errors import NotFound, WrongUsage

app = single()


@command(app)
def brief(
    run: Run,
    who: MaybeWho = None,
    sheet: Annotated[bool, typer.Option("--sheet", help="Print it as a Markdown form to fill in.")] = False,
    blank: Annotated[bool, typer.Option("--blank", help="With --sheet: an empty form, for anybody.")] = False,
) -> None:
    """Shows one screen before dialling; without WHO the next call."""
    if blank:
        _blank(run, who, sheet=sheet)
        return
    from care.cli.input.refs import person_said
    from care.interviews.brief import brief as read_brief
    from care.issues.tell_notes import next_call
    from care.views.brief import show_brief

    person = None if who is None else person_said(run, who)
    with run.reading() as session:
        if person is None:
            call = next_call(session, run.now)
            if call is None:
                raise NotFound("there is no call left to make. Name a customer, or plan the week with care plan.")
            person = call.customer.id
        if sheet:
            from care.cli.input.sheets import print_sheet
            from care.interviews.sheets.forms import call_form

            print_sheet(run, call_form(session, person, run.caller_in(session), run.now))
            run.hint("Filled in, it is read with: care log --from FILE")
            return
        record = read_brief(session, person, run.caller_in(session), run.now)
    run.show(record, show_brief)
    if not run.json:
        from care.cli.input.unsaved_notes import note_briefed

        note_briefed(run.store_path, person, run.now)
    run.hint("When it rings: care log" if who is None or record.call else f"When it rings: care log {person}")


def _blank(run: Run, who: str | None, *, sheet: bool) -> None:
    if not sheet or who is not None:
        raise WrongUsage("--blank is an empty form for anybody: care brief --sheet --blank")
    from care.cli.input.sheets import print_sheet
    from care.interviews.sheets.forms import blank_form

    with run.reading() as session:
        print_sheet(run, blank_form(session))
    run.hint("Filled in, it is read with: care log --from FILE")
