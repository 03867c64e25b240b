"""The guide, answers and gold in the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from care.db.bulk import added
from care.db.tables.call import calls
from care.db.tables.interview import answers, gold, questions, wordings
from care.db.tables.issue import issues, raisers


def guide(session: Session) -> Sequence[Any]:
    """The questions in use with their present wording, in the order they are asked."""
    latest = select(func.max(wordings.c.id)).group_by(wordings.c.question_id)
    joined = select(questions, wordings.c.text, wordings.c.id.label("wording_id")).join(
        wordings, wordings.c.question_id == questions.c.id
    )
    current = joined.where(wordings.c.id.in_(latest), questions.c.retired_at.is_(None))
    return session.execute(current.order_by(questions.c.kind.desc(), questions.c.position)).all()


def add_question(session: Session, values: Mapping[str, Any], text: str, since: datetime) -> int:
    """The id of a new question, with its first wording."""
    question_id = added(session, questions, values)
    session.execute(insert(wordings).values(question_id=question_id, text=text, since=since))
    return question_id


def add_answers(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes what a customer answered."""
    if rows:
        session.execute(insert(answers), list(rows))


def add_gold(session: Session, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """The ids of the passages just written."""
    return [added(session, gold, row) for row in rows]


def answers_of(session: Session, call_ids: Sequence[int]) -> Sequence[Any]:
    """The answers given in these calls with the question's key and the wording they were given to, in order."""
    joined = (
        select(answers, questions.c.key, questions.c.position, questions.c.kind, wordings.c.text)
        .join(questions, questions.c.id == answers.c.question_id)
        .join(wordings, wordings.c.id == answers.c.wording_id)
    )
    mine = joined.where(answers.c.call_id.in_(call_ids))
    return session.execute(mine.order_by(answers.c.call_id, questions.c.kind.desc(), questions.c.position)).all()


def last_answers(session: Session, customer_id: int) -> dict[str, Any]:
    """What a customer last answered to each question, by its key, with when they said it."""
    joined = (
        select(answers, questions.c.key, wordings.c.text, calls.c.held_at)
        .join(questions, questions.c.id == answers.c.question_id)
        .join(wordings, wordings.c.id == answers.c.wording_id)
        .join(calls, calls.c.id == answers.c.call_id)
    )
    mine = joined.where(answers.c.customer_id == customer_id).order_by(calls.c.held_at, answers.c.id)
    return {row.key: row for row in session.execute(mine)}


def gold_of(session: Session, call_ids: Sequence[int]) -> Sequence[Any]:
    """The gold found in these calls."""
    return session.execute(select(gold).where(gold.c.call_id.in_(call_ids)).order_by(gold.c.id)).all()


def raised_in(session: Session, call_id: int) -> Sequence[Any]:
    """What was raised in a talk, as raisers beside their issue's title and kind."""
    joined = select(raisers, issues.c.title, issues.c.kind).join(issues, issues.c.id == raisers.c.issue_id)
    return session.execute(joined.where(raisers.c.call_id == call_id).order_by(raisers.c.id)).all()


def held_with(session: Session, customer_id: int) -> Sequence[Any]:
    """The talks held with a customer, the newest first."""
    mine = (calls.c.customer_id == customer_id) & calls.c.held_at.is_not(None)
    return session.execute(select(calls).where(mine).order_by(calls.c.held_at.desc(), calls.c.id.desc())).all()
