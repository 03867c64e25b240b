"""The guide, what customers answered, and the gold in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, column
from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, instant, partly, word
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


class Wording(Row, table=True):
    """How a question was put from a moment on; answers keep the wording they were given to."""

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id", index=True)
    text: str
    since: datetime = instant()


class Answer(Row, table=True):
    """What a customer said, in their own words."""

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    question_id: int = Field(foreign_key="question.id")
    wording_id: int = Field(foreign_key="wording.id")
    words: str | None = None
    reading: Reading | None = word(Reading, nullable=True)
    private: bool = False


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


class Gold(Row, table=True):
    """A passage worth acting on; ``vein_id`` is where it was gathered."""

    __table_args__ = (Index("gold_loose", "said_at", **partly(column("vein_id").is_(None))),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    call_id: int = Field(foreign_key="call.id", index=True)
    kind: GoldKind = word(GoldKind)
    words: str
    vein_id: int | None = Field(default=None, foreign_key="vein.id", index=True)
    said_at: datetime = instant()


questions = METADATA.tables["question"]


wordings = METADATA.tables["wording"]


answers = METADATA.tables["answer"]


veins = METADATA.tables["vein"]


gold = METADATA.tables["gold"]
