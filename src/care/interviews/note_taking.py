"""Taking notes while someone talks: talk jumps, so one line at a time decides where it goes.

A blank line goes on to the next question, a number or ``/key`` jumps, ``?`` shows the probes, a marker at the beginning
makes the line what it says, ``.`` ends. A line that begins with a space is always their words, so that an answer may be
a number; so is every line of a page that was pasted. Everything is rebuilt from the entries, which are
kept as unsaved notes.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from care.interviews.notes import LONGEST, marker_in, quote_of
from care.interviews.records import CallQuestion

SAME_TALK = timedelta(minutes=10)
"""How long the notes of one talk may lie broken off before the talk counts as over when they were."""

_JUMP = re.compile(r"/?([0-9]{1,2})|/([a-z][\w-]*)", re.IGNORECASE)


class LineResult(StrEnum):
    """What a line did."""

    NOTED = "noted"
    WENT_ON = "went-on"
    PROBES = "probes"
    ENDED = "ended"
    UNKNOWN = "unknown"
    TOO_LONG = "too-long"


class Marked(NamedTuple):
    """A line that is more than an answer."""

    marker: str
    text: str
    key: str


class Entry(NamedTuple):
    """One line that counted, and the question it went to; without a line, only that question was gone to."""

    line: str
    key: str
    pasted: bool = False


class NoteTaking:
    """Notes of one talk as they grow."""

    def __init__(self, questions: Sequence[CallQuestion]) -> None:
        self.questions = list(questions)
        self.at = 0
        self.answers: dict[str, list[str]] = {}
        self.marked: list[Marked] = []
        self.entries: list[Entry] = []

    @property
    def question(self) -> CallQuestion:
        """The question the next line answers."""
        return self.questions[self.at]

    @property
    def has_notes(self) -> bool:
        """Whether anything was noted."""
        return bool(self.answers or self.marked)

    def take(self, line: str, *, pasted: bool = False) -> LineResult:
        """Takes one line and says what it did. What is noted, and where it went, is added to ``entries``."""
        words = line.strip()
        if pasted or (words and line[0].isspace()):
            return self._note(words, pasted=pasted)
        if words in (".", "?"):
            return LineResult.ENDED if words == "." else LineResult.PROBES
        if not words:
            return LineResult.ENDED if self.at == len(self.questions) - 1 else self._go_to(self.at + 1)
        jump = _JUMP.fullmatch(words)
        return self._note(words) if jump is None else self._jump(jump)

    def replay(self, entry: Entry) -> None:
        """Takes an entry of unsaved notes; what went to a question no longer asked stays with the one before it."""
        places = [place for place, question in enumerate(self.questions) if question.key == entry.key]
        self.at = places[0] if places else self.at
        if entry.line or entry.pasted:
            self._note(entry.line, pasted=entry.pasted)
        else:
            self.entries.append(entry)

    def _go_to(self, place: int) -> LineResult:
        self.at = place
        self.entries.append(Entry("", self.question.key))
        return LineResult.WENT_ON

    def _note(self, words: str, *, pasted: bool = False) -> LineResult:
        key = self.question.key
        marker, said = marker_in(words) or (None, "")
        if len(words) + sum(len(one) + 1 for one in self.answers.get(key, ())) > LONGEST:
            return LineResult.TOO_LONG
        if marker == "quote" and said:
            self.answers.setdefault(key, []).append(quote_of(said))
        elif marker is not None and said:
            self.marked.append(Marked(marker, said, key))
        elif words or key in self.answers:  # a blank line of a page parts what was said before from what follows
            self.answers.setdefault(key, []).append(words)
        self.entries.append(Entry(words, key, pasted))
        return LineResult.NOTED

    def _jump(self, jump: re.Match[str]) -> LineResult:
        for place, question in enumerate(self.questions):
            by_number = jump[1] is not None and question.number == int(jump[1])
            by_key = jump[2] is not None and question.key.startswith(jump[2].lower())
            if by_number or by_key:
                return self._go_to(place)
        return LineResult.UNKNOWN

    def passages(self, key: str) -> list[str]:
        """What was said to a question, each line by itself, without the blank ones."""
        return [line for line in self.answers.get(key, ()) if line]

    def answer(self, key: str) -> str | None:
        """All that was said to a question, line by line, or None."""
        return "\n".join(self.answers[key]).strip("\n") if self.passages(key) else None

    def marked_as(self, marker: str) -> list[str]:
        """The texts of all lines with that marker."""
        return [one.text for one in self.marked if one.marker == marker]


def talk_over(last_noted: datetime, resumed: datetime) -> bool:
    """Whether notes that are gone on with are no longer taken while somebody talks."""
    return resumed - last_noted > SAME_TALK


def minutes_talked(picked_up: datetime, hung_up: datetime) -> int:
    """The whole minutes of a talk, at most a day."""
    return min(1440, max(0, int((hung_up - picked_up).total_seconds() // 60)))
