"""After hanging up: one key each sorts what was noted, Enter skips."""

from typing import TYPE_CHECKING, Any

from care.cli.ask import ask, ask_key, forget_typed_ahead
from care.cli.run import Run
from care.errors import WrongUsage
from care.interviews.dictation import Dictation
from care.issues.nearness import near_issues
from care.views.safe import clip, safe
from care.words import Reading, Stance

if TYPE_CHECKING:
    from care.interviews.records import Interview

_READINGS = {"g": Reading.GOOD, "m": Reading.MIXED, "b": Reading.BAD}
_STANCES = {"f": Stance.FAN, "n": Stance.NEUTRAL, "c": Stance.CRITIC}

SHOWN = 150
"""Cells of an answer that are shown again: enough to know it by."""


def from_notes(notes: Dictation) -> dict[str, Any]:
    """What the notes say by themselves, as the options of ``care log`` would."""
    remember = notes.marked_as("remember")
    return {
        "answer": [f"{key}={notes.answer(key)}" for key in notes.answers],
        "promise": notes.marked_as("promise"),
        "wish": notes.marked_as("wish"),
        "trigger": notes.marked_as("trigger"),
        "remember": remember[-1] if remember else None,
    }


def sort_out(run: Run, plan: "Interview", notes: Dictation) -> dict[str, Any]:
    """After hanging up: one key each, Enter skips."""
    talk = run.talk
    talk.line("Saved as you typed. Now sort it: one key each, Enter skips.")
    forget_typed_ahead()
    said: dict[str, Any] = {"reading": [], "told": []}
    for question in plan.questions:
        answer = notes.answer(question.key)
        if question.reading and answer:
            talk.line((f"“{clip(safe(answer), SHOWN)}”", "dim"), indent=2)
            picked = ask_key(f"  {question.key}  [g]ood [m]ixed [b]ad", "".join(_READINGS))
            if picked:
                said["reading"].append(f"{question.key}={_READINGS[picked].value}")
    said["issue"] = [_same_as(text, plan) for text in notes.marked_as("issue")]
    said["failures"] = [_same_as(text, plan) for text in notes.marked_as("failure")]
    for issue in plan.tell:
        picked = ask_key(
            f"  i{issue.id} {issue.title}, told that it is {issue.state.value}?  [p]leased [n]ot fixed", "pn"
        )
        if picked:
            said["told"].append(f"i{issue.id}={'pleased' if picked == 'p' else 'not fixed'}")
    stance = ask_key("  They are a [f]an [n]eutral [c]ritic", "".join(_STANCES))
    said["stance"] = _STANCES[stance] if stance else None
    said["sold"] = _yes_or_no("  I sold [y/n]")
    said["defended"] = _yes_or_no("  I defended us [y/n]")
    said["promise"] = _dated_promises(run, notes)
    again = ask_again(run, "  Call again? (like “in 2 weeks”; Enter: no)")
    return said | ({"again": again} if again else {})


def _yes_or_no(question: str) -> bool | None:
    picked = ask_key(question, "yn")
    return None if not picked else picked == "y"


def _dated_promises(run: Run, notes: Dictation) -> list[str]:
    """The promises with a date each: one without is asked for its day, so that no line is lost."""
    from care.interviews.said import promise_said

    with run.reading() as session:
        zone = run.policy(session).timezone
    dated = []
    for text in notes.marked_as("promise"):
        said = text
        while True:
            try:
                promise_said(said, run.now, zone)
            except WrongUsage as error:
                what, by, _ = text.rpartition(" by ")
                what = what if by else text
                if by or said != text:
                    run.talk.line(error.sentence, indent=2)
                said = f"{what} by {ask(f'  “{what}”: by when?', 'in 2 weeks')}"
            else:
                break
        dated.append(said)
    return dated


def ask_again(run: Run, question: str) -> str | None:
    """The WHEN of another call, as it was typed and can be read; None for none."""
    from care.times.when import parse_when

    with run.reading() as session:
        zone = run.policy(session).timezone
    while True:
        said = ask(question)
        if not said or said.lower() in ("no", "n"):
            return None
        try:
            parse_when(said, run.now, zone)
        except WrongUsage as error:
            run.talk.line(error.sentence, indent=2)
        else:
            return said


def _same_as(text: str, plan: "Interview") -> str:
    """The issue as it was noted, or as one more voice for an open one where the caller says it is the same."""
    if text.lower().startswith("i") and text[1:].split("=")[0].strip().isdigit():
        return text
    near = near_issues(text, plan.open_issues, 1)
    if not near:
        return text
    one, both = near[0], ", ".join(near[0].shared)
    picked = ask_key(f"  “{text}”, same as i{one.id} {one.title}? Both: {both}.  [y]es [n]ew", "yn")
    return f"i{one.id}={text}" if picked == "y" else text
