"""Sheets on the command line: printed before a call, read back after it."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from care import clock
from care.cli.run import Run
from care.errors import BadFile, CareError, WrongUsage

if TYPE_CHECKING:
    from care.interviews.sheets.records import CallForm, SheetRead


STDIN = "-"

LARGEST = 4 << 20
"""Bytes of a sheet: more than anybody writes by hand."""


def print_sheet(run: Run, sheet: "CallForm") -> None:
    """Writes the sheet to stdout, as Markdown or as JSON with the Markdown in it."""
    from care.exchange.sheets.writing import markdown

    text = markdown(sheet)
    if run.json:
        from care.views.as_json import write_json

        kept = {name: getattr(sheet, name) for name in ("store", "customer", "call", "version", "caller")}
        write_json(sys.stdout, kept | {"markdown": text})
    else:
        sys.stdout.write(text)


def read_sheets(run: Run, files: Sequence[str], who: str | None) -> None:
    """Takes every sheet, each whole or not at all, and says what became of it. Raises BadFile where one was refused."""
    from care.interviews.sheets.records import SheetRead, SheetRefused, SheetsRead
    from care.views.sheets import show_sheets

    person = _person(run, who)
    if person is not None and len(files) > 1:
        raise WrongUsage("several sheets are of several customers. Leave WHO out; each sheet says whose it is.")
    read: list[SheetRead] = []
    refused: list[SheetRefused] = []
    for file in files:
        try:
            name, text = sheet_text(file)
            read.append(take_text(run, name, text, person))
        except CareError as error:
            if len(files) == 1:
                raise _as_bad_file(error, file) from None
            reason = error.sentence if file in error.sentence or file == STDIN else f"{file}: {error.sentence}"
            refused.append(SheetRefused(file, reason))
    found = SheetsRead(tuple(read), tuple(refused))
    run.show(found, show_sheets)
    for one in refused:
        run.notice(one.reason)
    changed = [one for one in read if one.result == "changed"]
    if changed:
        raise BadFile(
            f"{_many(changed)} changed since the sheet was printed, and nothing was overwritten. "
            f"Put it right with care log --amend c{changed[0].call} --edit"
        )
    if refused:
        raise BadFile(f"{len(refused)} of {len(files)} sheets were refused; the others are taken.")
    if any(one.result in ("logged", "amended") for one in read):
        run.hint("Next: care report")


def _many(changed: Sequence["SheetRead"]) -> str:
    calls = [f"c{one.call}" for one in changed]
    return f"{', '.join(calls)} {'was' if len(calls) == 1 else 'were'}"


def _person(run: Run, who: str | None) -> int | None:
    if who is None:
        return None
    from care.cli.input.refs import person_said

    return person_said(run, who)


def _as_bad_file(error: CareError, file: str) -> CareError:
    """The refusal of the one file there is, as that of a bad file; what is wrong with the store stays that."""
    if error.exit_code in (4, 5):
        return error
    return BadFile(f"{file}: {error.sentence}" if file != STDIN else error.sentence)


def sheet_text(file: str) -> tuple[str, str]:
    """The name of a file, or of what is piped in, and its text, whichever way it was saved. Raises BadFile."""
    from care.exchange.texts import content_of, decoded, within

    if file == STDIN:
        content = within(sys.stdin.buffer.read(LARGEST + 1), LARGEST, "stdin", "sheet")
        return "stdin", decoded("stdin", content)
    content = content_of(Path(file), LARGEST, "sheet", f"the sheets in it: {file.rstrip('/')}/*.md")
    return file, decoded(file, content)


def take_text(run: Run, name: str, text: str, person: int | None) -> "SheetRead":
    """Takes one sheet in one change, where there is anything to take.

    Raises CareError, and then nothing of it was taken.
    """
    from care.exchange.sheets.headings import SheetQuestion
    from care.exchange.sheets.reader import header_of, read_sheet
    from care.interviews.sheets.forms import questions_of
    from care.interviews.sheets.take import judge_sheet, take_sheet

    header = header_of(text)
    with run.reading() as session:
        questions = [SheetQuestion(*question) for question in questions_of(session, header)]
        filled = read_sheet(name, text, questions)
        judged = judge_sheet(session, filled, run.caller_in(session), run.now, person)
    if judged.read is not None:
        return judged.read
    with run.changing() as session:
        return take_sheet(
            session, filled, run.caller_in(session), run.now, who=person, explicit_clock=clock.is_explicit()
        )


def files_said(said: str | None, more: Iterable[str]) -> tuple[list[str], str | None]:
    """The files of ``--from FILE`` with what the shell made of ``*.md``, and the customer among them, if one is."""
    files, who = [said] if said is not None else [], None
    for one in more:
        if one == STDIN or Path(one).exists() or "/" in one or one.lower().endswith((".md", ".txt", ".markdown")):
            files.append(one)
        elif who is None:
            who = one
        else:
            raise WrongUsage(f"“{one}” is no file, and “{who}” is the customer. Check the names.")
    return files, who
