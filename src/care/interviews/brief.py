"""Where the brief meets the store."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from care.calls.queries import select_calls
from care.calls.week import one_call, planned_call
from care.customers.contacts import dialled
from care.customers.find import person
from care.customers.queries import contacts_of, customer_of
from care.db.settings import policy
from care.db.tables.call import calls
from care.db.tables.customer import customers
from care.interviews.asked import asked, said, their_issues, to_tell
from care.interviews.guide import opening_said
from care.interviews.queries import last_answers
from care.interviews.records import Brief, BriefedCustomer, Colleague, TheirIssue, TouchCounts
from care.owed.keeping import is_unkept
from care.owed.promises import promises_to
from care.times.zones import local_date, local_time
from care.touches.dates import coming_dates
from care.touches.touch import touches_with
from care.words import IssueState, PromiseState, Purpose, Usable

LATELY_DAYS = 30
"""For how long a talk with one of a company is news to another: they will have spoken of it."""


def brief(session: Session, customer_id: int, caller: str, now: datetime) -> Brief:
    """Everything worth knowing before dialling, the remembered thread first."""
    settings = policy(session)
    zone = settings.timezone
    today = local_date(now, zone)
    row = customer_of(session, customer_id)
    last = last_held(session, customer_id)
    call_id = planned_call(session, customer_id)
    issues = their_issues(session, customer_id, zone)
    promises = [one for one in promises_to(session, customer_id, now) if is_unkept(one.state)]
    birthday = (row.birth_day, row.birth_month) if row.birth_day and row.birth_month else None
    return Brief(
        customer=_customer(session, row, last, zone, now),
        call=None if call_id is None else one_call(session, call_id, now),
        remember=row.remember,
        tell=to_tell(issues),
        promises=tuple(sorted(promises, key=lambda one: (one.state is not PromiseState.BROKEN, one.due_on))),
        said=tuple(said(one, zone) for one in last_answers(session, customer_id).values()),
        issues=tuple(one for one in issues if one.state is IssueState.OPEN),
        touches=_touches(session, row, issues, zone),
        questions=asked(session, row, zone),
        dates=coming_dates(birthday, row.joined_on, today),
        colleagues=_colleagues(session, row, zone, now),
        today=today,
        opening=opening_said(settings.opening, caller, settings.company),
        minutes=settings.call_minutes,
    )


def _customer(session: Session, row: Any, last: Any, zone: str, now: datetime) -> BriefedCustomer:
    heard_on: date | None = local_date(row.last_heard_at, zone) if row.last_heard_at else None
    who = person(row)
    numbers = {dialled(one): one.usable for one in contacts_of(session, row.id)}
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
        last_heard_by=last.caller if last else None,
        silent_days=None if heard_on is None else (local_date(now, zone) - heard_on).days,
        stance=row.stance,
        hours=row.hours,
        do_not_call=row.dnc_reason,
        paused_until=row.paused_until if row.paused_until and row.paused_until > local_date(now, zone) else None,
    )


def _colleagues(session: Session, row: Any, zone: str, now: datetime) -> tuple[Colleague, ...]:
    """Others of their company who were called lately, each once with the latest talk, the latest first."""
    if row.company_id is None:
        return ()
    latest: dict[int, Colleague] = {}
    for one in held_in_company(session, row.company_id, now - timedelta(days=LATELY_DAYS)):
        if one.customer_id != row.id:
            talk = Colleague(one.customer_id, one.name, local_date(one.held_at, zone), one.caller, one.id)
            latest.setdefault(one.customer_id, talk)
    return tuple(latest.values())


def _touches(session: Session, row: Any, issues: tuple[TheirIssue, ...], zone: str) -> TouchCounts:
    since = row.last_heard_at
    touches = touches_with(session, row.id)
    purposes = [one.purpose for one in touches if since is None or one.at > since]
    heard_on = local_date(since, zone) if since else None
    purposes += [Purpose.TELL for one in issues if one.told_on and (heard_on is None or one.told_on > heard_on)]
    counted = Counter(purpose.value for purpose in purposes)
    only_sold = bool(purposes) and all(purpose is Purpose.SELL for purpose in purposes)
    return TouchCounts(heard_on, len(purposes), dict(counted), only_sold)


def held_in_company(session: Session, company_id: int, since: datetime) -> Sequence[Any]:
    """Talks held since then with customers of that company, newest first."""
    mine = (calls.c.held_at >= since) & (customers.c.company_id == company_id)
    return session.execute(select_calls().where(mine).order_by(calls.c.held_at.desc(), calls.c.id.desc())).all()


def last_held(session: Session, customer_id: int, before: datetime | None = None) -> Any | None:
    """The latest talk with a customer, or None."""
    mine = (calls.c.customer_id == customer_id) & calls.c.held_at.is_not(None)
    if before is not None:
        mine = mine & (calls.c.held_at < before)
    return session.execute(select_calls().where(mine).order_by(calls.c.held_at.desc()).limit(1)).one_or_none()
