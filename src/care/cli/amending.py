"""``care log --edit``, ``--amend`` and ``--move-to``: one talk written whole, put right, or given to its customer."""

import re
from typing import TYPE_CHECKING, Any

from care.cli.run import Run
from care.errors import BadFile, WrongUsage

if TYPE_CHECKING:
    from care.interviews.sheets.records import SheetRead


_CALL = re.compile(r"c?([0-9]{1,15})", re.IGNORECASE)


def edit_talk(run: Run, person: int) -> None:
    """Opens the sheet of a customer's call in the editor and records what is written."""
    from care.cli.input.editor import edit_sheet
    from care.interviews.sheets.forms import call_form

    with run.reading() as session:
        sheet = call_form(session, person, run.caller_in(session), run.now)
    _finish(run, edit_sheet(run, sheet))


def go_on(run: Run) -> bool:
    """Goes on with the latest text that was not recorded; False where there is none."""
    from care.cli.input.editor import latest_kept

    kept = latest_kept(run.store_path)
    if kept is None:
        return False
    if kept.call is not None and _is_held(run, kept.call):
        _edit_recorded(run, kept.call)
    else:
        edit_talk(run, kept.customer)
    return True


def amend_talk(run: Run, call: int, said: dict[str, Any], *, edit: bool) -> None:
    """Changes a recorded talk by options, else in the editor; off a terminal it is shown where nothing is said."""
    from care.cli.input.notes import build_notes
    from care.cli.input.sheets import print_sheet
    from care.interviews.amend import amend, recorded
    from care.interviews.sheets.forms import recorded_form
    from care.views.talks import show_talk
    from care.words import Outcome

    changes = {name: value for name, value in said.items() if value is not None and value is not False}
    if changes and edit:
        raise WrongUsage("--edit changes the talk in your editor; leave the other options out.")
    if changes:
        with run.changing() as session:
            new = build_notes(run, session, changes, Outcome.REACHED)
            talk = amend(session, call, recorded(session, call).with_more(new, changes), run.now)
        run.show(talk, show_talk)
        run.hint(f"How it was: care customers show {talk.call.customer.id} --history")
    elif edit or run.is_terminal:
        _edit_recorded(run, call)
    else:
        with run.reading() as session:
            print_sheet(run, recorded_form(session, call))


def move_talk(run: Run, call: int, to: str) -> None:
    """Gives a recorded talk to the customer it was really with."""
    from care.cli.input.refs import person_said
    from care.interviews.move_talk import move
    from care.views.talks import show_moved

    person = person_said(run, to)
    with run.changing() as session:
        moved = move(session, call, person, run.now)
    run.show(moved, show_moved)
    run.hint(f"How it was: care customers show {moved.was_with.id} --history")


def call_meant(run: Run, said: str | None, caller: str | None) -> int:
    """The talk that ``c41``, ``41`` or a customer's name means, their latest; without a word, my own latest.

    Raises NothingHeld, and what looking for a customer raises.
    """
    from care.interviews.amend import held_call, last_talk

    found = _CALL.fullmatch(said.strip()) if said is not None else None
    if found is not None:
        with run.reading() as session:
            return int(held_call(session, int(found[1])).id)
    from care.cli.input.refs import person_said

    person = None if said is None else person_said(run, said)
    with run.reading() as session:
        return last_talk(session, customer_id=person, caller=run.caller_in(session, caller))


def _is_held(run: Run, call: int) -> bool:
    from care.errors import NotFound
    from care.interviews.amend import held_call

    with run.reading() as session:
        try:
            held_call(session, call)
        except NotFound:
            return False
    return True


def _edit_recorded(run: Run, call: int) -> None:
    from care.cli.input.editor import edit_sheet
    from care.interviews.sheets.forms import recorded_form

    with run.reading() as session:
        sheet = recorded_form(session, call)
    _finish(run, edit_sheet(run, sheet))


def _finish(run: Run, read: "SheetRead | None") -> None:
    from care.cli.input.unsaved_notes import forget_briefed
    from care.interviews.sheets.records import SheetsRead
    from care.views.sheets import show_sheets

    if read is None:
        run.notice("Nothing was filled in, and nothing is recorded.")
        return
    if read.result == "logged":
        forget_briefed(run.store_path)
    run.show(read.talk if read.talk and run.json else SheetsRead((read,), ()), show_sheets)
    if read.result == "changed":
        raise BadFile(f"c{read.call} was changed in between, and nothing was overwritten. Your text is kept.")
    run.hint("Next: care brief")
