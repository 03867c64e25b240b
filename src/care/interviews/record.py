"""Where interviews meet the store: what to ask, and recording what a try yielded."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from care.calls.queries import open_calls
from care.calls.reschedule import add_chosen, new_call
from care.calls.tries import Try, record_try
from care.calls.week import one_call, planned_call, show_plan, week_to_plan
from care.customers.find import person
from care.customers.queries import change_customer, customer_of
from care.db.settings import policy
from care.interviews import queries
from care.interviews.asked import asked, their_issues, to_tell
from care.interviews.errors import AgainIsPast, NoReading, NoSuchQuestion, TalkToCome
from care.interviews.guide import opening_said
from care.interviews.notes import CallNotes
from care.interviews.queries import add_answers, add_gold
from care.interviews.records import GoldNoted, Interview, IssueNoted, IssueTold, Talk
from care.issues.life import is_not_fixed
from care.issues.listing import issue
from care.issues.queries import untold_titles
from care.issues.raising import join_issue, raise_issue
from care.issues.telling import tell_raiser
from care.owed.promise_states import is_unkept
from care.owed.promises import keep_promise, make_promise, promise, promises_to
from care.times.zones import local_date
from care.words import CallKind


def interview(session: Session, customer_id: int, caller: str, now: datetime) -> Interview:
    """What a caller needs to take notes on a talk with this customer."""
    settings = policy(session)
    row = customer_of(session, customer_id)
    open_promises = [one for one in promises_to(session, customer_id, now) if is_unkept(one.state)]
    return Interview(
        customer=person(row),
        call_id=planned_call(session, customer_id),
        questions=asked(session, row, settings.timezone),
        tell=to_tell(their_issues(session, customer_id, settings.timezone)),
        open_issues=tuple((issue.id, issue.title) for issue in untold_titles(session)),
        promises=tuple(open_promises),
        opening=opening_said(settings.opening, caller, settings.company),
        new=row.last_heard_at is None,
        today=local_date(now, settings.timezone),
    )


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
    if notes.at > now:
        raise TalkToCome(f"{notes.at:%-d %B %Y}")
    if notes.again_on is not None and notes.again_on < local_date(now, settings.timezone):
        raise AgainIsPast(f"{notes.again_on:%-d %B %Y}")
    held_on = local_date(notes.at, settings.timezone)
    if call_id is None:
        call_id = _call_for(session, customer_id, notes, held_on, now)
    add_answers(session, answer_rows(session, row, call_id, notes))
    tried = Try(
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
    stepped_up = record_try(session, call_id, tried, now)
    issues = note_issues(session, customer_id, call_id, notes)
    told = tell_issues(session, row, notes)
    kept = tuple(keep_promise(session, one, notes.at) for one in notes.kept)
    promised = [
        make_promise(session, customer_id, p.what, p.due_on, notes.caller, notes.at, call_id) for p in notes.promises
    ]
    found = [{"kind": one.kind, "words": one.words} for one in notes.gold]
    gold_ids = add_gold(
        session, [{**one, "customer_id": customer_id, "call_id": call_id, "said_at": notes.at} for one in found]
    )
    if notes.remember and notes.at >= (row.last_heard_at or notes.at):  # a talk logged late does not outdo a newer one
        change_customer(session, customer_id, {"remember": notes.remember})
    again = None
    if notes.again_on is not None:
        again = add_chosen(session, customer_id, notes.again_on, notes.caller, now, at=notes.again_at)
    call = one_call(session, call_id, now)
    plan = show_plan(session, week_to_plan(session, now), now)
    return Talk(
        call=call,
        outcome=notes.outcome,
        answers=dict(notes.answers),
        readings=dict(notes.readings),
        issues=issues,
        promises=tuple(promise(session, one, now) for one in promised),
        gold=tuple(GoldNoted(i, one.kind, one.words) for i, one in zip(gold_ids, notes.gold, strict=True)),
        told=told,
        kept=kept,
        stepped_up=None if stepped_up is None else one_call(session, stepped_up, now),
        again=None if again is None else one_call(session, again, now),
        held=plan.held,
        wanted=plan.wanted,
    )


def _call_for(session: Session, customer_id: int, notes: CallNotes, held_on: date, now: datetime) -> int:
    for row in open_calls(session, customer_id):
        if notes.kind is None or row.kind is notes.kind:
            return int(row.id)
    kind = notes.kind if notes.kind and notes.kind is not CallKind.DRAWN else CallKind.CHOSEN
    return new_call(session, customer_id, kind, held_on, notes.caller, now)


def answer_rows(session: Session, customer: Any, call_id: int, notes: CallNotes) -> list[dict[str, Any]]:
    """The answers of some notes as rows, to the questions as they are put now. Raises NoSuchQuestion or NoReading."""
    guide = {row.key: row for row in queries.guide(session)}
    for key in (*notes.answers, *notes.readings):
        if key not in guide:
            raise NoSuchQuestion(key, list(guide))
    for key in notes.readings:
        if not guide[key].reading:
            raise NoReading(key, [one for one, row in guide.items() if row.reading])
    return [
        {
            "call_id": call_id,
            "customer_id": customer.id,
            "question_id": guide[key].id,
            "wording_id": guide[key].wording_id,
            "words": notes.answers.get(key),
            "reading": notes.readings.get(key),
            "private": guide[key].private,
        }
        for key in dict.fromkeys((*notes.answers, *notes.readings))
    ]


def note_issues(session: Session, customer_id: int, call_id: int, notes: CallNotes) -> tuple[IssueNoted, ...]:
    """Raises and joins what the notes say, and returns how each issue stands."""
    made = []
    for one in notes.issues:
        joined = one.id is not None
        if one.id is not None:
            join_issue(session, one.id, customer_id, notes.at, words=one.words, call_id=call_id)
            issue_id = one.id
        else:
            title = one.title or one.words or ""
            issue_id = raise_issue(
                session, title, customer_id, notes.at, words=one.words, kind=one.kind, call_id=call_id
            )
        record = issue(session, issue_id, notes.at)
        made.append(IssueNoted(issue_id, record.title, joined, len(record.raised_by)))
    return tuple(made)


def tell_issues(session: Session, customer: Any, notes: CallNotes) -> tuple[IssueTold, ...]:
    """Records what a customer was told of, and returns how each issue stands."""
    told = []
    for one in notes.told:
        tell_raiser(session, one.id, customer.id, customer.name, one.reaction, notes.caller, notes.at)
        record = issue(session, one.id, notes.at)
        told.append(IssueTold(one.id, record.title, record.waiting, is_not_fixed(one.reaction)))
    return tuple(told)
