"""Taking notes while someone talks: talk jumps, so one line at a time decides where it goes.

A blank line goes on to the next question, a number or ``/key`` jumps, ``?`` shows the probes, a marker at the beginning
makes the line what it says, ``.`` ends. Everything is rebuilt from the lines, so a draft is the lines and no more.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from care.interviews.records import Asked

MARKERS = ("issue", "failure", "promise", "wish", "trigger", "remember", "quote")

_MARKED = re.compile(rf"({'|'.join(MARKERS)})\s*:\s*(.+)", re.IGNORECASE)
_JUMP = re.compile(r"/?([0-9]{1,2})|/([a-z]+)", re.IGNORECASE)


class Step(StrEnum):
    """What a line did."""

    NOTED = "noted"
    WENT_ON = "went-on"
    PROBES = "probes"
    ENDED = "ended"
    UNKNOWN = "unknown"


class Marked(NamedTuple):
    """A line that is more than an answer."""

    marker: str
    text: str
    key: str


class Dictation:
    """Notes of one talk as they grow."""

    def __init__(self, questions: Sequence[Asked]) -> None:
        self.questions = list(questions)
        self.at = 0
        self.answers: dict[str, list[str]] = {}
        self.marked: list[Marked] = []
        self.lines: list[str] = []

    @property
    def question(self) -> Asked:
        """The question the next line answers."""
        return self.questions[self.at]

    @property
    def has_notes(self) -> bool:
        """Whether anything was noted."""
        return bool(self.answers or self.marked)

    def take(self, line: str) -> Step:
        """Takes one line and says what it did; every line but the end is kept for the draft."""
        words = line.strip()
        if words == ".":
            return Step.ENDED
        if words == "?":
            return Step.PROBES
        step = self._place(words)
        if step not in (Step.UNKNOWN, Step.ENDED):
            self.lines.append(line)
        return step

    def _place(self, words: str) -> Step:
        if not words:
            if self.at == len(self.questions) - 1:
                return Step.ENDED
            self.at += 1
            return Step.WENT_ON
        jump = _JUMP.fullmatch(words)
        if jump is not None:
            return self._jump(jump)
        marked = _MARKED.fullmatch(words)
        if marked is not None and marked[1].lower() != "quote":
            self.marked.append(Marked(marked[1].lower(), marked[2].strip(), self.question.key))
            return Step.NOTED
        said = f"“{marked[2].strip()}”" if marked is not None else words
        self.answers.setdefault(self.question.key, []).append(said)
        return Step.NOTED

    def _jump(self, jump: re.Match[str]) -> Step:
        for place, question in enumerate(self.questions):
            by_number = jump[1] is not None and question.number == int(jump[1])
            by_key = jump[2] is not None and question.key.startswith(jump[2].lower())
            if by_number or by_key:
                self.at = place
                return Step.WENT_ON
        return Step.UNKNOWN

    def answer(self, key: str) -> str | None:
        """All that was said to a question, line by line, or None."""
        return "\n".join(self.answers[key]) if key in self.answers else None

    def marked_as(self, marker: str) -> list[str]:
        """The texts of all lines with that marker."""
        return [one.text for one in self.marked if one.marker == marker]
