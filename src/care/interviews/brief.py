"""The brief before dialling, and what a caller needs to take notes: questions, last answers, issues, promises."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.calls.queries import planned_call
from care.customers.contacts import dialled
from care.customers.find import person
from care.customers.queries import contacts_of, customer_of
from care.customers.records import CustomerRow
from care.db.fetch import fetch
from care.db.settings import policy
from care.db.tables.call import calls
from care.db.tables.customer import customers
from care.interviews.guide import is_asked_of, opening_said, questions_for
from care.interviews.queries import AnswerRow, GuideQuestion, guide, held_with, last_answers
from care.interviews.records import (
    Brief,
    BriefedCustomer,
    CallQuestion,
    Colleague,
    CustomerIssue,
    Interview,
    LastAnswer,
    TouchCounts,
)
from care.issues.life import SETTLED, UNSETTLED
from care.issues.queries import issues_of_customer, untold_titles
from care.issues.tell_notes import one_call
from care.owed.promise_states import is_unkept
from care.owed.promises import promises_to
from care.times.zones import local_date, local_time
from care.touches.dates import coming_dates
from care.touches.touch import touches_with
from care.words import PromiseState, Purpose, Usable

LATELY_DAYS = 30
"""For how long a talk with one of a company is news to another: they will have spoken of it."""


def brief(session: Session, customer_id: int, caller: str, now: datetime) -> Brief:
    """Everything worth knowing before dialling, the remembered thread first."""
    settings = policy(session)
    zone = settings.timezone
    today = local_date(now, zone)
    row = customer_of(session, customer_id)
    call_id = planned_call(session, customer_id)
    issues = issues_raised_by(session, customer_id, zone)
    promises = [promise for promise in promises_to(session, customer_id, now) if is_unkept(promise.state)]
    birthday = (row.birth_day, row.birth_month) if row.birth_day and row.birth_month else None
    return Brief(
        customer=_customer(session, row, zone, now),
        call=None if call_id is None else one_call(session, call_id, now),
        remember=row.remember,
        tell=to_tell(issues),
        promises=tuple(sorted(promises, key=lambda one: (one.state is not PromiseState.BROKEN, one.due_on))),
        said=tuple(last_answer(one, zone) for one in last_answers(session, customer_id).values()),
        issues=tuple(issue for issue in issues if issue.state in UNSETTLED),
        touches=_touches(session, row, issues, zone),
        questions=questions_to_ask(session, row, zone),
        dates=coming_dates(birthday, row.joined_on, today),
        colleagues=_colleagues(session, row, zone, now),
        today=today,
        opening=opening_said(settings.opening, caller, settings.company),
        minutes=settings.call_minutes,
    )


def _customer(session: Session, row: CustomerRow, zone: str, now: datetime) -> BriefedCustomer:
    heard_on = local_date(row.last_heard_at, zone) if row.last_heard_at else None
    held = held_with(session, row.id)
    who = person(row)
    numbers = {dialled(contact): contact.usable for contact in contacts_of(session, row.id)}
    return BriefedCustomer(
        id=who.id,
        name=who.name,
        company=who.company,
        phone=who.phone,
        unchecked=numbers.get(who.phone or "") is Usable.UNCHECKED,
        zone=row.zone,
        local_time=local_time(now, row.zone) if row.zone else None,
        status=row.status,
        joined_on=row.joined_on,
        last_heard_on=heard_on,
        last_heard_by=held[0].caller if held else None,
        silent_days=None if heard_on is None else (local_date(now, zone) - heard_on).days,
        stance=row.stance,
        hours=row.hours,
        do_not_call=row.dnc_reason,
        paused_until=row.paused_until if row.paused_until and row.paused_until > local_date(now, zone) else None,
    )


def _colleagues(session: Session, row: CustomerRow, zone: str, now: datetime) -> tuple[Colleague, ...]:
    """Others of their company who were called lately, each once with the latest talk, the latest first."""
    if row.company_id is None:
        return ()
    latest: dict[int, Colleague] = {}
    for talk in held_in_company(session, row.company_id, now - timedelta(days=LATELY_DAYS)):
        if talk.customer_id != row.id:
            on = local_date(talk.held_at, zone)
            latest.setdefault(talk.customer_id, Colleague(talk.customer_id, talk.name, on, talk.caller, talk.id))
    return tuple(latest.values())


def _touches(session: Session, row: CustomerRow, issues: tuple[CustomerIssue, ...], zone: str) -> TouchCounts:
    since = row.last_heard_at
    touches = touches_with(session, row.id)
    purposes = [touch.purpose for touch in touches if since is None or touch.at > since]
    heard_on = local_date(since, zone) if since else None
    purposes += [Purpose.TELL for issue in issues if issue.told_on and (heard_on is None or issue.told_on > heard_on)]
    counted = Counter(purpose.value for purpose in purposes)
    only_sold = bool(purposes) and all(purpose is Purpose.SELL for purpose in purposes)
    return TouchCounts(heard_on, len(purposes), dict(counted), only_sold)


class _TalkInCompany(NamedTuple):
    id: int
    customer_id: int
    name: str
    held_at: datetime
    caller: str


def held_in_company(session: Session, company_id: int, since: datetime) -> list[_TalkInCompany]:
    """Talks held since then with customers of that company, newest first."""
    columns = (calls.c.id, calls.c.customer_id, customers.c.name, calls.c.held_at, calls.c.caller)
    joined = select(*columns).join(customers, customers.c.id == calls.c.customer_id)
    mine = joined.where(calls.c.held_at >= since, customers.c.company_id == company_id)
    return fetch(session, _TalkInCompany, mine.order_by(calls.c.held_at.desc(), calls.c.id.desc()))


def call_questions(session: Session, place: int, segment: str | None) -> list[GuideQuestion]:
    """The questions of a call with the customer of that place and segment, in the order they are asked."""
    return questions_for([question for question in guide(session) if is_asked_of(question, segment)], place)


def questions_to_ask(session: Session, customer: CustomerRow, zone: str) -> tuple[CallQuestion, ...]:
    """The questions of the next call with a customer, each beside what they said last time."""
    last = last_answers(session, customer.id)
    return tuple(
        CallQuestion(
            number=number,
            key=question.key,
            question=question.text,
            probes=tuple(question.probes),
            reading=question.reading,
            last=last_answer(last[question.key], zone) if question.key in last else None,
        )
        for number, question in enumerate(call_questions(session, customer.place, customer.segment), 1)
    )


def last_answer(answer: AnswerRow, zone: str) -> LastAnswer:
    """An answer as the brief has it, its day in the team's zone."""
    on = local_date(answer.held_at, zone)
    return LastAnswer(answer.key, answer.text, answer.words, answer.reading, on, answer.private)


def issues_raised_by(session: Session, customer_id: int, zone: str) -> tuple[CustomerIssue, ...]:
    """The issues a customer raised, oldest first."""
    return tuple(
        CustomerIssue(
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


def to_tell(issues: Sequence[CustomerIssue]) -> tuple[CustomerIssue, ...]:
    """Those of a customer's issues that are settled and of which they have not been told."""
    return tuple(issue for issue in issues if issue.state in SETTLED and not issue.told)


def interview(session: Session, customer_id: int, caller: str, now: datetime) -> Interview:
    """What a caller needs to take notes on a talk with this customer."""
    settings = policy(session)
    row = customer_of(session, customer_id)
    untold = untold_titles(session)
    open_promises = [promise for promise in promises_to(session, customer_id, now) if is_unkept(promise.state)]
    return Interview(
        customer=person(row),
        call_id=planned_call(session, customer_id),
        questions=questions_to_ask(session, row, settings.timezone),
        tell=to_tell(issues_raised_by(session, customer_id, settings.timezone)),
        open_issues=tuple((one.id, one.title) for one in untold),
        promises=tuple(open_promises),
        opening=opening_said(settings.opening, caller, settings.company),
        new=row.last_heard_at is None,
        today=local_date(now, settings.timezone),
    )
