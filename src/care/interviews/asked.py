"""Where interviews meet the store: what to ask, and recording what a try yielded."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from care.interviews.guide import GuideQuestion, is_asked_of, questions_for
from care.interviews.queries import guide, last_answers
from care.interviews.records import Asked, Said, TheirIssue
from care.issues.life import SETTLED
from care.issues.queries import issues_of_customer
from care.times.zones import local_date
from care.words import QuestionKind


def call_questions(session: Session, place: int, segment: str | None) -> list[GuideQuestion]:
    """The questions of a call with the customer of that place and segment."""
    rows = guide(session)
    sorts: dict[QuestionKind, list[GuideQuestion]] = {kind: [] for kind in QuestionKind}
    for row in rows:
        probes = tuple(row.probes)
        question = GuideQuestion(
            0, row.id, row.wording_id, row.key, row.text, probes, row.reading, row.private, row.segment
        )
        if is_asked_of(question, segment):
            sorts[row.kind].append(question)
    return questions_for(sorts[QuestionKind.EVERY], sorts[QuestionKind.DEEPER], place)


def asked(session: Session, row: Any, zone: str) -> tuple[Asked, ...]:
    """The questions of the next call with a customer, each beside what they said last time."""
    last = last_answers(session, row.id)
    return tuple(
        Asked(q.number, q.key, q.text, q.probes, q.reading, said(last[q.key], zone) if q.key in last else None)
        for q in call_questions(session, row.place, row.segment)
    )


def said(row: Any, zone: str) -> Said:
    """One answer, from a row of ``store.interviews``."""
    return Said(row.key, row.text, row.words, row.reading, local_date(row.held_at, zone), row.private)


def their_issues(session: Session, customer_id: int, zone: str) -> tuple[TheirIssue, ...]:
    """The issues a customer raised, oldest first."""
    return tuple(
        TheirIssue(
            id=row.id,
            title=row.title,
            state=row.state,
            kind=row.kind,
            words=row.words,
            raised_on=local_date(row.raised_at, zone),
            settled_on=local_date(row.settled_at, zone) if row.settled_at else None,
            told=row.told_to_them_at is not None,
            told_on=local_date(row.told_to_them_at, zone) if row.told_to_them_at else None,
            note=row.note,
        )
        for row in issues_of_customer(session, customer_id)
    )


def to_tell(issues: Sequence[TheirIssue]) -> tuple[TheirIssue, ...]:
    """Those of a customer's issues that are settled and of which they have not been told."""
    return tuple(one for one in issues if one.state in SETTLED and not one.told)
