"""Forgetting a customer: erased from every table, index and image, and known again by marks alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.calls.skip import call_off
from care.customers.customer_input import ContactInput
from care.customers.forgotten import add_marks
from care.customers.marks import marks_left
from care.customers.order import FIRST_CYCLE, position_in
from care.customers.queries import (
    change_customer,
    contacts_of,
    customer_of,
    everyone_in,
    ids_by_contact,
    insert_customer,
)
from care.customers.records import CustomerRow
from care.customers.turn_distance import turn_distance
from care.db import full_text
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, policy
from care.db.tables.call import calls
from care.db.tables.customer import customers
from care.db.tables.imports import source_ids
from care.issues.queries import end_told_issues, raised_by
from care.person.erase import erase
from care.person.farewell import farewell
from care.person.records import Farewell
from care.times.zones import local_date
from care.words import Eligibility, LedgerKind, Status

_NOBODY = "(forgotten)"
"""Who the calls of forgotten customers are with."""

_NOBODYS_UID = "0" * 32


def forget(
    session: Session, customer_id: int, now: datetime, *, replace_calls: bool = False, explicit_clock: bool = False
) -> Farewell:
    """Erases a customer, and whoever was merged into them; returns what went and what stays.

    Their open calls are called off; with ``replace_calls`` a reserve steps up beside a drawn one. What the database
    keeps in free pages goes when the file is packed.
    """
    call_off(session, customer_id, "forgotten", now, replace=replace_calls, explicit_clock=explicit_clock)
    before = farewell(session, customer_id)
    ids = everyone_in(session, customer_id)
    rows = [customer_of(session, each) for each in ids]
    _keep_marks(session, rows, now)
    _note_going(session, rows, now)
    nobody = _nobody(session, now)
    raised = [row.issue_id for each in ids for row in raised_by(session, each)]
    erase(session, ids, nobody)
    end_told_issues(session, raised)  # where the only one who still had to be told is gone
    change_customer(session, nobody, {"last_heard_at": _last_heard(session, nobody)})
    full_text.drop_old_names(session)
    return before._replace(forgotten=True)


def _keep_marks(session: Session, rows: Sequence[CustomerRow], now: datetime) -> None:
    key, ids = draw_key(session), {row.id for row in rows}
    marks: set[str] = set()
    for row in rows:
        contacts = contact_inputs(session, row.id)
        shared = {contact.value for contact in contacts if set(ids_by_contact(session, contact.value)) - ids}
        marks |= marks_left(key, row.name, row.company, contacts, numbers_of(session, row.id), shared)
    add_marks(session, marks, local_date(now, policy(session).timezone))


def _note_going(session: Session, rows: Sequence[CustomerRow], now: datetime) -> None:
    """Notes in the ledger that somebody went, and how they stood to the draw; who it was is nowhere."""
    facts: dict[str, Any] = {
        "standings": [row.standing.value for row in rows],
        "batches": [row.added_in for row in rows],
        **turn_distance(session, rows[0], policy(session)),
    }
    append_to_ledger(session, [LedgerRow(LedgerKind.FORGET, facts)], now)


def _nobody(session: Session, now: datetime) -> int:
    """The customer all calls of the forgotten are with: in no list, no draw and no search."""
    known = select(customers.c.id).where(customers.c.uid == _NOBODYS_UID)
    found: int | None = session.execute(known).scalar_one_or_none()
    if found is not None:
        return found
    place = position_in(draw_key(session), _NOBODYS_UID, FIRST_CYCLE)
    values: dict[str, Any] = {
        "uid": _NOBODYS_UID, "name": _NOBODY, "folded": "", "status": Status.FORMER, "standing": Eligibility.MERGED,
        "stratum": "", "cycle": place.cycle, "place": place.place, "planned": 0, "gives": 0, "takes": 0,
        "added_at": now,
    }  # fmt: skip
    made = insert_customer(session, values)
    change_customer(session, made, {"merged_into": made})
    return made


def contact_inputs(session: Session, customer_id: int) -> list[ContactInput]:
    """A customer's contacts, as marks are made of them."""
    return [ContactInput(row.kind, row.value, row.original) for row in contacts_of(session, customer_id)]


def numbers_of(session: Session, customer_id: int) -> list[tuple[str, str]]:
    """A customer's numbers in other systems: (source, number)."""
    mine = source_ids.c.customer_id == customer_id
    return [(row.source, row.external_id) for row in session.execute(select(source_ids).where(mine))]


def _last_heard(session: Session, customer_id: int) -> datetime | None:
    """When a customer's latest talk was held."""
    found = select(func.max(calls.c.held_at)).where(calls.c.customer_id == customer_id)
    latest: datetime | None = session.execute(found).scalar_one()
    return latest
