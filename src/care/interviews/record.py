"""Recording what a try yielded: the call, answers, issues, promises and gold."""

from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from care.calls.add import add_chosen, new_call
from care.calls.queries import open_calls
from care.calls.tries import Try, record_try
from care.calls.week import count_talks, week_to_plan
from care.customers.queries import change_customer, customer_of
from care.customers.records import CustomerRow
from care.db.settings import policy
from care.db.tables.interview import answers
from care.interviews.errors import AgainIsPast, NoReading, NoSuchQuestion, TalkToCome
from care.interviews.notes import CallNotes
from care.interviews.queries import add_gold, guide
from care.interviews.records import GoldNoted, IssueNoted, IssueTold, Talk
from care.issues.life import is_not_fixed
from care.issues.listing import issue
from care.issues.raising import join_issue, raise_issue
from care.issues.tell_notes import one_call
from care.issues.telling import tell_raiser
from care.owed.promises import keep_promise, make_promise, promise
from care.owed.records import PromiseRecord
from care.times.zones import local_date
from care.words import CallKind


def record(
    session: Session,
    customer_id: int,
    notes: CallNotes,
    now: datetime,
    *,
    explicit_clock: bool = False,
    call_id: int | None = None,
) -> Talk:
    """Records one try with everything it yielded, and returns it as it now stands.

    ``call_id`` is the open call that was made; else it is the customer's planned one, unless the notes say another
    kind. Raises NoSuchQuestion, NoReading, TalkToCome, AgainIsPast, and what raising, joining and telling issues raise.
    """
    settings = policy(session)
    row = customer_of(session, customer_id)
    _check_days(notes, settings.timezone, now)
    held_on = local_date(notes.at, settings.timezone)
    if call_id is None:
        call_id = _call_for(session, customer_id, notes, held_on, now)
    add_answers(session, customer_id, call_id, notes)
    stepped_up = record_try(session, call_id, _try_of(notes, explicit_clock=explicit_clock), now)
    issues = note_issues(session, customer_id, call_id, notes)
    told = tell_issues(session, row, notes)
    kept = tuple(keep_promise(session, one, notes.at) for one in notes.kept)
    promised = [
        make_promise(session, customer_id, p.what, p.due_on, notes.caller, notes.at, call_id) for p in notes.promises
    ]
    gold_ids = add_gold(session, customer_id, call_id, [(found.kind, found.words) for found in notes.gold], notes.at)
    if notes.remember and notes.at >= (row.last_heard_at or notes.at):  # a talk logged late does not outdo a newer one
        change_customer(session, customer_id, {"remember": notes.remember})
    again = None
    if notes.again_on is not None:
        again = add_chosen(session, customer_id, notes.again_on, notes.caller, now, at=notes.again_at)
    gold = zip(gold_ids, notes.gold, strict=True)
    return talk_of(
        session,
        call_id,
        notes,
        now,
        issues=issues,
        promises=tuple(promise(session, promise_id, now) for promise_id in promised),
        gold=tuple(GoldNoted(gold_id, found.kind, found.words) for gold_id, found in gold),
        told=told,
        kept=kept,
        stepped_up=stepped_up,
        again=again,
    )


def _check_days(notes: CallNotes, zone: str, now: datetime) -> None:
    if notes.at > now:
        raise TalkToCome(f"{notes.at:%-d %B %Y}")
    if notes.again_on is not None and notes.again_on < local_date(now, zone):
        raise AgainIsPast(f"{notes.again_on:%-d %B %Y}")


def _try_of(notes: CallNotes, *, explicit_clock: bool) -> Try:
    return Try(
        at=notes.at,
        caller=notes.caller,
        outcome=notes.outcome,
        how=notes.how,
        minutes=notes.minutes,
        stance=notes.stance,
        sold=notes.sold,
        defended=notes.defended,
        listeners=", ".join(notes.listeners) or None,
        explicit_clock=explicit_clock,
    )


def talk_of(
    session: Session,
    call_id: int,
    notes: CallNotes,
    now: datetime,
    *,
    issues: tuple[IssueNoted, ...],
    promises: tuple[PromiseRecord, ...],
    gold: tuple[GoldNoted, ...],
    told: tuple[IssueTold, ...],
    kept: tuple[PromiseRecord, ...] = (),
    stepped_up: int | None = None,
    again: int | None = None,
) -> Talk:
    """A try that was recorded, with what came of it, as it and its week now stand."""
    held, wanted = count_talks(session, week_to_plan(session, now))
    return Talk(
        call=one_call(session, call_id, now),
        outcome=notes.outcome,
        answers=dict(notes.answers),
        readings=dict(notes.readings),
        issues=issues,
        promises=promises,
        gold=gold,
        told=told,
        kept=kept,
        stepped_up=None if stepped_up is None else one_call(session, stepped_up, now),
        again=None if again is None else one_call(session, again, now),
        held=held,
        wanted=wanted,
    )


def _call_for(session: Session, customer_id: int, notes: CallNotes, held_on: date, now: datetime) -> int:
    for row in open_calls(session, customer_id):
        if notes.kind is None or row.kind is notes.kind:
            return int(row.id)
    kind = notes.kind if notes.kind and notes.kind is not CallKind.DRAWN else CallKind.CHOSEN
    return new_call(session, customer_id, kind, held_on, notes.caller, now)


def add_answers(session: Session, customer_id: int, call_id: int, notes: CallNotes) -> None:
    """Writes the answers of some notes, to the questions as they are put now. Raises NoSuchQuestion or NoReading."""
    asked = {question.key: question for question in guide(session)}
    keys = list(dict.fromkeys((*notes.answers, *notes.readings)))
    for key in keys:
        if key not in asked:
            raise NoSuchQuestion(key, list(asked))
    for key in notes.readings:
        if not asked[key].reading:
            raise NoReading(key, [other for other, question in asked.items() if question.reading])
    rows = [
        {
            "call_id": call_id,
            "customer_id": customer_id,
            "question_id": asked[key].id,
            "wording_id": asked[key].wording_id,
            "words": notes.answers.get(key),
            "reading": notes.readings.get(key),
            "private": asked[key].private,
        }
        for key in keys
    ]
    if rows:
        session.execute(insert(answers), rows)


def note_issues(session: Session, customer_id: int, call_id: int, notes: CallNotes) -> tuple[IssueNoted, ...]:
    """Raises and joins what the notes say, and returns how each issue stands."""
    made = []
    for raised in notes.issues:
        joined = raised.id is not None
        if raised.id is not None:
            join_issue(session, raised.id, customer_id, notes.at, words=raised.words, call_id=call_id)
            issue_id = raised.id
        else:
            title = raised.title or raised.words or ""
            issue_id = raise_issue(
                session, title, customer_id, notes.at, words=raised.words, kind=raised.kind, call_id=call_id
            )
        record = issue(session, issue_id, notes.at)
        made.append(IssueNoted(issue_id, record.title, joined, len(record.raised_by)))
    return tuple(made)


def tell_issues(session: Session, customer: CustomerRow, notes: CallNotes) -> tuple[IssueTold, ...]:
    """Records what a customer was told of, and returns how each issue stands."""
    told = []
    for told_issue in notes.told:
        tell_raiser(session, told_issue.id, customer.id, customer.name, told_issue.reaction, notes.caller, notes.at)
        record = issue(session, told_issue.id, notes.at)
        told.append(IssueTold(told_issue.id, record.title, record.waiting, is_not_fixed(told_issue.reaction)))
    return tuple(told)
