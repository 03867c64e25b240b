"""Where a recorded talk meets the store again: read as notes, and changed to other notes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from care.calls.errors import NoSuchCall
from care.calls.queries import call_row, change_call
from care.calls.reschedule import add_chosen
from care.calls.week import one_call, show_plan, week_to_plan
from care.customers.eligibility import refresh_eligibility
from care.customers.queries import change_customer, customer_of
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import policy
from care.db.tables.call import attempts, calls
from care.db.tables.interview import answers, gold
from care.db.tables.issue import issue_notes, issues, raisers
from care.db.tables.owed import promises
from care.db.tables.transcript import passages, transcripts
from care.errors import NotFound, WrongUsage
from care.interviews.notes import CallNotes, FoundGold, MadePromise, RaisedIssue
from care.interviews.queries import add_answers, add_gold, answers_of, gold_of, held_with, raised_in
from care.interviews.quotations import Spoken, quoted
from care.interviews.record import answer_rows, note_issues, tell_issues
from care.interviews.records import GoldNoted, Talk
from care.issues.queries import change_raiser
from care.owed.promises import change_promise, make_promise, promise
from care.times.zones import local_date
from care.words import CallState, How, IssueState, LedgerKind, Outcome, PromiseState


class NothingHeld(NotFound):
    """There is no talk on record that could be meant."""


def held_call(session: Session, call_id: int) -> Any:
    """The row of a talk that is on record. Raises NoSuchCall, or NothingHeld for a call that was not held."""
    row = call_row(session, call_id)
    if row is None:
        raise NoSuchCall(f"c{call_id}")
    if row.state is not CallState.HELD:
        raise NothingHeld(f"c{call_id} with {row.name} is {row.state.value}: no talk is on record. Log it: care log.")
    return row


def last_talk(session: Session, *, customer_id: int | None = None, caller: str = "") -> int:
    """The id of the latest talk with a customer, or of the latest somebody of the team held. Raises NothingHeld."""
    found = held_by(session, caller, 1) if customer_id is None else held_with(session, customer_id)[:1]
    if not found:
        whose = f"of {caller}" if customer_id is None else "with them"
        raise NothingHeld(f"no talk {whose} is on record. Log one with care log WHO.")
    return int(found[0].id)


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
        answers={one.key: one.words for one in answers if one.words},
        readings={one.key: one.reading for one in answers if one.reading},
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
    known = {one.id for one in before.issues}
    _change_issues(session, row, notes)
    fresh = notes.model_copy(update={"issues": tuple(one for one in notes.issues if one.id not in known)})
    issues = note_issues(session, row.customer_id, call_id, fresh)
    customer = customer_of(session, row.customer_id)
    told = tell_issues(session, customer, notes)
    remember = _kept(before.remember, notes.remember)
    if remember != before.remember and row.last_heard_at == row.held_at:
        change_customer(session, row.customer_id, {"remember": remember})
    mend_customer(session, row, notes.at, now)
    again = None
    if notes.again_on is not None:
        again = add_chosen(session, row.customer_id, notes.again_on, notes.caller, now, at=notes.again_at)
    plan = show_plan(session, week_to_plan(session, now), now)
    return Talk(
        call=one_call(session, call_id, now),
        outcome=Outcome.REACHED,
        answers=dict(notes.answers),
        readings=dict(notes.readings),
        issues=issues,
        promises=tuple(promise(session, one, now) for one in promised),
        gold=tuple(GoldNoted(one.id, one.kind, one.words) for one in gold_of(session, [call_id])),
        told=told,
        kept=(),
        stepped_up=None,
        again=None if again is None else one_call(session, again, now),
        held=plan.held,
        wanted=plan.wanted,
    )


def mend_customer(session: Session, row: Any, held_at: datetime, now: datetime) -> None:
    """Works out anew what the talks with a customer make of them: when last heard, stance and rest.

    ``row`` is the call as it was before, ``held_at`` when it was held as far as is known now.
    """
    settings = policy(session)
    heard = held_with(session, row.customer_id)
    customer = customer_of(session, row.customer_id)
    changed: dict[str, Any] = {"last_heard_at": heard[0].held_at if heard else None}
    stances = [one.stance for one in heard if one.stance is not None]
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


def _change_call(session: Session, row: Any, notes: CallNotes) -> None:
    new = {
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
    change_call(session, row.id, new)
    if notes.at != row.held_at:
        redate(session, row.id, row.held_at, notes.at)
    if (notes.at, notes.caller) != (row.held_at, row.caller):
        change_reached(session, row.id, {"at": notes.at, "caller": notes.caller})


def _change_answers(session: Session, row: Any, notes: CallNotes) -> None:
    there = {one.key: one for one in answers_of(session, [row.id])}
    for key, one in there.items():
        said = {"words": _kept(one.words, notes.answers.get(key)), "reading": notes.readings.get(key)}
        if said == {"words": None, "reading": None}:
            drop(session, "answer", one.id)
        elif said != {"words": one.words, "reading": one.reading}:
            change_answer(session, one.id, said)
    customer = customer_of(session, row.customer_id)
    new = [key for key in dict.fromkeys((*notes.answers, *notes.readings)) if key not in there]
    fresh = {
        "answers": {key: said for key, said in notes.answers.items() if key in new},
        "readings": {key: said for key, said in notes.readings.items() if key in new},
    }
    add_answers(session, answer_rows(session, customer, row.id, notes.model_copy(update=fresh)))


def _change_gold(session: Session, row: Any, notes: CallNotes) -> None:
    left = [(one.kind, _flat(one.words)) for one in notes.gold]
    for one in gold_of(session, [row.id]):
        if (one.kind, _flat(one.words)) in left:
            left.remove((one.kind, _flat(one.words)))
        else:
            drop(session, "gold", one.id)
    about = {"customer_id": row.customer_id, "call_id": row.id, "said_at": notes.at}
    new = [one for one in notes.gold if (one.kind, _flat(one.words)) in left]
    add_gold(session, [{"kind": one.kind, "words": one.words, **about} for one in new])


def _change_promises(session: Session, row: Any, notes: CallNotes) -> Sequence[int]:
    """The promises that were not made yet. One that has come to its end stays, whatever the notes say of it."""
    wanted = {_flat(one.what): one for one in notes.promises}
    for one in promised_in(session, row.id):
        said = wanted.pop(_flat(one.what), None)
        if one.state is not PromiseState.OPEN:
            continue
        if said is None:
            drop(session, "promise", one.id)
        elif said.due_on != one.due_on:
            change_promise(session, one.id, {"due_on": said.due_on})
    return [
        make_promise(session, row.customer_id, one.what, one.due_on, notes.caller, notes.at, row.id)
        for one in wanted.values()
    ]


def _change_issues(session: Session, row: Any, notes: CallNotes) -> None:
    said = {one.id: one for one in notes.issues if one.id is not None}
    for one in raised_in(session, row.id):
        if one.issue_id not in said:
            drop_raiser(session, one, row.id)
            continue
        words = _kept(one.words, said[one.issue_id].words) or one.words
        if words != one.words:
            change_raiser(session, one.id, {"words": words})


def _kept(there: str | None, said: str | None) -> str | None:
    """The words as they are, where what is said differs by white space alone."""
    return there if there and said and _flat(there) == _flat(said) else said


def _flat(words: str) -> str:
    return " ".join(words.split())


def promised_in(session: Session, call_id: int) -> Sequence[Any]:
    """What was promised in a talk."""
    return session.execute(select(promises).where(promises.c.call_id == call_id).order_by(promises.c.id)).all()


def held_by(session: Session, caller: str, limit: int) -> Sequence[Any]:
    """The latest talks somebody of the team held, the newest first."""
    mine = (calls.c.caller == caller) & (calls.c.state == CallState.HELD)
    return session.execute(
        select(calls).where(mine).order_by(calls.c.held_at.desc(), calls.c.id.desc()).limit(limit)
    ).all()


def change_answer(session: Session, answer_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one answer."""
    session.execute(update(answers).where(answers.c.id == answer_id).values(**values))


def drop(session: Session, noun: str, row_id: int) -> None:
    """Takes an answer, a passage of gold or a promise away; the journal keeps it."""
    rows = {"answer": answers, "gold": gold, "promise": promises}[noun]
    session.execute(delete(rows).where(rows.c.id == row_id))


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


def passages_of(session: Session, call_id: int) -> Sequence[Any]:
    """Everything that was written down of a talk, in the order it was said, of every transcript of it."""
    joined = select(passages).join(transcripts, transcripts.c.id == passages.c.transcript_id)
    return session.execute(joined.where(transcripts.c.call_id == call_id).order_by(passages.c.id)).all()
