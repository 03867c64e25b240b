"""``care log``: a talk, or that nobody answered."""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import typer

from care.calls.outcomes import OUTCOME_LETTERS
from care.cli.group import single
from care.cli.input.notes import build_notes, save
from care.cli.options import Caller
from care.cli.run import Run, command
from care.errors import BadSetting, NotFound, WrongUsage
from care.words import CallKind, How, Outcome, Stance

_Many = list[str] | None

app = single()


@command(app)
def log(
    run: Run,
    who: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WHO]", help="An id, an e-mail address, a phone number or part of a name."),
    ] = None,
    outcome: Annotated[
        str | None, typer.Option("-o", "--outcome", metavar="OUTCOME", help="r n v b l x w, or the whole word.")
    ] = None,
    kind: Annotated[CallKind | None, typer.Option("--kind", help="Other than the planned call.")] = None,
    how: Annotated[How | None, typer.Option("--how", help="How you talked; else by phone.")] = None,
    answer: Annotated[_Many, typer.Option("--answer", metavar="KEY=TEXT", help="Their words (repeatable).")] = None,
    reading: Annotated[_Many, typer.Option("--reading", metavar="KEY=good|mixed|bad", help="Your judgement.")] = None,
    issue: Annotated[_Many, typer.Option("--issue", metavar="TEXT|iN", help="A new issue, or one they join.")] = None,
    failure: Annotated[bool, typer.Option("--failure", help="The new issues are failures of our service.")] = False,
    promise: Annotated[_Many, typer.Option("--promise", metavar="TEXT by WHEN", help="What we will do.")] = None,
    wish: Annotated[_Many, typer.Option("--wish", metavar="TEXT", help="A promise they want from us.")] = None,
    trigger: Annotated[_Many, typer.Option("--trigger", metavar="TEXT", help="What makes them stay.")] = None,
    remember: Annotated[
        str | None, typer.Option("--remember", metavar="TEXT", help="The thread for next time.")
    ] = None,
    told: Annotated[
        _Many, typer.Option("--told", metavar="iN=TEXT", help="Told of an issue, and their reaction.")
    ] = None,
    stance: Annotated[Stance | None, typer.Option("--stance", help="As you heard it.")] = None,
    again: Annotated[str | None, typer.Option("--again", metavar="WHEN", help="Plan another call then.")] = None,
    listeners: Annotated[str | None, typer.Option("--with", metavar="NAMES", help="Who listened.")] = None,
    minutes: Annotated[int | None, typer.Option("--minutes", metavar="N", min=0, max=1440, help="How long.")] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it was; else now.")] = None,
    caller: Caller = None,
    new: Annotated[bool, typer.Option("--new", help="WHO is somebody new: add them by that name.")] = False,
    sheets: Annotated[
        str | None, typer.Option("--from", metavar="FILE|-", help="Read filled sheets: one, or DIR/*.md.")
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Write it in your editor, as a sheet.")] = False,
    transcript: Annotated[
        str | None, typer.Option("--transcript", metavar="FILE", help="A .vtt or .srt of it.")
    ] = None,
    amend: Annotated[
        bool, typer.Option("--amend", help="Change a talk on record: WHO, a call, else your last.")
    ] = False,
    move_to: Annotated[str | None, typer.Option("--move-to", metavar="WHO", help="The talk was with them.")] = None,
) -> None:
    """Records a talk, or that nobody answered; on a terminal it asks what you do not say."""
    said = {
        "answer": answer, "reading": reading, "issue": issue, "promise": promise, "wish": wish, "trigger": trigger,
        "remember": remember, "told": told, "stance": stance, "again": again, "minutes": minutes,
    }  # fmt: skip
    about = {"kind": kind, "how": how, "listeners": listeners, "at": at, "caller": caller}
    wanted = Wanted(who or [], outcome, said, about, failure, new, sheets, edit, transcript, amend, move_to)
    if failure and not issue:
        raise WrongUsage("--failure says what the issue is, and there is none. Name it with --issue TEXT.")
    (_elsewhere if sheets is not None or edit or amend or move_to is not None else _one_try)(run, wanted)


class Wanted(NamedTuple):
    """What was asked of ``care log``: ``said`` holds what was said in the talk, ``about`` what the call was."""

    who: list[str]
    outcome: str | None
    said: dict[str, Any]
    about: dict[str, Any]
    failure: bool
    new: bool
    sheets: str | None
    edit: bool
    transcript: str | None
    amend: bool
    move_to: str | None

    @property
    def of_the_talk(self) -> dict[str, Any]:
        """All that the options say of the talk itself, by their names."""
        return self.said | self.about | {"failure": self.failure, "new": self.new}


def _one_try(run: Run, wanted: Wanted) -> None:
    """Records a try by what the options say; on a terminal, where they say nothing, by asking."""
    said = {name: value for name, value in wanted.said.items() if value is not None}
    about, transcript, new = dict(wanted.about), wanted.transcript, wanted.new
    result = None if wanted.outcome is None else _outcome(wanted.outcome)
    silent = result is None and not said
    if silent and transcript is None and not run.is_terminal:
        raise WrongUsage(
            "nothing was said of the call. Say -o n when nobody answered, or --answer KEY=TEXT; see care log --help."
        )
    asks = run.is_terminal and transcript is None and result is None and said.keys() <= {"minutes"}
    name = _one(wanted.who)
    if new and name is None:
        raise WrongUsage("--new adds the one you talked with. Name them: care log NAME --new")
    person = person_meant(run, name, goes_on=asks, new=new)
    if isinstance(person, str):
        about["kind"] = about["kind"] or CallKind.VOLUNTEERED
    if asks:
        _ask(run, person, about | said, named=name is not None)
        return
    recording = None
    if transcript is not None:
        from care.cli.transcripts import attached_alone, read_recording

        if silent and attached_alone(run, transcript, name, person):
            return
        recording = read_recording(run, transcript, person)
        said = {"minutes": recording.file.minutes} | said
    with run.reading() as session:
        notes = build_notes(run, session, said | about | {"failure": wanted.failure}, result or Outcome.REACHED)
    save(run, person, notes, recording=recording)


def _ask(run: Run, person: int | str, about: dict[str, Any], *, named: bool) -> None:
    """Holds the interview with the customer, or with the next whose turn it is where that is put off."""
    from care.cli.input.interview import hold
    from care.cli.input.newcomers import joined

    put_off: list[int] = []
    while not hold(run, customer := joined(run, person), about, named=named):
        put_off.append(customer)
        person = person_meant(run, None, goes_on=True, put_off=put_off)


def _one(who: list[str]) -> str | None:
    if len(who) > 1:
        raise WrongUsage(f"“{who[1]}” is a word too many. A name with spaces goes in quotes: “{' '.join(who)}”.")
    return who[0] if who else None


def _outcome(said: str) -> Outcome:
    word = said.strip().lower()
    if word in OUTCOME_LETTERS:
        return OUTCOME_LETTERS[word]
    try:
        return Outcome(word)
    except ValueError:
        form = ", ".join(f"{letter} ({one.value})" for letter, one in OUTCOME_LETTERS.items())
        raise BadSetting("--outcome", said, form) from None


def person_meant(
    run: Run, who: str | None, *, goes_on: bool, new: bool = False, put_off: Sequence[int] = ()
) -> int | str:
    """The customer meant: the one named, else of unfinished notes, else briefed last today, else of the next call.

    Somebody new is given by their name. Those put off are nobody's turn.
    """
    from care.cli.input.unsaved_notes import briefed
    from care.customers.find import is_known

    if who is not None:
        from care.cli.input.newcomers import person_or_newcomer

        return person_or_newcomer(run, who, new=new)
    from care.issues.tell_notes import next_call
    from care.times.zones import local_date

    if goes_on:
        from care.cli.input.interview import unfinished_talks

        begun = next((one for one in unfinished_talks(run) if one not in put_off), None)
        if begun is not None:
            return begun
    with run.reading() as session:
        zone = run.policy(session).timezone
        last = briefed(run.store_path, local_date(run.now, zone), zone)
        if last is not None and last not in put_off and is_known(session, last):
            return last
        call = next_call(session, run.now)
    if call is None or call.customer.id in put_off:
        raise NotFound("there is no call left to make. Name a customer: care log WHO.")
    return call.customer.id


def _elsewhere(run: Run, wanted: Wanted) -> None:
    """Reads sheets, or writes, amends or moves one talk. Raises WrongUsage where two of them are asked for at once."""
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
    said = {name for name, value in wanted.of_the_talk.items() if value is not None and value is not False}
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
    _one_talk(run, wanted, wanted.who[0] if wanted.who else None)


def _one_talk(run: Run, wanted: Wanted, who: str | None) -> None:
    from care.cli.amending import amend_talk, call_meant, edit_talk, go_on, move_talk
    from care.cli.transcripts import attach_to

    if wanted.move_to is not None:
        move_talk(run, call_meant(run, who, wanted.about["caller"]), wanted.move_to)
    elif wanted.amend:
        if wanted.outcome is not None:
            raise WrongUsage("a talk on record was held. If nobody was reached, take it back: care undo.")
        call = call_meant(run, who, None)
        if wanted.transcript is None:
            amend_talk(run, call, wanted.of_the_talk, edit=wanted.edit)
            return
        if any(value is not None and value is not False for value in wanted.of_the_talk.values()) or wanted.edit:
            raise WrongUsage("--transcript is attached by itself. Change the talk before it or after it.")
        attach_to(run, wanted.transcript, call)
    elif who is not None or not go_on(run):
        from care.cli.input.newcomers import joined

        edit_talk(run, joined(run, person_meant(run, who, goes_on=False, new=wanted.new)))
