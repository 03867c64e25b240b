"""Promoting a vein: to an issue that its customers raised, or to a promise of ours to all customers; or dropping it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Unpack

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from care.customers.merged_values import merged_words
from care.db.fetch import fetch_one
from care.db.tables.interview import Vein, questions, wordings
from care.db.tables.mapped import Question
from care.gold.errors import CameToSomething, NobodyLeft, NoPromise
from care.gold.promise_questions import KEY, MOST, PROBES, question_about
from care.gold.queries import PassageRow, VeinChange, change_vein, issues_become, passages_in, vein_row
from care.gold.records import WholeVein
from care.gold.vein_states import NEXT
from care.gold.veins import vein
from care.interviews.queries import NewQuestion, add_question
from care.issues.queries import raiser_row
from care.issues.raising import join_issue, raise_issue
from care.text import tidy
from care.words import IssueKind, QuestionKind, VeinState


class _Asked(NamedTuple):
    """A question with its present wording."""

    id: int
    text: str


def make_issue(
    session: Session,
    vein_id: int,
    now: datetime,
    *,
    title: str | None = None,
    kind: IssueKind = IssueKind.ISSUE,
    joins: int | None = None,
) -> WholeVein:
    """The vein as an issue that all its customers raised, each in their own words and on the day they said it.

    With ``joins`` they raise that issue, which is there already. Raises NoSuchVein, CameToSomething, NobodyLeft, and
    what raising and joining an issue raise.
    """
    promoted = _to_become(session, vein_id, VeinState.ISSUE)
    rows = passages_in(session, vein_id)
    if not rows:
        raise NobodyLeft(vein_id)
    issue_id = joins
    if issue_id is None:
        first = rows[0]
        issue_id = raise_issue(
            session,
            title.strip() if title and title.strip() else promoted.title.strip(),
            first.customer_id,
            first.said_at,
            words=_words_of(rows, first.customer_id),
            kind=kind,
            call_id=first.call_id,
        )
    join_raisers(session, issue_id, rows)
    return _became(session, vein_id, now, state=VeinState.ISSUE, settled_at=now, issue_id=issue_id, promise=None)


def join_raisers(session: Session, issue_id: int, rows: Sequence[PassageRow]) -> None:
    """Makes everyone who said one of these passages, the oldest first, a raiser of the issue.

    Who raised it already keeps the words they raised it with; who was told since they said it stays told.
    """
    for customer_id in dict.fromkeys(row.customer_id for row in rows):
        said = [row for row in rows if row.customer_id == customer_id]
        first, last = said[0], said[-1]
        raiser = raiser_row(session, issue_id, customer_id)
        if raiser is None:
            words = _words_of(rows, customer_id)
            join_issue(session, issue_id, customer_id, first.said_at, words=words, call_id=first.call_id)
        elif raiser.told_at is not None and raiser.told_at < last.said_at:
            join_issue(session, issue_id, customer_id, last.said_at, words=last.words)


def make_standing_promise(session: Session, vein_id: int, text: str, now: datetime) -> WholeVein:
    """The vein as a promise of ours to all customers; from now on a deeper question asks how well we keep it.

    Raises NoSuchVein, CameToSomething or NoPromise.
    """
    words = tidy(text)
    if not words or len(words) > MOST:
        raise NoPromise(MOST)
    _to_become(session, vein_id, VeinState.PROMISE)
    question_id = _ask_about(session, vein_id, words, now)
    return _became(
        session, vein_id, now, state=VeinState.PROMISE, settled_at=now, promise=words, question_id=question_id
    )


def drop_vein(session: Session, vein_id: int, now: datetime) -> WholeVein:
    """The vein as one that nothing comes of; what we promised is not asked about any more.

    Raises NoSuchVein, or CameToSomething where it was dropped already or became an issue: that is declined instead.
    """
    dropped = _to_become(session, vein_id, VeinState.DROPPED)
    if dropped.question_id is not None:
        ask_no_more(session, dropped.question_id, now)
    return _became(session, vein_id, now, state=VeinState.DROPPED, settled_at=now)


def _to_become(session: Session, vein_id: int, state: VeinState) -> Vein:
    stored = vein_row(session, vein_id)
    if state in NEXT[stored.state]:
        return stored
    issue = None if stored.issue_id is None else issues_become(session, [stored.issue_id]).get(stored.issue_id)
    raise CameToSomething(vein_id, stored.state, issue.id if issue else None)


def _became(session: Session, vein_id: int, now: datetime, **columns: Unpack[VeinChange]) -> WholeVein:
    change_vein(session, vein_id, **columns)
    return vein(session, vein_id, now)


def _words_of(rows: Sequence[PassageRow], customer_id: int) -> str | None:
    words = None
    for row in rows:
        if row.customer_id == customer_id:
            words = merged_words(words, row.words)
    return words


def _ask_about(session: Session, vein_id: int, promise: str, now: datetime) -> int:
    """The id of the question about a promise: a new one, or the one there was, asked again."""
    key, text = KEY.format(vein_id), question_about(promise)
    asked = question_with(session, key)
    if asked is not None:
        ask_again(session, asked.id, text if text != asked.text else None, now)
        return asked.id
    new = NewQuestion(key, QuestionKind.DEEPER, last_position(session) + 1, list(PROBES), reading=True)
    return add_question(session, new, text, now)


def last_position(session: Session) -> int:
    """The position of the last question there ever was."""
    return int(session.execute(select(func.coalesce(func.max(questions.c.position), -1))).scalar_one())


def question_with(session: Session, key: str) -> _Asked | None:
    """The question of that key with its present wording, or None."""
    latest = select(func.max(wordings.c.id)).group_by(wordings.c.question_id)
    chosen = select(questions.c.id, wordings.c.text).join(wordings, wordings.c.question_id == questions.c.id)
    return fetch_one(session, _Asked, chosen.where(questions.c.key == key, wordings.c.id.in_(latest)))


def ask_again(session: Session, question_id: int, text: str | None, now: datetime) -> None:
    """Asks a retired question again, in other words where some are given."""
    question = session.get_one(Question, question_id, populate_existing=True)
    question.retired_at = None
    session.flush()
    if text is not None:
        session.execute(insert(wordings).values(question_id=question_id, text=text, since=now))


def ask_no_more(session: Session, question_id: int, now: datetime) -> None:
    """Retires a question; its answers stay."""
    question = session.get_one(Question, question_id, populate_existing=True)
    question.retired_at = question.retired_at or now
    session.flush()
