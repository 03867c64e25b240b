"""What several use cases ask of the guide, of answers and gold, and of the talks they were given in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from care.db.bulk import added
from care.db.fetch import fetch, fetch_one
from care.db.tables.call import calls
from care.db.tables.customer import customers
from care.db.tables.interview import Gold, StoredQuestion, answers, gold, questions, wordings
from care.db.tables.issue import issues, raisers
from care.words import CallKind, GoldKind, How, IssueKind, QuestionKind, Reading, Stance


class GuideQuestion(NamedTuple):
    """A question in use, in its present wording."""

    id: int
    key: str
    kind: QuestionKind
    reading: bool
    private: bool
    segment: str | None
    probes: list[str]
    text: str
    wording_id: int


class AnswerRow(NamedTuple):
    """An answer beside its question and the wording it was given to; ``held_at`` is when the talk was."""

    id: int
    call_id: int
    words: str | None
    reading: Reading | None
    private: bool
    key: str
    text: str
    held_at: datetime


class HeldTalk(NamedTuple):
    """A talk that was held, and when its customer was last heard."""

    id: int
    customer_id: int
    kind: CallKind
    caller: str
    held_at: datetime
    minutes: int | None
    how: How | None
    stance: Stance | None
    sold: bool | None
    defended: bool | None
    listeners: str | None
    version: int
    last_heard_at: datetime | None


class RaisedRow(NamedTuple):
    """An issue as one customer raised it in a talk; ``id`` is the raiser's."""

    id: int
    issue_id: int
    words: str | None
    kind: IssueKind


def guide(session: Session) -> list[GuideQuestion]:
    """The questions in use with their present wording, in the order they are asked."""
    latest = select(func.max(wordings.c.id)).group_by(wordings.c.question_id)
    own = [questions.c[name] for name in GuideQuestion._fields[:-2]]
    chosen = select(*own, wordings.c.text, wordings.c.id.label("wording_id"))
    joined = chosen.join(wordings, wordings.c.question_id == questions.c.id)
    current = joined.where(wordings.c.id.in_(latest), questions.c.retired_at.is_(None))
    return fetch(session, GuideQuestion, current.order_by(questions.c.kind.desc(), questions.c.position))


def all_questions(session: Session) -> list[StoredQuestion]:
    """Every question, retired or not, in the order in which they are asked."""
    return fetch(session, StoredQuestion, select(questions).order_by(questions.c.kind.desc(), questions.c.position))


def question_row(session: Session, key: str) -> StoredQuestion | None:
    """The question of that key, or None."""
    return fetch_one(session, StoredQuestion, select(questions).where(questions.c.key == key))


class NewQuestion(NamedTuple):
    """A question as it is added to the guide, without its words."""

    key: str
    kind: QuestionKind
    position: int
    probes: list[str]
    reading: bool = False
    private: bool = False
    segment: str | None = None


def add_question(session: Session, new: NewQuestion, text: str, since: datetime) -> int:
    """The id of a new question, with its first wording."""
    question_id = added(session, questions, new._asdict())
    session.execute(insert(wordings).values(question_id=question_id, text=text, since=since))
    return question_id


def add_gold(
    session: Session, customer_id: int, call_id: int, found: Iterable[tuple[GoldKind, str]], said_at: datetime
) -> list[int]:
    """The ids of the passages just written, each of a kind and in the customer's words."""
    about = {"customer_id": customer_id, "call_id": call_id, "said_at": said_at}
    return [added(session, gold, {"kind": kind, "words": words, **about}) for kind, words in found]


_ANSWERS = (
    select(
        answers.c.id, answers.c.call_id, answers.c.words, answers.c.reading, answers.c.private,
        questions.c.key, wordings.c.text, calls.c.held_at,
    )
    .join(questions, questions.c.id == answers.c.question_id)
    .join(wordings, wordings.c.id == answers.c.wording_id)
    .join(calls, calls.c.id == answers.c.call_id)
)  # fmt: skip


def answers_of(session: Session, call_ids: Sequence[int]) -> list[AnswerRow]:
    """The answers given in these calls with the question's key and the wording they were given to, in order."""
    mine = _ANSWERS.where(answers.c.call_id.in_(call_ids))
    return fetch(session, AnswerRow, mine.order_by(answers.c.call_id, questions.c.kind.desc(), questions.c.position))


def last_answers(session: Session, customer_id: int) -> Mapping[str, AnswerRow]:
    """What a customer last answered to each question, by its key, with when they said it."""
    mine = _ANSWERS.where(answers.c.customer_id == customer_id)
    return {row.key: row for row in fetch(session, AnswerRow, mine.order_by(calls.c.held_at, answers.c.id))}


def gold_of(session: Session, call_ids: Sequence[int]) -> list[Gold]:
    """The gold found in these calls."""
    return fetch(session, Gold, select(gold).where(gold.c.call_id.in_(call_ids)).order_by(gold.c.id))


def raised_in(session: Session, call_id: int) -> list[RaisedRow]:
    """What was raised in a talk, in the order it was."""
    chosen = select(raisers.c.id, raisers.c.issue_id, raisers.c.words, issues.c.kind)
    joined = chosen.join(issues, issues.c.id == raisers.c.issue_id)
    return fetch(session, RaisedRow, joined.where(raisers.c.call_id == call_id).order_by(raisers.c.id))


def held_calls() -> Select[Any]:
    """Talks that were held, as ``HeldCall`` has them."""
    own = [calls.c[name] for name in HeldTalk._fields[:-1]]
    beside = select(*own, customers.c.last_heard_at).join(customers, customers.c.id == calls.c.customer_id)
    return beside.where(calls.c.held_at.is_not(None))


def held_with(session: Session, customer_id: int) -> list[HeldTalk]:
    """The talks held with a customer, the newest first."""
    mine = held_calls().where(calls.c.customer_id == customer_id)
    return fetch(session, HeldTalk, mine.order_by(calls.c.held_at.desc(), calls.c.id.desc()))
