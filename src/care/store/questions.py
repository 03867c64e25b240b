"""The questions of the guide in the store: every one there ever was, with every wording it was put in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from care.model.interview import questions, wordings


def all_questions(session: Session) -> Sequence[Any]:
    """Every question, retired or not, in the order in which they are asked."""
    return session.execute(select(questions).order_by(questions.c.kind.desc(), questions.c.position)).all()


def question_row(session: Session, key: str) -> Any | None:
    """The question of that key, or None."""
    return session.execute(select(questions).where(questions.c.key == key)).one_or_none()


def wordings_of(session: Session, question_ids: Sequence[int]) -> Sequence[Any]:
    """How these questions were put, the oldest wording first."""
    mine = select(wordings).where(wordings.c.question_id.in_(question_ids))
    return session.execute(mine.order_by(wordings.c.id)).all()


def next_position(session: Session) -> int:
    """The position after the last question there ever was."""
    last = session.execute(select(func.max(questions.c.position))).scalar_one()
    return 0 if last is None else int(last) + 1


def add_wording(session: Session, question_id: int, text: str, since: datetime) -> None:
    """Puts a question in other words from now on; answers keep the wording they were given to."""
    session.execute(insert(wordings).values(question_id=question_id, text=text, since=since))


def change_question(session: Session, question_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one question."""
    session.execute(update(questions).where(questions.c.id == question_id).values(**values))
