"""Where staying in touch meets the store: what a talk gives rise to, and what settles it.

Each talk gives rise to one small touch at most, so that it is proposed once and never again for that talk.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.customers.records import Person
from care.db.bulk import added
from care.db.settings import policy
from care.db.tables.call import calls
from care.db.tables.columns import inline
from care.db.tables.customer import companies, customers
from care.db.tables.owed import owings
from care.errors import NotFound, WrongUsage
from care.times.zones import local_date
from care.touches.records import FollowUpRecord
from care.words import OwingKind, OwingState


def follow_up_talk(session: Session, call: Any, held_at: datetime, last_heard_at: datetime, now: datetime) -> None:
    """Settles what was due from earlier talks, and makes a small touch due ``stay_in_touch_days`` after this one.

    A talk logged late, after a newer one, gives rise to none: ``last_heard_at`` is the moment of the newest.
    """
    settled(session, call.customer_id, held_at, now)
    settings = policy(session)
    if not settings.stay_in_touch_days or held_at < last_heard_at:
        return
    due_on = local_date(held_at, settings.timezone) + timedelta(days=settings.stay_in_touch_days)
    add_touch_due(session, call.customer_id, call.id, due_on)


def settled(session: Session, customer_id: int, at: datetime, now: datetime) -> None:
    """Counts the small touches from talks before that moment as done: we were in touch."""
    settle_follow_ups(session, customer_id, at, now)


class NoSuchFollowUp(NotFound):
    """Nothing owed has that number."""

    def __init__(self, owing_id: int) -> None:
        super().__init__(f"there is no “n{owing_id}”. care owed lists what is owed.")


def follow_up(session: Session, owing_id: int) -> FollowUpRecord:
    """One thing owed. Raises NoSuchOwing."""
    row = owing_row(session, owing_id)
    if row is None:
        raise NoSuchFollowUp(owing_id)
    whom = Person(row.customer_id, row.name, row.company, row.phone, row.zone)
    return FollowUpRecord(row.id, row.kind, whom, row.due_on, row.state, row.reason, row.remember)


def finish_follow_up(session: Session, owing_id: int, now: datetime) -> FollowUpRecord:
    """Marks it as done. Raises NoSuchOwing, or WrongUsage when it came to an end already."""
    return _ended(session, owing_id, {"state": OwingState.DONE, "settled_at": now})


def drop_follow_up(session: Session, owing_id: int, reason: str, now: datetime) -> FollowUpRecord:
    """Lets it go, and says why. Raises NoSuchOwing, or WrongUsage when it came to an end already."""
    return _ended(session, owing_id, {"state": OwingState.DROPPED, "settled_at": now, "reason": reason})


def move_follow_up(session: Session, owing_id: int, due_on: date, now: datetime) -> FollowUpRecord:
    """Puts it off to another day. Raises NoSuchOwing, or WrongUsage when it came to an end or the day is past."""
    if due_on < local_date(now, policy(session).timezone):
        raise WrongUsage(f"{due_on.isoformat()} is past. Name a day to come.")
    return _ended(session, owing_id, {"due_on": due_on})


def _ended(session: Session, owing_id: int, values: dict[str, Any]) -> FollowUpRecord:
    before = follow_up(session, owing_id)
    if before.state is not OwingState.OPEN:
        raise WrongUsage(f"n{owing_id} is {before.state.value} already.")
    change_owing(session, owing_id, values)
    return follow_up(session, owing_id)


def owing_row(session: Session, owing_id: int) -> Any | None:
    """One thing owed beside its customer, or None."""
    beside = owings.join(customers, customers.c.id == owings.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    columns = (customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone)
    chosen = select(owings, *columns, customers.c.remember).select_from(beside)
    return session.execute(chosen.where(owings.c.id == owing_id)).one_or_none()


def change_owing(session: Session, owing_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one thing owed."""
    session.execute(update(owings).where(owings.c.id == owing_id).values(**values))


_MINE = owings.c.kind == OwingKind.STAY_IN_TOUCH


_OPEN = owings.c.state == inline(OwingState.OPEN)


def add_touch_due(session: Session, customer_id: int, call_id: int, due_on: date) -> int:
    """The id of the small touch that is due then, after that talk."""
    values = {"kind": OwingKind.STAY_IN_TOUCH, "state": OwingState.OPEN, "due_on": due_on}
    return added(session, owings, {**values, "customer_id": customer_id, "call_id": call_id})


def settle_follow_ups(session: Session, customer_id: int, before: datetime, now: datetime) -> None:
    """Marks as done what is open with a customer from talks held before that moment."""
    talks = select(calls.c.id).where(calls.c.customer_id == customer_id, calls.c.held_at < before)
    mine = (owings.c.customer_id == customer_id) & owings.c.call_id.in_(talks)
    session.execute(update(owings).where(_MINE, _OPEN, mine).values(state=OwingState.DONE, settled_at=now))
