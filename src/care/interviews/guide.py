"""The guide: what is asked on every call, and which deeper question goes with whom (essays 000 to 003)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from care.interviews.queries import GuideQuestion, NewQuestion, add_question
from care.text import fold
from care.words import QuestionKind


def seed_guide(session: Session, now: datetime) -> None:
    """Gives a new store its questions."""
    for position, seed in enumerate(SEEDS):
        new = NewQuestion(seed.key, seed.kind, position, list(seed.probes), seed.reading, seed.private)
        add_question(session, new, seed.text, now)


def opening_said(opening: str, caller: str, company: str) -> str:
    """The opening line with who calls and from where; any other braces in it stay as they are."""
    return opening.replace("{caller}", caller).replace("{company}", company or "us")


class Seed(NamedTuple):
    """A question as a new store has it."""

    key: str
    kind: QuestionKind
    text: str
    probes: tuple[str, ...]
    reading: bool = False
    private: bool = False


_EVERY, _DEEPER = QuestionKind.EVERY, QuestionKind.DEEPER

SEEDS = (
    Seed("promises", _EVERY, "How well do we deliver on our promises?",
         ("When did we last let you down? What happened then?", "What did you expect that never came?"), reading=True),
    Seed("problems", _EVERY, "How well do we solve your problems?",
         ("Tell me about the last one. How did it end?", "What do you do yourself that we should do?"), reading=True),
    Seed("ease", _EVERY, "How difficult are we to do business with?",
         ("What takes longer than it should?", "Where do you have to ask twice?"), reading=True),
    Seed("challenges", _EVERY, "What are your challenges, and how could we help solve them?",
         ("What keeps you up at night this month?", "If one thing were easier tomorrow, which?")),
    Seed("life", _EVERY, "What is your life like?", ("And outside of work?",), private=True),
    Seed("wishes", _DEEPER, "Which promises do you want us to make and keep?",
         ("What would that change for you?",)),
    Seed("triggers", _DEEPER, "What makes you trust a company enough to stay?",
         ("When did you last leave one? Why?",)),
    Seed("wrong", _DEEPER, "What are we doing wrong, and what would make you happy?",
         ("What else?", "Who does it better?")),
    Seed("passion", _DEEPER,
         "Do we seem over-the-top passionate about making your life better and easier? How can you tell?",
         ("What did someone of us do that you remember?",), reading=True),
    Seed("feeling", _DEEPER, "How do you feel when you deal with us?",
         ("When was that strongest?",), reading=True),
    Seed("word", _DEEPER, "Have you told anyone about us, and what did you say?",
         ("What would you say today?",)),
)  # fmt: skip


def is_asked_of(question: GuideQuestion, segment: str | None) -> bool:
    """Whether a question is for customers of that segment: one that names none is for everybody."""
    return question.segment is None or fold(question.segment) == fold(segment or "")


def questions_for(asked: Sequence[GuideQuestion], place: int) -> list[GuideQuestion]:
    """The questions of one call: those of every call, and of the deeper ones that the customer's place points to.

    The place is as good as random and not the caller's to choose, so each deeper question is asked equally often.
    """
    every = [question for question in asked if question.kind is QuestionKind.EVERY]
    deeper = [question for question in asked if question.kind is QuestionKind.DEEPER]
    return [*every, *([deeper[place % len(deeper)]] if deeper else [])]
