"""Screens of the guide."""

from collections.abc import Sequence

from care.interviews.records import Guide, QuestionRecord
from care.text import plural
from care.times.when import say_date
from care.views.screen import HEAD, QUIET, TYPED, Screen
from care.words import QuestionKind

HEADS = {QuestionKind.EVERY: "ON EVERY CALL", QuestionKind.DEEPER: "ONE OF THESE, IN TURN"}

BESIDE = 14


def show_guide(screen: Screen, guide: Guide) -> None:
    """What is said first, then the questions, the deeper ones last; retired ones, where wanted, at the end."""
    screen.quote("SAY FIRST", f"“{guide.opening}”", BESIDE)
    for kind, head in HEADS.items():
        asked = [question for question in guide.questions if question.kind is kind and question.retired_on is None]
        if asked:
            screen.blank()
            screen.line((head, HEAD))
            _questions(screen, asked)
    gone = [question for question in guide.questions if question.retired_on is not None]
    if gone:
        screen.blank()
        screen.line(("RETIRED", HEAD))
        _questions(screen, gone)
    elif guide.retired:
        screen.line((f"{plural(guide.retired, 'question')} retired: care questions --all", QUIET))


def show_question(screen: Screen, one: QuestionRecord) -> None:
    """One question, and how else it was ever put."""
    _questions(screen, [one])
    for old in reversed(one.wordings[:-1]):
        screen.quote("", f"put before, from {say_date(old.since)}: “{old.text}”", _beside([one]), QUIET, QUIET)


def show_opening(screen: Screen, guide: Guide) -> None:
    """The line to say when they pick up."""
    screen.line(f"“{guide.opening}”")


def _beside(questions: Sequence[QuestionRecord]) -> int:
    return max(BESIDE, 4 + max(len(question.key) for question in questions))


def _questions(screen: Screen, questions: Sequence[QuestionRecord]) -> None:
    column = _beside(questions)
    for question in questions:
        screen.quote(question.key, question.text, column, TYPED, indent=2)
        for probe in question.probes:
            screen.quote("", probe, column, QUIET, QUIET)
        if marks := _marks(question):
            screen.quote("", marks, column, QUIET, QUIET)


def _marks(one: QuestionRecord) -> str:
    marks = ["takes a reading"] * one.reading + ["private"] * one.private
    if one.segment:
        marks.append(f"only for {one.segment}")
    if one.retired_on:
        marks.append(f"retired {say_date(one.retired_on)}")
    return ", ".join(marks)
