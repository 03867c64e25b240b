"""The guide, what customers answered, and the gold in it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Index, column

from care.db.tables.columns import field, partly, table
from care.words import GoldKind, QuestionKind, Reading, VeinState


class StoredQuestion(NamedTuple):
    """One open question of the guide. ``reading`` says whether the caller judges its answers."""

    id: int
    key: str
    kind: QuestionKind
    position: int
    reading: bool
    private: bool
    segment: str | None
    probes: list[str]
    retired_at: datetime | None


questions = table(
    "question",
    StoredQuestion,
    key=field(unique=True),
)


class Wording(NamedTuple):
    """How a question was put from a moment on; answers keep the wording they were given to."""

    id: int
    question_id: int
    text: str
    since: datetime


wordings = table(
    "wording",
    Wording,
    question_id=field("question.id", index=True),
)


class Answer(NamedTuple):
    """What a customer said, in their own words."""

    id: int
    call_id: int
    customer_id: int
    question_id: int
    wording_id: int
    words: str | None
    reading: Reading | None
    private: bool


answers = table(
    "answer",
    Answer,
    call_id=field("call.id", index=True),
    customer_id=field("customer.id", index=True),
    question_id=field("question.id"),
    wording_id=field("wording.id"),
    private=field(default=False),
)


class Vein(NamedTuple):
    """Wishes or triggers that are alike, gathered. It becomes an issue, or a promise of ours to all customers.

    ``promise`` is that promise in our words, and ``question_id`` the question by which its keeping is asked about.
    """

    id: int
    title: str
    kind: GoldKind
    state: VeinState
    opened_at: datetime
    settled_at: datetime | None
    issue_id: int | None
    question_id: int | None
    promise: str | None


veins = table(
    "vein",
    Vein,
    sqlite_autoincrement=True,
    issue_id=field("issue.id"),
    question_id=field("question.id"),
)


class Gold(NamedTuple):
    """A passage worth acting on; ``vein_id`` is where it was gathered."""

    id: int
    customer_id: int
    call_id: int
    kind: GoldKind
    words: str
    vein_id: int | None
    said_at: datetime


gold = table(
    "gold",
    Gold,
    Index("gold_loose", "said_at", **partly(column("vein_id").is_(None))),
    customer_id=field("customer.id", index=True),
    call_id=field("call.id", index=True),
    vein_id=field("vein.id", index=True),
)
