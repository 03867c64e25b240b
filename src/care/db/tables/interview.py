"""The guide, what customers answered, and the gold in it."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, Column, Index, column
from sqlmodel import Field

from care.db.tables.columns import METADATA, field, partly, table
from care.db.tables.mapped import Row, instant, word
from care.words import GoldKind, QuestionKind, Reading, VeinState


class Question(Row, table=True):
    """One open question of the guide. ``reading`` says whether the caller judges its answers."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: QuestionKind = word(QuestionKind)
    position: int
    reading: bool = False
    private: bool = False
    segment: str | None = None
    probes: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    retired_at: datetime | None = instant(nullable=True)


questions = METADATA.tables["question"]


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


class Vein(Row, table=True):
    """Wishes or triggers that are alike, gathered. It becomes an issue, or a promise of ours to all customers.

    ``promise`` is that promise in our words, and ``question_id`` the question by which its keeping is asked about.
    """

    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    title: str
    kind: GoldKind = word(GoldKind)
    state: VeinState = word(VeinState)
    opened_at: datetime = instant()
    settled_at: datetime | None = instant(nullable=True)
    issue_id: int | None = Field(default=None, foreign_key="issue.id")
    question_id: int | None = Field(default=None, foreign_key="question.id")
    promise: str | None = None


veins = METADATA.tables["vein"]


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
