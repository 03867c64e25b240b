"""Where what becomes of a vein meets the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from care.customers.merging.rules import merged_words
from care.interviews.gold.actions import vein
from care.interviews.gold.becoming.asking import KEY, MOST, PROBES, question_about
from care.interviews.gold.errors import CameToSomething, NobodyLeft, NoPromise
from care.interviews.gold.records import WholeVein
from care.issues.actions import join_issue, raise_issue
from care.store import gold as store
from care.store import interviews as store_interviews
from care.store import issues as store_issues
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
    rows = store.passages_in(session, vein_id)
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
    store.change_vein(session, vein_id, became)
    return vein(session, vein_id, now)


def join_raisers(session: Session, issue_id: int, rows: Sequence[Any]) -> None:
    """Makes everyone who said one of these passages, the oldest first, a raiser of the issue.

    Who raised it already keeps the words they raised it with; who was told since they said it stays told.
    """
    for customer_id in dict.fromkeys(row.customer_id for row in rows):
        mine = [row for row in rows if row.customer_id == customer_id]
        there = store_issues.raiser_row(session, issue_id, customer_id)
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
    there = store.question_with(session, key)
    if there is None:
        values = {
            "key": key,
            "kind": QuestionKind.DEEPER,
            "position": store.last_position(session) + 1,
            "reading": True,
            "private": False,
            "probes": list(PROBES),
        }
        question_id = store_interviews.add_question(session, values, text, now)
    else:
        question_id = int(there.id)
        store.ask_again(session, question_id, text if text != there.text else None, now)
    became = {"state": VeinState.PROMISE, "promise": words, "question_id": question_id, "settled_at": now}
    store.change_vein(session, vein_id, became)
    return vein(session, vein_id, now)


def drop_vein(session: Session, vein_id: int, now: datetime) -> WholeVein:
    """The vein as one that nothing comes of; what we promised is not asked about any more.

    Raises NoSuchVein, or CameToSomething where it was dropped already or became an issue: that is declined instead.
    """
    there = vein(session, vein_id, now)
    if there.state in (VeinState.ISSUE, VeinState.DROPPED):
        raise _came_to(there)
    row = store.veins_of(session, [vein_id])[0]
    if row.question_id is not None:
        store.ask_no_more(session, row.question_id, now)
    store.change_vein(session, vein_id, {"state": VeinState.DROPPED, "settled_at": now})
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
