"""``care brief``: one screen before dialling."""

from care.cli.group import single
from care.cli.options import MaybeWho
from care.cli.run import Run, command
from care.errors import NotFound

app = single()


@command(app)
def brief(run: Run, who: MaybeWho = None) -> None:
    """Shows one screen before dialling; without WHO the next call."""
    from care.calls.actions import next_call
    from care.cli.refs import person_said
    from care.interviews.briefing.actions import brief as read_brief
    from care.views.terminal.brief import show_brief

    person = None if who is None else person_said(run, who)
    with run.reading() as session:
        if person is None:
            call = next_call(session, run.now)
            if call is None:
                raise NotFound("there is no call left to make. Name a customer, or plan the week with care plan.")
            person = call.customer.id
        record = read_brief(session, person, run.caller_in(session), run.now)
    run.show(record, show_brief)
    if not run.json:
        from care.cli.drafts import note_briefed

        note_briefed(run.store_path, person, run.now)
    run.hint("When it rings: care log" if who is None or record.call else f"When it rings: care log {person}")
