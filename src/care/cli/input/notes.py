"""What options or a person's answers say, made into validated notes and recorded."""

from typing import TYPE_CHECKING, Any

from care import clock
from care.cli.run import Run
from care.errors import WrongUsage
from care.words import How, IssueKind, Outcome

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from care.cli.input.unsaved_notes import UnsavedNotes
    from care.interviews.notes import CallNotes
    from care.interviews.quotations import Recording


def build_notes(
    run: Run, session: "Session", said: dict[str, Any], outcome: Outcome, *, quiet: bool = False
) -> "CallNotes":
    """The validated notes that options or answers make; quiet where days were said when they were asked for.

    Raises WrongUsage with the word that cannot be read.
    """
    from pydantic import ValidationError

    from care.cli.input.refs import moment, past_instant
    from care.interviews.notes import CallNotes, FoundGold, issue_said, keyed, promise_said, reading_said, told_said
    from care.words import GoldKind

    zone = run.policy(session).timezone
    at = past_instant(run, session, said.get("at"))
    again_on, again_at = moment(run, session, said.get("again"), quiet=quiet)
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
            kept=tuple(said.get("kept") or ()),
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


def save(
    run: Run,
    person: int | str,
    notes: "CallNotes",
    *,
    recording: "Recording | None" = None,
    unsaved: "UnsavedNotes | None" = None,
) -> None:
    """Records the notes, drops the unsaved ones they are from, shows what became of them, and names the next command.

    Somebody new is given by their name and added in the same change, in which a transcript is attached.
    """
    from care.cli.input.unsaved_notes import forget_briefed
    from care.interviews.record import record
    from care.views.talks import show_talk

    with run.changing() as session:
        if isinstance(person, str):
            from care.customers.add import add_newcomer

            person = add_newcomer(session, person, run.now)
        talk = record(session, person, notes, run.now, explicit_clock=clock.is_explicit())
        if recording is not None:
            from care.interviews.transcripts import attach_to_new

            talk = attach_to_new(session, talk, recording.file, recording.ours, run.now)
    forget_briefed(run.store_path)
    if unsaved is not None:
        unsaved.drop()
    run.show(talk, show_talk)
    run.hint("Next: care brief" if talk.held < talk.wanted else "Next: care report")
