"""A recorded talk: read as notes, and made what other notes say. The journal keeps how it was."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from care.calls.add import add_chosen
from care.calls.errors import NoSuchCall
from care.calls.queries import call_row, change_call
from care.calls.records import CallChange
from care.customers.eligibility import refresh_eligibility
from care.customers.queries import change_customer, customer_of
from care.db.fetch import fetch, fetch_one
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import policy
from care.db.tables.call import attempts, calls
from care.db.tables.interview import answers, gold
from care.db.tables.issue import issue_notes, issues, raisers
from care.db.tables.owed import Promise, promises
from care.db.tables.transcript import Passage, passages, transcripts
from care.errors import NotFound, WrongUsage
from care.interviews.notes import CallNotes, FoundGold, MadePromise, RaisedIssue
from care.interviews.queries import (
    HeldTalk,
    RaisedRow,
    add_gold,
    answers_of,
    gold_of,
    held_calls,
    held_with,
    raised_in,
)
from care.interviews.quotations import Spoken, quoted
from care.interviews.record import add_answers, note_issues, talk_of, tell_issues
from care.interviews.records import GoldNoted, Talk
from care.issues.queries import change_raiser
from care.owed.promises import correct_day, make_promise, promise
from care.times.zones import local_date
from care.words import How, IssueState, LedgerKind, Outcome, PromiseState


class NothingHeld(NotFound):
    """There is no talk on record that could be meant."""


def held_call(session: Session, call_id: int) -> HeldTalk:
    """The talk that is on record. Raises NoSuchCall, or NothingHeld for a call that was not held."""
    held = fetch_one(session, HeldTalk, held_calls().where(calls.c.id == call_id))
    if held is not None:
        return held
    row = call_row(session, call_id)
    if row is None:
        raise NoSuchCall(f"c{call_id}")
    raise NothingHeld(f"c{call_id} with {row.name} is {row.state.value}: no talk is on record. Log it: care log.")


def last_talk(session: Session, *, customer_id: int | None = None, caller: str = "") -> int:
    """The id of the latest talk with a customer, or of the latest somebody of the team held. Raises NothingHeld."""
    held = last_held_by(session, caller) if customer_id is None else held_with(session, customer_id)
    if not held:
        whose = f"of {caller}" if customer_id is None else "with them"
        raise NothingHeld(f"no talk {whose} is on record. Log one with care log WHO.")
    return held[0].id


def recorded(session: Session, call_id: int) -> CallNotes:
    """A recorded talk as the notes it would be recorded from; what it told of issues is left out.

    Raises NoSuchCall or NothingHeld.
    """
    row = held_call(session, call_id)
    answers = answers_of(session, [call_id])
    latest = row.last_heard_at == row.held_at
    raised = raised_in(session, call_id)
    return CallNotes(
        kind=row.kind,
        how=row.how or How.PHONE,
        at=row.held_at,
        caller=row.caller,
        answers={answer.key: answer.words for answer in answers if answer.words},
        readings={answer.key: answer.reading for answer in answers if answer.reading},
        issues=tuple(RaisedIssue(id=one.issue_id, words=one.words, kind=one.kind) for one in raised),
        promises=tuple(MadePromise(what=p.what, due_on=p.due_on) for p in promised_in(session, call_id)),
        gold=tuple(FoundGold(kind=one.kind, words=one.words) for one in gold_of(session, [call_id])),
        remember=customer_of(session, row.customer_id).remember if latest else None,
        stance=row.stance,
        sold=row.sold,
        defended=row.defended,
        listeners=tuple(name for name in (row.listeners or "").split(", ") if name),
        minutes=row.minutes,
    )


def amend(session: Session, call_id: int, notes: CallNotes, now: datetime) -> Talk:
    """Makes a recorded talk what the notes say, and returns it as it now stands. The journal keeps how it was.

    What the notes no longer say is taken away, but for issues they were told of, and a time like ``@12:30`` becomes
    what its transcript has there. Raises NoSuchCall, NothingHeld,
    WrongUsage, and what recording raises.
    """
    row = held_call(session, call_id)
    if notes.outcome is not Outcome.REACHED:
        raise WrongUsage(f"c{call_id} is on record as a talk. If nobody was reached, take it back: care undo.")
    if notes.at > now:
        raise WrongUsage(f"{notes.at:%-d %B %Y} is still to come, and c{call_id} was held.")
    before = recorded(session, call_id)
    spoken = [Spoken(p.starts_ms, p.ends_ms, p.words, p.ours) for p in passages_of(session, call_id)]
    notes = quoted(notes, spoken) if spoken else notes
    _change_call(session, row, notes)
    _change_answers(session, row, notes)
    _change_gold(session, row, notes)
    promised = _change_promises(session, row, notes)
    _change_issues(session, row, notes)
    known = {issue.id for issue in before.issues}
    new = tuple(issue for issue in notes.issues if issue.id not in known)
    issues = note_issues(session, row.customer_id, call_id, notes.model_copy(update={"issues": new}))
    told = tell_issues(session, customer_of(session, row.customer_id), notes)
    remember = _kept(before.remember, notes.remember)
    if remember != before.remember and row.last_heard_at == row.held_at:
        change_customer(session, row.customer_id, {"remember": remember})
    mend_customer(session, row, notes.at, now)
    again = None
    if notes.again_on is not None:
        again = add_chosen(session, row.customer_id, notes.again_on, notes.caller, now, at=notes.again_at)
    return talk_of(
        session,
        call_id,
        notes,
        now,
        issues=issues,
        promises=tuple(promise(session, promise_id, now) for promise_id in promised),
        gold=tuple(GoldNoted(found.id, found.kind, found.words) for found in gold_of(session, [call_id])),
        told=told,
        again=again,
    )


def mend_customer(session: Session, row: HeldTalk, held_at: datetime, now: datetime) -> None:
    """Works out anew what the talks with a customer make of them: when last heard, stance and rest.

    ``row`` is the call as it was before, ``held_at`` when it was held as far as is known now.
    """
    settings = policy(session)
    heard = held_with(session, row.customer_id)
    customer = customer_of(session, row.customer_id)
    changed: dict[str, Any] = {"last_heard_at": heard[0].held_at if heard else None}
    stances = [talk.stance for talk in heard if talk.stance is not None]
    if customer.stance == row.stance or (stances and row.stance is None):
        changed["stance"] = stances[0] if stances else None
    rest = timedelta(days=settings.rest_days)
    old, new = (local_date(at, settings.timezone) + rest for at in (row.held_at, held_at))
    if old != new and customer.free_on == old:
        changed["free_on"] = new
        fact = {"call": row.id, "reopened": False, "free_on": new.isoformat(), "planned": customer.planned}
        append_to_ledger(session, [LedgerRow(LedgerKind.TALK, fact, customer.id, customer.uid)], now)
    change_customer(session, row.customer_id, changed)
    refresh_eligibility(session, [row.customer_id], settings, now)


def _change_call(session: Session, row: HeldTalk, notes: CallNotes) -> None:
    new: CallChange = {
        "held_at": notes.at,
        "how": notes.how,
        "caller": notes.caller,
        "minutes": notes.minutes,
        "stance": notes.stance,
        "sold": notes.sold,
        "defended": notes.defended,
        "listeners": ", ".join(notes.listeners) or None,
        "version": row.version + 1,
    }
    change_call(session, row.id, **new)
    if notes.at != row.held_at:
        redate(session, row.id, row.held_at, notes.at)
    if (notes.at, notes.caller) != (row.held_at, row.caller):
        reached = (attempts.c.call_id == row.id) & (attempts.c.outcome == Outcome.REACHED)
        session.execute(update(attempts).where(reached).values(at=notes.at, caller=notes.caller))


def _change_answers(session: Session, row: HeldTalk, notes: CallNotes) -> None:
    known = {answer.key: answer for answer in answers_of(session, [row.id])}
    for key, answer in known.items():
        words, reading = _kept(answer.words, notes.answers.get(key)), notes.readings.get(key)
        this = answers.c.id == answer.id
        if words is None and reading is None:
            session.execute(delete(answers).where(this))
        elif (words, reading) != (answer.words, answer.reading):
            session.execute(update(answers).where(this).values(words=words, reading=reading))
    new = {
        "answers": {key: words for key, words in notes.answers.items() if key not in known},
        "readings": {key: reading for key, reading in notes.readings.items() if key not in known},
    }
    add_answers(session, row.customer_id, row.id, notes.model_copy(update=new))


def _change_gold(session: Session, row: HeldTalk, notes: CallNotes) -> None:
    left = [(found.kind, _flat(found.words)) for found in notes.gold]
    for known in gold_of(session, [row.id]):
        if (known.kind, _flat(known.words)) in left:
            left.remove((known.kind, _flat(known.words)))
        else:
            session.execute(delete(gold).where(gold.c.id == known.id))
    new = [(found.kind, found.words) for found in notes.gold if (found.kind, _flat(found.words)) in left]
    add_gold(session, row.customer_id, row.id, new, notes.at)


def _change_promises(session: Session, row: HeldTalk, notes: CallNotes) -> list[int]:
    """The ids of the promises that were not made yet. One that came to its end stays, whatever the notes say of it."""
    wanted = {_flat(made.what): made for made in notes.promises}
    for known in promised_in(session, row.id):
        made = wanted.pop(_flat(known.what), None)
        if known.state is not PromiseState.OPEN:
            continue
        if made is None:
            session.execute(delete(promises).where(promises.c.id == known.id))
        elif made.due_on != known.due_on:
            correct_day(session, known.id, made.due_on)
    return [
        make_promise(session, row.customer_id, made.what, made.due_on, notes.caller, notes.at, row.id)
        for made in wanted.values()
    ]


def _change_issues(session: Session, row: HeldTalk, notes: CallNotes) -> None:
    named = {issue.id: issue for issue in notes.issues if issue.id is not None}
    for raised in raised_in(session, row.id):
        if raised.issue_id not in named:
            drop_raiser(session, raised, row.id)
            continue
        words = _kept(raised.words, named[raised.issue_id].words) or raised.words
        if words != raised.words:
            change_raiser(session, raised.id, {"words": words})


def _kept(known: str | None, new: str | None) -> str | None:
    """The words as they are, where the new ones differ by white space alone."""
    return known if known and new and _flat(known) == _flat(new) else new


def _flat(words: str) -> str:
    return " ".join(words.split())


def promised_in(session: Session, call_id: int) -> list[Promise]:
    """What was promised in a talk."""
    mine = select(promises).where(promises.c.call_id == call_id).order_by(promises.c.id)
    return fetch(session, Promise, mine)


def last_held_by(session: Session, caller: str) -> list[HeldTalk]:
    """The latest talk somebody of the team held, if there is any."""
    mine = held_calls().where(calls.c.caller == caller)
    return fetch(session, HeldTalk, mine.order_by(calls.c.held_at.desc(), calls.c.id.desc()).limit(1))


def drop_raiser(session: Session, raised: RaisedRow, call_id: int) -> None:
    """Takes a raiser away, and an open issue with it that nobody else raised and nobody wrote of."""
    session.execute(delete(raisers).where(raisers.c.id == raised.id, raisers.c.call_id == call_id))
    written = select(issue_notes.c.id).where(issue_notes.c.issue_id == raised.issue_id).exists()
    lonely = (issues.c.id == raised.issue_id) & (issues.c.raisers == 0) & (issues.c.state == IssueState.OPEN)
    left = session.execute(select(issues.c.id).where(lonely, issues.c.owner.is_(None), ~written)).scalar_one_or_none()
    merged = select(issues.c.id).where(issues.c.merged_into == raised.issue_id)
    if left is not None and session.execute(merged).first() is None:
        session.execute(delete(issues).where(issues.c.id == left))


def redate(session: Session, call_id: int, old: datetime, new: datetime) -> None:
    """Gives everything that was said in a talk the moment it was said at."""
    for rows, name in ((gold, "said_at"), (promises, "made_at"), (raisers, "raised_at")):
        mine = (rows.c.call_id == call_id) & (rows.c[name] == old)
        session.execute(update(rows).where(mine).values({name: new}))


def passages_of(session: Session, call_id: int) -> list[Passage]:
    """Everything that was written down of a talk, in the order it was said, of every transcript of it."""
    joined = select(passages).join(transcripts, transcripts.c.id == passages.c.transcript_id)
    return fetch(session, Passage, joined.where(transcripts.c.call_id == call_id).order_by(passages.c.id))
