"""What was said, as the search finds it, beside what it belongs to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, and_, select
from sqlalchemy.orm import Session

from care.model.customer import companies, customers
from care.model.interview import answers, gold, questions
from care.model.issue import raisers
from care.model.note import notes
from care.model.touch import touches
from care.model.transcript import passages
from care.words import NoteKind

_WHERE_FROM: dict[NoteKind, Table] = {
    NoteKind.ANSWER: answers, NoteKind.GOLD: gold, NoteKind.RAISER: raisers, NoteKind.TOUCH: touches,
    NoteKind.TRANSCRIPT: passages,
}  # fmt: skip
"""The tables of which more is shown than the words."""


def notes_with(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """These passages, each with its customer and with what it is: question, issue, kind of gold, purpose, speaker."""
    beside: Any = notes.outerjoin(customers, customers.c.id == notes.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    for kind, table in _WHERE_FROM.items():
        beside = beside.outerjoin(table, and_(notes.c.kind == kind, table.c.id == notes.c.row_id))
    beside = beside.outerjoin(questions, questions.c.id == answers.c.question_id)
    columns = (
        customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone,
        customers.c.last_heard_at, questions.c.key, raisers.c.issue_id, gold.c.kind.label("gold_kind"),
        touches.c.purpose, passages.c.ours, passages.c.speaker,
    )  # fmt: skip
    return session.execute(select(notes, *columns).select_from(beside).where(notes.c.id.in_(ids))).all()
