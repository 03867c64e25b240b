"""One recorded talk with all that hangs on it, to be changed or given to the customer it was with."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Table, column, delete, func, insert, select, table, update
from sqlalchemy.orm import Session

from care.model.call import attempts, calls
from care.model.change import changes
from care.model.customer import customers
from care.model.interview import answers, gold
from care.model.issue import issue_notes, issues, raisers
from care.model.journal import journal
from care.model.ledger import ledger
from care.model.owing import owings
from care.model.promise import promises
from care.model.transcript import passages, transcripts
from care.words import CallState, IssueState, LedgerKind, Outcome


def raised_in(session: Session, call_id: int) -> Sequence[Any]:
    """What was raised in a talk, as raisers beside their issue's title and kind."""
    joined = select(raisers, issues.c.title, issues.c.kind).join(issues, issues.c.id == raisers.c.issue_id)
    return session.execute(joined.where(raisers.c.call_id == call_id).order_by(raisers.c.id)).all()


def promised_in(session: Session, call_id: int) -> Sequence[Any]:
    """What was promised in a talk."""
    return session.execute(select(promises).where(promises.c.call_id == call_id).order_by(promises.c.id)).all()


def told_in(session: Session, customer_id: int, at: datetime) -> Sequence[Any]:
    """What a customer was told of at that moment, as raisers."""
    mine = (raisers.c.customer_id == customer_id) & (raisers.c.told_at == at)
    return session.execute(select(raisers).where(mine).order_by(raisers.c.id)).all()


def held_by(session: Session, caller: str, limit: int) -> Sequence[Any]:
    """The latest talks somebody of the team held, the newest first."""
    mine = (calls.c.caller == caller) & (calls.c.state == CallState.HELD)
    return session.execute(
        select(calls).where(mine).order_by(calls.c.held_at.desc(), calls.c.id.desc()).limit(limit)
    ).all()


def held_with(session: Session, customer_id: int) -> Sequence[Any]:
    """The talks held with a customer, the newest first."""
    mine = (calls.c.customer_id == customer_id) & calls.c.held_at.is_not(None)
    return session.execute(select(calls).where(mine).order_by(calls.c.held_at.desc(), calls.c.id.desc())).all()


def change_answer(session: Session, answer_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one answer."""
    session.execute(update(answers).where(answers.c.id == answer_id).values(**values))


def drop(session: Session, noun: str, row_id: int) -> None:
    """Takes an answer, a passage of gold or a promise away; the journal keeps it."""
    rows = {"answer": answers, "gold": gold, "promise": promises}[noun]
    session.execute(delete(rows).where(rows.c.id == row_id))


def drop_call(session: Session, call_id: int) -> None:
    """Takes a call away with the tries at it; the journal keeps them."""
    session.execute(delete(attempts).where(attempts.c.call_id == call_id))
    session.execute(delete(calls).where(calls.c.id == call_id))


def closed_into(session: Session, call_id: int, customer_id: int) -> int | None:
    """The cycle into which the end of a drawn call took its customer; None where it took them nowhere, or elsewhere."""
    mine = (ledger.c.kind == LedgerKind.CLOSED) & (ledger.c.customer_id == customer_id)
    rows = session.execute(select(ledger.c.facts).where(mine).order_by(ledger.c.id.desc())).scalars()
    facts: dict[str, Any] = next((one for one in rows if one["call"] == call_id), {})
    return None if "stratum" in facts else facts.get("cycle")


def drop_raiser(session: Session, raiser: Any, call_id: int) -> None:
    """Takes a raiser away, and an open issue with it that nobody else raised and nobody wrote of."""
    session.execute(delete(raisers).where(raisers.c.id == raiser.id, raisers.c.call_id == call_id))
    written = select(issue_notes.c.id).where(issue_notes.c.issue_id == raiser.issue_id).exists()
    lonely = (issues.c.id == raiser.issue_id) & (issues.c.raisers == 0) & (issues.c.state == IssueState.OPEN)
    found = session.execute(select(issues.c.id).where(lonely, issues.c.owner.is_(None), ~written)).scalar_one_or_none()
    merged = select(issues.c.id).where(issues.c.merged_into == raiser.issue_id)
    if found is not None and session.execute(merged).first() is None:
        session.execute(delete(issues).where(issues.c.id == found))


def redate(session: Session, call_id: int, old: datetime, new: datetime) -> None:
    """Gives everything that was said in a talk the moment it was said at."""
    for rows, name in ((gold, "said_at"), (promises, "made_at"), (raisers, "raised_at")):
        mine = (rows.c.call_id == call_id) & (rows.c[name] == old)
        session.execute(update(rows).where(mine).values({name: new}))


def change_reached(session: Session, call_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of the try that reached the customer."""
    mine = (attempts.c.call_id == call_id) & (attempts.c.outcome == Outcome.REACHED)
    session.execute(update(attempts).where(mine).values(**values))


def give(session: Session, call_id: int, to_call: int, to_customer: int) -> int:
    """Makes what was said, promised and written down in a talk another's; returns how many rows that were.

    Tries that reached nobody stay with the call they were made for, and the issues raised have a rule of their own.
    """
    given, here = 0, {"call_id": to_call, "customer_id": to_customer}
    spoken = list(session.execute(select(transcripts.c.id).where(transcripts.c.call_id == call_id)).scalars())
    theirs = passages.c.transcript_id.in_(spoken)
    # The search learns from the transcript in which talk a passage was said, so they are written anew after it: then
    # an undo, which goes back step by step, finds each of them beside the transcript as it was.
    said = [dict(row._mapping) for row in session.execute(select(passages).where(theirs).order_by(passages.c.id))]
    session.execute(delete(passages).where(theirs))
    tables: tuple[Table, ...] = (answers, gold, promises, transcripts, owings)
    for rows in tables:
        moved = session.execute(update(rows).where(rows.c.call_id == call_id).values(**here))
        given += int(getattr(moved, "rowcount", 0))
    if said:
        session.execute(insert(passages), [{**row, "customer_id": to_customer} for row in said])
    return given


def forget_reached(session: Session, call_id: int) -> None:
    """Takes the try that reached somebody away from a call, and off its count."""
    mine = (attempts.c.call_id == call_id) & (attempts.c.outcome == Outcome.REACHED)
    session.execute(delete(attempts).where(mine))
    left = select(func.count()).where(attempts.c.call_id == call_id).scalar_subquery()
    session.execute(update(calls).where(calls.c.id == call_id).values(tries=left))


def count_taken_back(session: Session, customer_id: int) -> None:
    """Counts one thing less given to a customer."""
    mine = (customers.c.id == customer_id) & (customers.c.gives > 0)
    session.execute(update(customers).where(mine).values(gives=customers.c.gives - 1))


def images(session: Session, noun: str, row_id: int) -> list[tuple[int, str, dict[str, Any]]]:
    """How a row looked before each change of it: the change's id, the act and the image, oldest first."""
    mine = (journal.c.noun == noun) & (journal.c.row_id == str(row_id))
    found = session.execute(select(journal).where(mine).order_by(journal.c.id))
    return [(row.change_id, row.act, json.loads(row.old) if row.old else {}) for row in found]


class Image(NamedTuple):
    """How a row was before it was changed, when and by whom, and how it is after that; None where it is gone."""

    at: datetime
    caller: str | None
    noun: str
    old: dict[str, Any]
    now: dict[str, Any] | None


_SAID = {"call": calls, "answer": answers, "gold": gold, "promise": promises}


def put_right(session: Session, customer_id: int) -> Iterator[Image]:
    """The images of a customer's talks and of what was said in them, of changes that stand, oldest first.

    What a merge or an undo wrote is left out, and so is what an undo took back.
    """
    undone = select(changes.c.undoes).where(changes.c.undoes.is_not(None))
    mine = (journal.c.customer_id == customer_id) & journal.c.act.in_(("update", "delete"))
    logged = (changes.c.command == "log") & changes.c.undoes.is_(None) & changes.c.id.not_in(undone)
    joined = select(journal, changes.c.at, changes.c.caller).join(changes, changes.c.id == journal.c.change_id)
    made = journal.alias("made")
    same = (made.c.noun == journal.c.noun) & (made.c.row_id == journal.c.row_id)
    new = select(made.c.id).where(same, made.c.change_id == journal.c.change_id, made.c.act == "insert").exists()
    chosen = joined.where(mine, logged, ~new, journal.c.noun.in_(tuple(_SAID)), journal.c.old.is_not(None))
    rows = session.execute(chosen.order_by(journal.c.id)).all()
    for place, row in enumerate(rows):
        later = next((one for one in rows[place + 1 :] if (one.noun, one.row_id) == (row.noun, row.row_id)), None)
        if later is not None and later.change_id == row.change_id:
            continue  # one change writes a row several times; the first image is how it was
        first = next(
            one for one in rows if (one.noun, one.row_id, one.change_id) == (row.noun, row.row_id, row.change_id)
        )
        now = json.loads(later.old) if later is not None else _as_it_is(session, row)
        yield Image(row.at, row.caller, row.noun, json.loads(first.old), now)


def _as_it_is(session: Session, row: Any) -> dict[str, Any] | None:
    """The row as it is in the store, with its values as an image has them."""
    bare = table(row.noun, *(column(one.name) for one in _SAID[row.noun].c))
    found = session.execute(select(bare).where(bare.c.id == int(row.row_id))).one_or_none()
    return None if found is None else dict(found._mapping)
