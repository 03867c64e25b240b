"""Follow-ups: the small touch that is due some time after a talk, and what settles it.

Each talk gives rise to one at most, so that it is proposed once and never again for that talk.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple, TypedDict, Unpack

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from care.customers.records import Person
from care.db.fetch import fetch_one
from care.db.settings import policy
from care.db.tables.call import calls
from care.db.tables.columns import inline
from care.db.tables.customer import companies, customers
from care.db.tables.owed import Owing, owings
from care.errors import NotFound, WrongUsage
from care.times.zones import local_date
from care.touches.records import FollowUpRecord
from care.words import OwingKind, OwingState


class NoSuchFollowUp(NotFound):
    """No follow-up has that number."""

    def __init__(self, follow_up_id: int) -> None:
        super().__init__(f"there is no “n{follow_up_id}”. care owed lists what is owed.")


class FollowUpChange(TypedDict, total=False):
    """The columns of a follow-up that change once it is owed."""

    due_on: date
    state: OwingState
    settled_at: datetime
    reason: str


class _FollowUpRow(NamedTuple):
    id: int
    kind: OwingKind
    due_on: date
    state: OwingState
    reason: str | None
    remember: str | None
    customer_id: int
    name: str
    company: str | None
    phone: str | None
    zone: str | None


def follow_up_talk(
    session: Session, customer_id: int, call_id: int, held_at: datetime, last_heard_at: datetime, now: datetime
) -> None:
    """Settles what was due from earlier talks, and makes a small touch due ``stay_in_touch_days`` after this one.

    A talk logged late, after a newer one, gives rise to none: ``last_heard_at`` is the moment of the newest.
    """
    settle_follow_ups(session, customer_id, held_at, now)
    settings = policy(session)
    if not settings.stay_in_touch_days or held_at < last_heard_at:
        return
    due_on = local_date(held_at, settings.timezone) + timedelta(days=settings.stay_in_touch_days)
    new = insert(owings).values(customer_id=customer_id, call_id=call_id, due_on=due_on)
    session.execute(new.values(kind=OwingKind.STAY_IN_TOUCH, state=OwingState.OPEN))


def settle_follow_ups(session: Session, customer_id: int, before: datetime, now: datetime) -> None:
    """Marks as done the small touches due from talks held before that moment: we were in touch."""
    talks = select(calls.c.id).where(calls.c.customer_id == customer_id, calls.c.held_at < before)
    due = (owings.c.kind == OwingKind.STAY_IN_TOUCH) & (owings.c.state == inline(OwingState.OPEN))
    due &= (owings.c.customer_id == customer_id) & owings.c.call_id.in_(talks)
    session.execute(update(owings).where(due).values(state=OwingState.DONE, settled_at=now))


def follow_up(session: Session, follow_up_id: int) -> FollowUpRecord:
    """One follow-up. Raises NoSuchFollowUp."""
    beside = owings.join(customers, customers.c.id == owings.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    chosen = select(
        owings.c.id, owings.c.kind, owings.c.due_on, owings.c.state, owings.c.reason, customers.c.remember,
        owings.c.customer_id, customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone,
    ).select_from(beside)  # fmt: skip
    row = fetch_one(session, _FollowUpRow, chosen.where(owings.c.id == follow_up_id))
    if row is None:
        raise NoSuchFollowUp(follow_up_id)
    customer = Person(row.customer_id, row.name, row.company, row.phone, row.zone)
    return FollowUpRecord(row.id, row.kind, customer, row.due_on, row.state, row.reason, row.remember)


def finish_follow_up(session: Session, follow_up_id: int, now: datetime) -> FollowUpRecord:
    """Marks it as done. Raises NoSuchFollowUp, or WrongUsage when it came to an end already."""
    _check_open(session, follow_up_id)
    return _changed(session, follow_up_id, state=OwingState.DONE, settled_at=now)


def drop_follow_up(session: Session, follow_up_id: int, reason: str, now: datetime) -> FollowUpRecord:
    """Lets it go, and says why. Raises NoSuchFollowUp, or WrongUsage when it came to an end already."""
    _check_open(session, follow_up_id)
    return _changed(session, follow_up_id, state=OwingState.DROPPED, settled_at=now, reason=reason)


def move_follow_up(session: Session, follow_up_id: int, due_on: date, now: datetime) -> FollowUpRecord:
    """Puts it off to another day. Raises NoSuchFollowUp, or WrongUsage when it came to an end or the day is past."""
    if due_on < local_date(now, policy(session).timezone):
        raise WrongUsage(f"{due_on.isoformat()} is past. Name a day to come.")
    _check_open(session, follow_up_id)
    return _changed(session, follow_up_id, due_on=due_on)


def _check_open(session: Session, follow_up_id: int) -> None:
    owing = fetch_one(session, Owing, select(owings).where(owings.c.id == follow_up_id))
    if owing is None:
        raise NoSuchFollowUp(follow_up_id)
    if owing.state is not OwingState.OPEN:
        raise WrongUsage(f"n{follow_up_id} is {owing.state.value} already.")


def _changed(session: Session, follow_up_id: int, **columns: Unpack[FollowUpChange]) -> FollowUpRecord:
    session.execute(update(owings).where(owings.c.id == follow_up_id).values(**columns))
    return follow_up(session, follow_up_id)
