"""A backup in the place of the store: who was forgotten since it was made is erased again."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.customers.forgotten import mark_rows, replace_marks, stored_marks
from care.customers.marks import marks_held
from care.customers.queries import standings, with_company
from care.db.fetch import fetch
from care.db.settings import draw_key
from care.db.tables.customer import companies, customers
from care.errors import BadStore
from care.person.forget import contact_inputs, forget, numbers_of
from care.person.records import KeptMarks
from care.words import Eligibility


class BackupTaken(NamedTuple):
    """How many customers the store has now, and how many of the backup's were erased again."""

    customers: int
    forgotten: int


class _Named(NamedTuple):
    """A customer by id, name and company."""

    id: int
    name: str
    company: str | None


def kept_marks(session: Session) -> KeptMarks:
    """What a store keeps of the forgotten, for a backup that takes its place."""
    return KeptMarks(draw_key(session), tuple(mark_rows(session)))


def take_backup_over(
    session: Session, kept: KeptMarks | None, backup: str, now: datetime, *, explicit_clock: bool
) -> BackupTaken:
    """Makes the store of a backup know who was forgotten since, and erases them.

    ``kept`` is what the present store keeps of the forgotten, None where there is none that can be read; ``backup``
    names the file. No reserve steps up for a call that is called off. Raises BadStore for a backup of another store.
    """
    gone: list[int] = []
    if kept is not None:
        if draw_key(session) != kept.key:
            raise BadStore(f"{backup} is a backup of another store. Restore it with --store to a place of its own.")
        replace_marks(session, kept.marks)
        gone = _marked(session)
    for customer_id in gone:
        forget(session, customer_id, now, explicit_clock=explicit_clock)
    counted = standings(session)
    return BackupTaken(sum(n for standing, n in counted.items() if standing is not Eligibility.MERGED), len(gone))


def _marked(session: Session) -> list[int]:
    """Everybody there who was forgotten. It walks all customers."""
    marks, key = set(stored_marks(session)), draw_key(session)
    if not marks:
        return []
    chosen = select(customers.c.id, customers.c.name, companies.c.name.label("company")).select_from(with_company())
    rows = fetch(session, _Named, chosen.where(customers.c.merged_into.is_(None)).order_by(customers.c.id))
    found = []
    for row in rows:
        contacts, numbers = contact_inputs(session, row.id), numbers_of(session, row.id)
        if not marks.isdisjoint(marks_held(key, row.name, row.company, contacts, numbers)):
            found.append(row.id)
    return found
