"""``care log`` otherwise than at the prompts: sheets, the editor, and talks that are on record already."""

from collections.abc import Callable
from typing import Any, NamedTuple

from care.cli.run import Run
from care.errors import WrongUsage


class Wanted(NamedTuple):
    """What was asked of ``care log``; ``said`` holds what the options say of the talk itself."""

    who: tuple[str, ...]
    outcome: str | None
    said: dict[str, Any]
    sheets: str | None = None
    edit: bool = False
    amend: bool = False
    move_to: str | None = None
    transcript: str | None = None


def dispatch(run: Run, wanted: Wanted, person_meant: Callable[[str | None], int | str]) -> None:
    """Does the one thing that was asked for. Raises WrongUsage where that are two at once.

    ``person_meant`` finds the customer, also where nobody is named.
    """
    asked = [
        name
        for name, is_asked in (
            ("--from", wanted.sheets is not None),
            ("--edit", wanted.edit and not wanted.amend),
            ("--amend", wanted.amend and wanted.move_to is None),
            ("--move-to", wanted.move_to is not None),
        )
        if is_asked
    ]
    if len(asked) > 1:
        raise WrongUsage(f"{asked[0]} and {asked[1]} are two things. Do one after the other.")
    said = {name for name, value in wanted.said.items() if value is not None and value is not False}
    if wanted.outcome is not None:
        said.add("outcome")
    if wanted.transcript is not None and asked[0] != "--amend":
        raise WrongUsage(f"{asked[0]} goes first. Then attach the transcript: care log CALL --transcript FILE")
    if said - {"caller", "new" if asked[0] == "--edit" else "caller"} and asked[0] != "--amend":
        raise WrongUsage(f"{asked[0]} says all of the talk itself. Leave --{sorted(said)[0]} out.")
    if wanted.sheets is not None:
        from care.cli.input.sheets import files_said, read_sheets

        files, who = files_said(wanted.sheets, wanted.who)
        read_sheets(run, files, who)
        return
    if len(wanted.who) > 1:
        raise WrongUsage(f"“{wanted.who[1]}” is a word too many. A name with spaces goes in quotes.")
    _one_talk(run, wanted, wanted.who[0] if wanted.who else None, person_meant)


def _one_talk(run: Run, wanted: Wanted, who: str | None, person_meant: Callable[[str | None], int | str]) -> None:
    from care.cli.amending import amend_talk, call_meant, edit_talk, go_on, move_talk
    from care.cli.transcripts import attach_to

    if wanted.move_to is not None:
        move_talk(run, call_meant(run, who, wanted.said.get("caller")), wanted.move_to)
    elif wanted.amend:
        if wanted.outcome is not None:
            raise WrongUsage("a talk on record was held. If nobody was reached, take it back: care undo.")
        call = call_meant(run, who, None)
        if wanted.transcript is None:
            amend_talk(run, call, wanted.said, edit=wanted.edit)
            return
        if any(value is not None and value is not False for value in wanted.said.values()) or wanted.edit:
            raise WrongUsage("--transcript is attached by itself. Change the talk before it or after it.")
        attach_to(run, wanted.transcript, call)
    elif who is not None or not go_on(run):
        from care.cli.input.newcomers import joined

        edit_talk(run, joined(run, person_meant(who)))
