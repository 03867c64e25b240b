"""``care log`` on a terminal: notes while they talk, then one key each after hanging up."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from care import clock
from care.calls.outcomes import OUTCOME_LETTERS
from care.cli.input.asking import agrees, ask_key
from care.cli.input.keys import BACK, Lines, forget_typed_ahead
from care.cli.input.notes import build_notes, save
from care.cli.input.talk import OpenTalk
from care.cli.input.triage import REST, ask_again, sort_out
from care.cli.input.unsaved_notes import NotesElsewhere, UnsavedNotes, unfinished, unsaved_notes_on
from care.cli.run import Run
from care.interviews.note_taking import LineResult, NoteTaking
from care.text import plural
from care.words import Outcome

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from care.interviews.records import CallQuestion, Interview
    from care.views.screen import Screen


_OUTCOMES = "[r]eached  [n]o answer  [v]oicemail  [b]usy  [l]ater  [x] refused  [w]rong number"

_HELP = "A number or /ease jumps, a blank line goes on, ? helps, . ends. issue: promise: quote: mark a line."

_MORE_HELP = (
    "A line can begin with issue: failure: promise: wish: trigger: remember: or quote:",
    "A space before it makes a number, or a dot, their words.",
)


def hold(run: Run, person: int, about: dict[str, Any], *, named: bool) -> bool:
    """Holds the interview with this customer and records it; False when somebody else's turn is wanted instead."""
    from care.interviews.brief import interview

    with unsaved_notes_on(run.store_path, person) as unsaved:
        with run.reading() as session:
            if _is_recorded(session, person, unsaved):
                _say_recorded(run, unsaved)
            plan = interview(session, person, run.caller_in(session, about.get("caller")), run.now)
        if unsaved.events and not _goes_on(run, plan, unsaved) and unsaved.events:
            run.talk.hint("They are kept.")
            return named
        _name(run.talk, plan)
        try:
            _hold(run, plan, unsaved, about)
        except (KeyboardInterrupt, typer.Abort):
            run.talk.blank()
            if unsaved.events:
                run.notice(f"Your notes on {plan.customer.name} are kept. care log goes on from there.")
            else:
                run.notice("Nothing was recorded.")
            raise
    return True


def _hold(run: Run, plan: "Interview", unsaved: UnsavedNotes, about: dict[str, Any]) -> None:
    from care.interviews.triage import sorted_notes

    person = plan.customer.id
    resumed = bool(unsaved.events)
    outcome = Outcome.REACHED if resumed else _outcome(run)
    if outcome is not Outcome.REACHED:
        said = about | {"again": _when_instead(run) if outcome is Outcome.RESCHEDULED else None}
        with run.reading() as session:
            made = build_notes(run, session, said, outcome, quiet=True)
        save(run, person, made)
        return
    if not resumed:
        _begin(run, unsaved, about)
    talk = OpenTalk(run, plan, unsaved)
    if resumed and not talk.ended:
        talk.over_if_broken_off_long_ago(clock.now())
    if not talk.ended:
        _take_notes(run, talk)
    while not sort_out(run, talk):
        _take_notes(run, talk)
    now_said = {key: value for key, value in about.items() if value is not None and key != "how"}
    facts = {**unsaved.facts["about"], **now_said, "at": unsaved.facts["at"], "minutes": talk.minutes}
    with run.reading() as session:
        noted = facts | sorted_notes(plan, talk.notes, talk.pressed)
        made = build_notes(run, session, noted, Outcome.REACHED, quiet=True)
    save(run, person, made, unsaved=unsaved)


def _when_instead(run: Run) -> str | None:
    said = ask_again(run, "  When do they want the call? (like “friday 9:00”; Enter: not said)", run.now)
    return None if said in (BACK, REST) else said


def _outcome(run: Run) -> Outcome:
    while True:
        key = ask_key(run, _OUTCOMES, "".join(OUTCOME_LETTERS)) or "r"
        if key != BACK:
            return OUTCOME_LETTERS[key]


def _begin(run: Run, unsaved: UnsavedNotes, about: dict[str, Any]) -> None:
    from care.calls.queries import latest_try
    from care.cli.input.refs import past_instant

    with run.reading() as session:
        at = past_instant(run, session, about.get("at"))
        tries = latest_try(session)
    said = {key: value for key, value in about.items() if value is not None}
    unsaved.begin(at=at.isoformat(), picked_up=clock.now().isoformat(), tries=tries, about=said)


def _is_recorded(session: "Session", person: int, unsaved: UnsavedNotes) -> bool:
    """Whether the talk of unsaved notes is in the store: the program ended between recording it and dropping them."""
    from care.calls.queries import was_reached

    facts = unsaved.facts
    return bool(facts) and was_reached(session, person, datetime.fromisoformat(facts["at"]), facts["tries"])


def _say_recorded(run: Run, unsaved: UnsavedNotes) -> None:
    unsaved.drop()
    run.talk.hint("What you noted last time is recorded.")


def unfinished_talks(run: Run) -> list[int]:
    """The customers on whom there are unfinished notes, the latest first; notes that are recorded are dropped."""
    from care.customers.find import is_known

    found = []
    for person in unfinished(run.store_path):
        try:
            with run.reading() as session, unsaved_notes_on(run.store_path, person) as unsaved:
                if _is_recorded(session, person, unsaved):
                    unsaved.drop()
                elif unsaved.events and is_known(session, person):
                    found.append(person)
        except NotesElsewhere:
            continue
    return found


def _goes_on(run: Run, plan: "Interview", unsaved: UnsavedNotes) -> bool:
    """Whether to go on with unfinished notes. They are thrown away only by who says so twice."""
    lines = plural(unsaved.lines, "line")
    run.talk.line(f"There are unfinished notes on {plan.customer.name}, {lines}.")
    forget_typed_ahead()
    picked = ask_key(run, "[g]o on  [l]ater  [t]hrow them away", "glt")
    if picked == "t" and agrees(f"Throw away {lines} for good?", default=False):
        unsaved.drop()
    return picked in ("g", "")


def _name(talk: "Screen", plan: "Interview") -> None:
    from care.views.wording import phone

    name = f"{plan.customer.name}, {plan.customer.company}" if plan.customer.company else plan.customer.name
    call = f"c{plan.call_id}  " if plan.call_id else ""
    talk.sides(f"{call}{name}", phone(plan.customer.phone))
    if plan.new:
        talk.line((f"“{plan.opening}”", "dim"))


def _take_notes(run: Run, talk: OpenTalk) -> None:
    run.talk.line((_HELP, "dim"))
    shown: CallQuestion | None = None
    lines = Lines()
    while True:
        notes = talk.notes
        run.talk.measure()
        if shown is not notes.question:
            shown = notes.question
            _put(run.talk, shown, notes.answer(shown.key))
        for line in lines.read("> "):
            step = talk.take(line.text, pasted=line.pasted)
            if step is LineResult.ENDED:
                talk.hang_up(clock.now())
                return
            _say(run.talk, step, notes)


def _say(talk: "Screen", step: LineResult, notes: NoteTaking) -> None:
    if step is LineResult.PROBES:
        for words in (*notes.question.probes, *_MORE_HELP):
            talk.line((words, "dim"), indent=2)
    elif step is LineResult.UNKNOWN:
        keys = ", ".join(f"{question.number} {question.key}" for question in notes.questions)
        talk.line(f"The questions are 1 to {len(notes.questions)}: {keys}.", indent=2)
    elif step is LineResult.TOO_LONG:
        talk.notice("That is too long for one answer, and was not noted. A whole transcript goes with --transcript.")


def _put(talk: "Screen", question: "CallQuestion", answered: str | None) -> None:
    talk.line((f"{question.number} {question.key}", "cyan"), f"  {question.question}", hang=2)
    if question.probes:
        talk.line((question.probes[0], "dim"), indent=2)
    if answered:
        talk.line((f"so far: {answered}", "dim"), indent=2)
