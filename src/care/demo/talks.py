"""What made-up customers say on the phone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from care.calls.records import CallRecord
from care.demo.company import PROMISES, THREADS, TROUBLES, VOICES, Trouble
from care.demo.people import Fate
from care.interviews.notes import CallNotes, FoundGold, MadePromise, RaisedIssue
from care.issues.records import IssueRecord
from care.words import GoldKind, Outcome, Reading, Stance

_GOLD = {"wishes": GoldKind.WISH, "triggers": GoldKind.TRIGGER}


def made_up_notes(
    fate: Fate, call: CallRecord, keys: Sequence[str], issues: Sequence[IssueRecord], outcome: Outcome, at: datetime
) -> CallNotes:
    """The notes of one try. ``keys`` are the questions of this call, ``issues`` those not yet told."""
    said: dict[str, Any] = {"outcome": outcome, "at": at, "caller": call.caller}
    if outcome is not Outcome.REACHED:
        return CallNotes(**said)
    who = call.id
    trouble = fate.pick(TROUBLES, "trouble", who) if fate.happens(30, "raises", who) else None
    answers: dict[str, str] = {}
    readings: dict[str, Reading] = {}
    for key in keys:
        if not fate.happens(70, "answers", key, who):
            continue
        glad = [voice for voice in VOICES[key] if voice.reading is Reading.GOOD]
        voice = fate.pick(glad if glad and fate.happens(45, "glad", key, who) else VOICES[key], "voice", key, who)
        answers[key] = voice.words
        if voice.reading is not None:
            readings[key] = voice.reading
    if trouble is not None:
        answers[trouble.key] = fate.pick(trouble.words, "words", who)
        readings[trouble.key] = Reading.BAD if fate.happens(60, "bad", who) else Reading.MIXED
    bad = sum(reading is Reading.BAD for reading in readings.values())
    good = sum(reading is Reading.GOOD for reading in readings.values())
    said |= {
        "answers": answers,
        "readings": readings,
        "issues": _raised(trouble, answers, issues),
        "gold": tuple(FoundGold(kind=_GOLD[key], words=answers[key]) for key in answers if key in _GOLD),
        "stance": Stance.CRITIC if bad > good else Stance.FAN if good > 1 else Stance.NEUTRAL,
        "minutes": 11 + fate.number(16, "minutes", who),
        "sold": False,
        "defended": fate.happens(15, "defended", who),
    }
    if fate.happens(50, "thread", who):
        said["remember"] = fate.pick(THREADS, "thread", who)
    if fate.happens(22, "promise", who):
        due = at.date() + timedelta(days=5 + fate.number(12, "due", who))
        said["promises"] = (MadePromise(what=fate.pick(PROMISES, "promise", who), due_on=due),)
    if fate.happens(12, "listens", who):
        said["listeners"] = (fate.pick(("Priya", "Erik"), "listener", who),)
    return CallNotes(**said)


def _raised(trouble: Trouble | None, answers: dict[str, str], issues: Sequence[IssueRecord]) -> tuple[RaisedIssue, ...]:
    if trouble is None:
        return ()
    words = answers[trouble.key]
    there = next((issue for issue in issues if issue.title == trouble.title), None)
    if there is not None:
        return (RaisedIssue(id=there.id, words=words),)
    return (RaisedIssue(title=trouble.title, words=words, kind=trouble.kind),)
