"""Where a recorded talk meets the store again: read as notes, and changed to other notes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from care.calls.actions import one_call, show_plan, week_to_plan
from care.calls.errors import NoSuchCall
from care.calls.planning.actions import add_chosen
from care.customers.actions import restand
from care.errors import NotFound, WrongUsage
from care.interviews.actions import answer_rows, note_issues, tell_issues
from care.interviews.notes import CallNotes, FoundGold, MadePromise, RaisedIssue
from care.interviews.records import GoldNoted, Talk
from care.interviews.transcripts.quoting import Spoken, quoted
from care.promises.actions import make_promise, promise
from care.store import calls as store_calls
from care.store import customers as store_customers
from care.store import interviews as store
from care.store import issues as store_issues
from care.store import ledger, talks, transcripts
from care.store import promises as store_promises
from care.store.ledger import LedgerRow
from care.store.settings import policy
from care.times.zones import local_date
from care.words import CallState, How, LedgerKind, Outcome, PromiseState


class NothingHeld(NotFound):
    """There is no talk on record that could be meant."""


def held_call(session: Session, call_id: int) -> Any:
    """The row of a talk that is on record. Raises NoSuchCall, or NothingHeld for a call that was not held."""
    row = store_calls.call_row(session, call_id)
    if row is None:
        raise NoSuchCall(f"c{call_id}")
    if row.state is not CallState.HELD:
        raise NothingHeld(f"c{call_id} with {row.name} is {row.state.value}: no talk is on record. Log it: care log.")
    return row


def last_talk(session: Session, *, customer_id: int | None = None, caller: str = "") -> int:
    """The id of the latest talk with a customer, or of the latest somebody of the team held. Raises NothingHeld."""
    found = talks.held_by(session, caller, 1) if customer_id is None else talks.held_with(session, customer_id)[:1]
    if not found:
        whose = f"of {caller}" if customer_id is None else "with them"
        raise NothingHeld(f"no talk {whose} is on record. Log one with care log WHO.")
    return int(found[0].id)


def recorded(session: Session, call_id: int) -> CallNotes:
    """A recorded talk as the notes it would be recorded from; what it told of issues is left out.

    Raises NoSuchCall or NothingHeld.
    """
    row = held_call(session, call_id)
    answers = store.answers_of(session, [call_id])
    latest = row.last_heard_at == row.held_at
    raised = talks.raised_in(session, call_id)
    return CallNotes(
        kind=row.kind,
        how=row.how or How.PHONE,
        at=row.held_at,
        caller=row.caller,
        answers={one.key: one.words for one in answers if one.words},
        readings={one.key: one.reading for one in answers if one.reading},
        issues=tuple(RaisedIssue(id=one.issue_id, words=one.words, kind=one.kind) for one in raised),
        promises=tuple(MadePromise(what=p.what, due_on=p.due_on) for p in talks.promised_in(session, call_id)),
        gold=tuple(FoundGold(kind=one.kind, words=one.words) for one in store.gold_of(session, [call_id])),
        remember=store_customers.customer_of(session, row.customer_id).remember if latest else None,
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
    spoken = [Spoken(p.starts_ms, p.ends_ms, p.words, p.ours) for p in transcripts.passages_of(session, call_id)]
    notes = quoted(notes, spoken) if spoken else notes
    _change_call(session, row, notes)
    _change_answers(session, row, notes)
    _change_gold(session, row, notes)
    promised = _change_promises(session, row, notes)
    known = {one.id for one in before.issues}
    _change_issues(session, row, notes)
    fresh = notes.model_copy(update={"issues": tuple(one for one in notes.issues if one.id not in known)})
    issues = note_issues(session, row.customer_id, call_id, fresh)
    customer = store_customers.customer_of(session, row.customer_id)
    told = tell_issues(session, customer, notes)
    remember = _kept(before.remember, notes.remember)
    if remember != before.remember and row.last_heard_at == row.held_at:
        store_customers.change_customer(session, row.customer_id, {"remember": remember})
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
        gold=tuple(GoldNoted(one.id, one.kind, one.words) for one in store.gold_of(session, [call_id])),
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
    heard = talks.held_with(session, row.customer_id)
    customer = store_customers.customer_of(session, row.customer_id)
    changed: dict[str, Any] = {"last_heard_at": heard[0].held_at if heard else None}
    stances = [one.stance for one in heard if one.stance is not None]
    if customer.stance == row.stance or (stances and row.stance is None):
        changed["stance"] = stances[0] if stances else None
    rest = timedelta(days=settings.rest_days)
    old, new = (local_date(at, settings.timezone) + rest for at in (row.held_at, held_at))
    if old != new and customer.free_on == old:
        changed["free_on"] = new
        fact = {"call": row.id, "reopened": False, "free_on": new.isoformat(), "planned": customer.planned}
        ledger.append(session, [LedgerRow(LedgerKind.TALK, fact, customer.id, customer.uid)], now)
    store_customers.change_customer(session, row.customer_id, changed)
    restand(session, [row.customer_id], settings, now)


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
    store_calls.change_call(session, row.id, new)
    if notes.at != row.held_at:
        talks.redate(session, row.id, row.held_at, notes.at)
    if (notes.at, notes.caller) != (row.held_at, row.caller):
        talks.change_reached(session, row.id, {"at": notes.at, "caller": notes.caller})


def _change_answers(session: Session, row: Any, notes: CallNotes) -> None:
    there = {one.key: one for one in store.answers_of(session, [row.id])}
    for key, one in there.items():
        said = {"words": _kept(one.words, notes.answers.get(key)), "reading": notes.readings.get(key)}
        if said == {"words": None, "reading": None}:
            talks.drop(session, "answer", one.id)
        elif said != {"words": one.words, "reading": one.reading}:
            talks.change_answer(session, one.id, said)
    customer = store_customers.customer_of(session, row.customer_id)
    new = [key for key in dict.fromkeys((*notes.answers, *notes.readings)) if key not in there]
    fresh = {
        "answers": {key: said for key, said in notes.answers.items() if key in new},
        "readings": {key: said for key, said in notes.readings.items() if key in new},
    }
    store.add_answers(session, answer_rows(session, customer, row.id, notes.model_copy(update=fresh)))


def _change_gold(session: Session, row: Any, notes: CallNotes) -> None:
    left = [(one.kind, _flat(one.words)) for one in notes.gold]
    for one in store.gold_of(session, [row.id]):
        if (one.kind, _flat(one.words)) in left:
            left.remove((one.kind, _flat(one.words)))
        else:
            talks.drop(session, "gold", one.id)
    about = {"customer_id": row.customer_id, "call_id": row.id, "said_at": notes.at}
    new = [one for one in notes.gold if (one.kind, _flat(one.words)) in left]
    store.add_gold(session, [{"kind": one.kind, "words": one.words, **about} for one in new])


def _change_promises(session: Session, row: Any, notes: CallNotes) -> Sequence[int]:
    """The promises that were not made yet. One that has come to its end stays, whatever the notes say of it."""
    wanted = {_flat(one.what): one for one in notes.promises}
    for one in talks.promised_in(session, row.id):
        said = wanted.pop(_flat(one.what), None)
        if one.state is not PromiseState.OPEN:
            continue
        if said is None:
            talks.drop(session, "promise", one.id)
        elif said.due_on != one.due_on:
            store_promises.change_promise(session, one.id, {"due_on": said.due_on})
    return [
        make_promise(session, row.customer_id, one.what, one.due_on, notes.caller, notes.at, row.id)
        for one in wanted.values()
    ]


def _change_issues(session: Session, row: Any, notes: CallNotes) -> None:
    said = {one.id: one for one in notes.issues if one.id is not None}
    for one in talks.raised_in(session, row.id):
        if one.issue_id not in said:
            talks.drop_raiser(session, one, row.id)
            continue
        words = _kept(one.words, said[one.issue_id].words) or one.words
        if words != one.words:
            store_issues.change_raiser(session, one.id, {"words": words})


def _kept(there: str | None, said: str | None) -> str | None:
    """The words as they are, where what is said differs by white space alone."""
    return there if there and said and _flat(there) == _flat(said) else said


def _flat(words: str) -> str:
    return " ".join(words.split())
