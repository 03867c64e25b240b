"""The guide as its screens see it."""

from dataclasses import dataclass
from datetime import date

from care.words import QuestionKind


@dataclass(frozen=True, slots=True)
class WordingRecord:
    """How a question was put from that day on."""

    text: str
    since: date


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """One question with its present words. ``wordings`` are all it was ever put in, the oldest first."""

    id: int
    key: str
    kind: QuestionKind
    text: str
    probes: tuple[str, ...]
    reading: bool
    private: bool
    segment: str | None
    retired_on: date | None
    wordings: tuple[WordingRecord, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The questions, in the order they are asked, and what is said first. ``retired`` counts those no longer asked."""

    questions: tuple[QuestionRecord, ...]
    opening: str
    retired: int
