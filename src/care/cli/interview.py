"""``care log`` on a terminal: notes while they talk, then one key each after hanging up."""

from typing import TYPE_CHECKING, Any

import typer

from care.cli.ask import agrees, ask_key, forget_typed_ahead, read_line
from care.cli.drafts import drop_draft, save_draft, saved_draft
from care.cli.notes import build_notes, save
from care.cli.run import Run
from care.cli.sorting import ask_again, from_notes, sort_out
from care.interviews.dictation import Dictation, Step
from care.text import plural
from care.words import OUTCOME_LETTERS, Outcome

if TYPE_CHECKING:
    from care.interviews.records import Asked, Interview
    from care.views.terminal.screen import Screen

_OUTCOMES = "[r]eached  [n]o answer  [v]oicemail  [b]usy  [l]ater  [x] refused  [w]rong number"


def hold(run: Run, person: int, about: dict[str, Any]) -> None:
    """Holds the interview with this customer and records it. Every line is on the disk before the next is asked."""
    from care.interviews.actions import interview

    with run.reading() as session:
        plan = interview(session, person, run.caller_in(session, about.get("caller")), run.now)
    lines = _resumed(run, plan)
    _name(run.talk, plan)
    outcome = Outcome.REACHED
    if not lines:
        outcome = OUTCOME_LETTERS[ask_key(_OUTCOMES, "".join(OUTCOME_LETTERS)) or "r"]
    said: dict[str, Any] = dict(about)
    if outcome is Outcome.RESCHEDULED:
        said["again"] = ask_again(run, "  When do they want the call? (like “friday 9:00”; Enter: not said)")
    if outcome is Outcome.REACHED:
        started = run.now
        try:
            notes = _take_notes(run, plan, lines)
            said |= from_notes(notes)
            said |= sort_out(run, plan, notes)
        except (KeyboardInterrupt, typer.Abort):
            if saved_draft(run.store_path, plan.customer.id):
                run.talk.blank()
                run.talk.notice(f"Your notes on {plan.customer.name} are kept. care log goes on from there.")
            raise
        if not lines:
            from care import clock

            said["minutes"] = max(0, int((clock.now() - started).total_seconds() // 60))
    with run.reading() as session:
        made = build_notes(run, session, said, outcome)
    save(run, person, made)


def _resumed(run: Run, plan: "Interview") -> list[str]:
    lines = saved_draft(run.store_path, plan.customer.id)
    if not lines:
        return []
    run.talk.line(f"There are unfinished notes on {plan.customer.name}, {plural(len(lines), 'line')}.")
    forget_typed_ahead()
    if agrees("Go on from there?", default=True):
        return lines
    if not agrees(f"Throw away {plural(len(lines), 'line')} for good?", default=False):
        raise typer.Abort
    drop_draft(run.store_path, plan.customer.id)
    return []


def _name(talk: "Screen", plan: "Interview") -> None:
    from care.views.terminal.words import phone

    name = f"{plan.customer.name}, {plan.customer.company}" if plan.customer.company else plan.customer.name
    call = f"c{plan.call_id}  " if plan.call_id else ""
    talk.sides(f"{call}{name}", phone(plan.customer.phone))
    if plan.new:
        talk.line((f"“{plan.opening}”", "dim"))


def _take_notes(run: Run, plan: "Interview", lines: list[str]) -> Dictation:
    notes = Dictation(plan.questions)
    for line in lines:
        notes.take(line)
    run.talk.line(
        ("A number jumps, a blank line goes on, ? shows probes, . ends. issue: promise: wish: mark a line.", "dim")
    )
    shown: Asked | None = None
    while True:
        if shown is not notes.question:
            shown = notes.question
            _put(run.talk, shown, notes.answer(shown.key))
        for line in read_line("> ").split("\n"):  # a paste may bring several
            step = notes.take(line)
            if step is Step.ENDED:
                return notes
            if step is Step.PROBES:
                for probe in notes.question.probes:
                    run.talk.line((probe, "dim"), indent=2)
            elif step is Step.UNKNOWN:
                run.talk.line(f"The questions are 1 to {len(notes.questions)}.", indent=2)
        save_draft(run.store_path, plan.customer.id, notes.lines)


def _put(talk: "Screen", question: "Asked", answered: str | None) -> None:
    talk.line((f"{question.number} {question.key}", "cyan"), f"  {question.question}")
    if question.probes:
        talk.line((question.probes[0], "dim"), indent=2)
    if answered:
        talk.line((f"so far: {answered}", "dim"), indent=2)
