"""Where other things owed meet the store: done, put off, or let go with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from care.customers.person import Person
from care.errors import NotFound, WrongUsage
from care.store import owings as store
from care.store.settings import policy
from care.times.zones import local_date
from care.words import OwingKind, OwingState


class NoSuchOwing(NotFound):
    """Nothing owed has that number."""

    def __init__(self, owing_id: int) -> None:
        super().__init__(f"there is no “n{owing_id}”. care owed lists what is owed.")


@dataclass(frozen=True, slots=True)
class OwingRecord:
    """One other thing owed to a customer. ``remember`` is the thread to take up with them."""

    id: int
    kind: OwingKind
    customer: Person
    due_on: date
    state: OwingState
    reason: str | None
    remember: str | None


def owing(session: Session, owing_id: int) -> OwingRecord:
    """One thing owed. Raises NoSuchOwing."""
    row = store.owing_row(session, owing_id)
    if row is None:
        raise NoSuchOwing(owing_id)
    whom = Person(row.customer_id, row.name, row.company, row.phone, row.zone)
    return OwingRecord(row.id, row.kind, whom, row.due_on, row.state, row.reason, row.remember)


def owing_done(session: Session, owing_id: int, now: datetime) -> OwingRecord:
    """Marks it as done. Raises NoSuchOwing, or WrongUsage when it came to an end already."""
    return _ended(session, owing_id, {"state": OwingState.DONE, "settled_at": now})


def drop_owing(session: Session, owing_id: int, reason: str, now: datetime) -> OwingRecord:
    """Lets it go, and says why. Raises NoSuchOwing, or WrongUsage when it came to an end already."""
    return _ended(session, owing_id, {"state": OwingState.DROPPED, "settled_at": now, "reason": reason})


def move_owing(session: Session, owing_id: int, due_on: date, now: datetime) -> OwingRecord:
    """Puts it off to another day. Raises NoSuchOwing, or WrongUsage when it came to an end or the day is past."""
    if due_on < local_date(now, policy(session).timezone):
        raise WrongUsage(f"{due_on.isoformat()} is past. Name a day to come.")
    return _ended(session, owing_id, {"due_on": due_on})


def _ended(session: Session, owing_id: int, values: dict[str, Any]) -> OwingRecord:
    before = owing(session, owing_id)
    if before.state is not OwingState.OPEN:
        raise WrongUsage(f"n{owing_id} is {before.state.value} already.")
    store.change_owing(session, owing_id, values)
    return owing(session, owing_id)
