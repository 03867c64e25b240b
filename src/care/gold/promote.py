"""Where what becomes of a vein meets the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from care.customers.merged_values import merged_words
from care.db.tables.interview import Question, questions, wordings
from care.gold.errors import CameToSomething, NobodyLeft, NoPromise
from care.gold.promise_questions import KEY, MOST, PROBES, question_about
from care.gold.queries import change_vein, passages_in, veins_of
from care.gold.records import WholeVein
from care.gold.veins import vein
from care.interviews.queries import add_question
from care.issues.queries import raiser_row
from care.issues.raising import join_issue, raise_issue
from care.text import tidy
from care.words import IssueKind, QuestionKind, VeinState


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
    _settle(session, vein_id, now)
    rows = passages_in(session, vein_id)
    if not rows:
        raise NobodyLeft(vein_id)
    issue_id = joins
    if issue_id is None:
        first = rows[0]
        words = title if title and title.strip() else vein(session, vein_id, now).title
        issue_id = raise_issue(
            session,
            words.strip(),
            first.customer_id,
            first.said_at,
            words=_their_words(rows, first.customer_id),
            kind=kind,
            call_id=first.call_id,
        )
    join_raisers(session, issue_id, rows)
    became = {"state": VeinState.ISSUE, "issue_id": issue_id, "promise": None, "settled_at": now}
    change_vein(session, vein_id, became)
    return vein(session, vein_id, now)


def join_raisers(session: Session, issue_id: int, rows: Sequence[Any]) -> None:
    """Makes everyone who said one of these passages, the oldest first, a raiser of the issue.

    Who raised it already keeps the words they raised it with; who was told since they said it stays told.
    """
    for customer_id in dict.fromkeys(row.customer_id for row in rows):
        mine = [row for row in rows if row.customer_id == customer_id]
        there = raiser_row(session, issue_id, customer_id)
        if there is None:
            words = _their_words(rows, customer_id)
            join_issue(session, issue_id, customer_id, mine[0].said_at, words=words, call_id=mine[0].call_id)
        elif there.told_at is not None and there.told_at < mine[-1].said_at:
            join_issue(session, issue_id, customer_id, mine[-1].said_at, words=mine[-1].words)


def make_standing_promise(session: Session, vein_id: int, said: str, now: datetime) -> WholeVein:
    """The vein as a promise of ours to all customers; from now on a deeper question asks how well we keep it.

    Raises NoSuchVein, CameToSomething or NoPromise.
    """
    words = tidy(said)
    if not words or len(words) > MOST:
        raise NoPromise(MOST)
    _settle(session, vein_id, now)
    key, text = KEY.format(vein_id), question_about(words)
    there = question_with(session, key)
    if there is None:
        new = Question(
            key=key,
            kind=QuestionKind.DEEPER,
            position=last_position(session) + 1,
            reading=True,
            private=False,
            probes=list(PROBES),
        )
        question_id = add_question(session, new, text, now)
    else:
        question_id = int(there.id)
        ask_again(session, question_id, text if text != there.text else None, now)
    became = {"state": VeinState.PROMISE, "promise": words, "question_id": question_id, "settled_at": now}
    change_vein(session, vein_id, became)
    return vein(session, vein_id, now)


def drop_vein(session: Session, vein_id: int, now: datetime) -> WholeVein:
    """The vein as one that nothing comes of; what we promised is not asked about any more.

    Raises NoSuchVein, or CameToSomething where it was dropped already or became an issue: that is declined instead.
    """
    there = vein(session, vein_id, now)
    if there.state in (VeinState.ISSUE, VeinState.DROPPED):
        raise _came_to(there)
    row = veins_of(session, [vein_id])[0]
    if row.question_id is not None:
        ask_no_more(session, row.question_id, now)
    change_vein(session, vein_id, {"state": VeinState.DROPPED, "settled_at": now})
    return vein(session, vein_id, now)


def _settle(session: Session, vein_id: int, now: datetime) -> None:
    there = vein(session, vein_id, now)
    if there.state not in (VeinState.OPEN, VeinState.DROPPED):
        raise _came_to(there)


def _came_to(there: WholeVein) -> CameToSomething:
    return CameToSomething(there.id, there.state, there.issue.id if there.issue else None)


def _their_words(rows: Sequence[Any], customer_id: int) -> str | None:
    words = None
    for row in rows:
        if row.customer_id == customer_id:
            words = merged_words(words, row.words)
    return words


def last_position(session: Session) -> int:
    """The position of the last question there ever was."""
    return int(session.execute(select(func.coalesce(func.max(questions.c.position), -1))).scalar_one())


def question_with(session: Session, key: str) -> Any | None:
    """The question of that key with its present wording, or None."""
    latest = select(func.max(wordings.c.id)).group_by(wordings.c.question_id)
    joined = select(questions, wordings.c.text).join(wordings, wordings.c.question_id == questions.c.id)
    return session.execute(joined.where(questions.c.key == key, wordings.c.id.in_(latest))).one_or_none()


def ask_again(session: Session, question_id: int, text: str | None, now: datetime) -> None:
    """Asks a retired question again, in other words where some are given."""
    session.execute(update(questions).where(questions.c.id == question_id).values(retired_at=None))
    if text is not None:
        session.execute(insert(wordings).values(question_id=question_id, text=text, since=now))


def ask_no_more(session: Session, question_id: int, now: datetime) -> None:
    """Retires a question; its answers stay."""
    still = (questions.c.id == question_id) & questions.c.retired_at.is_(None)
    session.execute(update(questions).where(still).values(retired_at=now))
