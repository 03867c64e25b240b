"""``care log``: a talk, or that nobody answered."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from care import clock
from care.cli.options import Caller, MaybeWho
from care.cli.run import Run, command
from care.errors import BadSetting, NotFound, WrongUsage
from care.words import OUTCOME_LETTERS, CallKind, How, IssueKind, Outcome, Stance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from care.interviews.notes import CallNotes

_Many = list[str] | None


def register(app: typer.Typer) -> None:
    """Adds the command to the program."""
    command(app)(log)


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
    remember: Annotated[str | None, typer.Option("--remember", metavar="TEXT", help="The thread for next time.")] = None,
    told: Annotated[_Many, typer.Option("--told", metavar="iN=TEXT", help="Told of an issue, and their reaction.")] = None,
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
    result = None if outcome is None else _outcome(outcome)
    if result is None and not said and not run.is_terminal:
        raise WrongUsage("nothing was said of the call. Say -o n when nobody answered, or --answer KEY=TEXT; see care log --help.")
    person = _person(run, who)
    about = {"kind": kind, "how": how, "listeners": listeners, "at": at, "caller": caller}
    if result is None and not said:
        from care.cli.interview import hold

        hold(run, person, about)
        return
    notes = _notes(run, said | about | {"failure": failure}, result or Outcome.REACHED)
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


def _person(run: Run, who: str | None) -> int:
    """The customer meant: the one named, else the one briefed last today, else that of the next call."""
    from care.cli.drafts import briefed
    from care.cli.refs import person_said

    if who is not None:
        return person_said(run, who)
    from care.calls.actions import next_call

    last = briefed(run.store_path, run.now.date().isoformat())
    with run.reading() as session:
        call = None if last is not None else next_call(session, run.now)
    if last is not None:
        return last
    if call is None:
        raise NotFound("there is no call left to make. Name a customer: care log WHO.")
    return call.customer.id


def _notes(run: Run, said: dict[str, Any], outcome: Outcome) -> "CallNotes":
    with run.reading() as session:
        return build_notes(run, session, said, outcome)


def build_notes(run: Run, session: "Session", said: dict[str, Any], outcome: Outcome) -> "CallNotes":
    """The validated notes that options or answers make. Raises WrongUsage with the word that cannot be read."""
    from pydantic import ValidationError

    from care.cli.refs import moment, past_instant
    from care.interviews.notes import CallNotes, FoundGold
    from care.interviews.said import issue_said, keyed, promise_said, reading_said, told_said
    from care.store.settings import policy
    from care.words import GoldKind

    zone = policy(session).timezone
    at = past_instant(run, session, said.get("at"))
    again_on, again_at = moment(run, session, said.get("again"))
    kind = IssueKind.FAILURE if said.get("failure") else IssueKind.ISSUE
    gold = [FoundGold(kind=GoldKind.WISH, words=text) for text in said.get("wish") or () if text.strip()]
    gold += [FoundGold(kind=GoldKind.TRIGGER, words=text) for text in said.get("trigger") or () if text.strip()]
    issues = [issue_said(text, kind) for text in said.get("issue") or ()]
    issues += [issue_said(text, IssueKind.FAILURE) for text in said.get("failures") or ()]
    try:
        return CallNotes(
            outcome=outcome,
            kind=said.get("kind"),
            how=said.get("how") or How.PHONE,
            at=at,
            caller=run.caller_in(session, said.get("caller")),
            answers=_once(keyed(text, "--answer", "ease=their words") for text in said.get("answer") or ()),
            readings=_once(reading_said(text) for text in said.get("reading") or ()),
            issues=tuple(issues),
            promises=tuple(promise_said(text, at, zone) for text in said.get("promise") or ()),
            gold=tuple(gold),
            told=tuple(told_said(text) for text in said.get("told") or ()),
            remember=said.get("remember") or None,
            stance=said.get("stance"),
            sold=said.get("sold"),
            defended=said.get("defended"),
            again_on=again_on,
            again_at=again_at,
            listeners=tuple(name.strip() for name in (said.get("listeners") or "").split(",") if name.strip()),
            minutes=said.get("minutes"),
        )
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise WrongUsage(f"{where + ': ' if where else ''}{first['msg'].removeprefix('Value error, ')}.") from None


def _once(pairs: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise WrongUsage(f"“{key}” is said twice. Say it once.")
        found[key] = value
    return found


def save(run: Run, person: int, notes: "CallNotes") -> None:
    """Records the notes, shows what became of them, and names the next command."""
    from care.cli.drafts import forget_briefed
    from care.interviews.actions import record
    from care.views.terminal.talks import show_talk

    with run.changing() as session:
        talk = record(session, person, notes, run.now, explicit_clock=clock.is_explicit())
    forget_briefed(run.store_path)
    run.show(talk, show_talk)
    run.hint("Next: care brief" if talk.held < talk.wanted else "Next: care report")
