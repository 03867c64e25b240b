"""``care log``: a talk, or that nobody answered."""

from collections.abc import Sequence
from typing import Annotated

import typer

from care.cli.group import single
from care.cli.notes import build_notes, save
from care.cli.options import Caller, MaybeWho
from care.cli.run import Run, command
from care.errors import BadSetting, NotFound, WrongUsage
from care.words import OUTCOME_LETTERS, CallKind, How, Outcome, Stance

_Many = list[str] | None


app = single()


@command(app)
def log(
    run: Run,
    who: MaybeWho = None,
    outcome: Annotated[
        str | None, typer.Option("-o", "--outcome", metavar="OUTCOME", help="r n v b l x w, or the whole word.")
    ] = None,
    kind: Annotated[CallKind | None, typer.Option("--kind", help="Other than the planned call.")] = None,
    how: Annotated[How, typer.Option("--how", help="How you talked.")] = How.PHONE,
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
) -> None:
    """Records a talk, or that nobody answered; on a terminal it asks what you do not say."""
    given = {
        "answer": answer, "reading": reading, "issue": issue, "promise": promise, "wish": wish, "trigger": trigger,
        "remember": remember, "told": told, "stance": stance, "again": again, "minutes": minutes,
    }  # fmt: skip
    said = {name: value for name, value in given.items() if value is not None}
    if failure and not issue:
        raise WrongUsage("--failure says what the issue is, and there is none. Name it with --issue TEXT.")
    result = None if outcome is None else _outcome(outcome)
    if result is None and not said and not run.is_terminal:
        raise WrongUsage(
            "nothing was said of the call. Say -o n when nobody answered, or --answer KEY=TEXT; see care log --help."
        )
    asks = run.is_terminal and result is None and said.keys() <= {"minutes"}
    person = _person(run, who, goes_on=asks)
    about = {"kind": kind, "how": how, "listeners": listeners, "at": at, "caller": caller}
    if asks:
        from care.cli.interview import hold

        put_off: list[int] = []
        while not hold(run, person, about | said, named=who is not None):
            put_off.append(person)
            person = _person(run, None, goes_on=True, put_off=put_off)
        return
    with run.reading() as session:
        notes = build_notes(run, session, said | about | {"failure": failure}, result or Outcome.REACHED)
    save(run, person, notes)


def _outcome(said: str) -> Outcome:
    word = said.strip().lower()
    if word in OUTCOME_LETTERS:
        return OUTCOME_LETTERS[word]
    try:
        return Outcome(word)
    except ValueError:
        form = ", ".join(f"{letter} ({one.value})" for letter, one in OUTCOME_LETTERS.items())
        raise BadSetting("--outcome", said, form) from None


def _person(run: Run, who: str | None, *, goes_on: bool, put_off: Sequence[int] = ()) -> int:
    """The customer meant: the one named, else of unfinished notes, else briefed last today, else of the next call."""
    from care.cli.drafts import briefed
    from care.cli.refs import person_said
    from care.customers.actions import is_known

    if who is not None:
        return person_said(run, who)
    from care.calls.actions import next_call
    from care.times.zones import local_date

    if goes_on:
        from care.cli.interview import unfinished_talks

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
