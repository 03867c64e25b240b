"""Where an export of customers meets the store: piece by piece, so that a million need no more memory than a few."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from care.customers.birthdays import iso_birthday
from care.customers.exporting.records import ExportedCustomer, ExportShape
from care.customers.records import ContactRecord
from care.store import exporting as store
from care.words import ContactKind

PIECE = 2000
"""Customers read at once."""


def export_shape(session: Session, customer_id: int | None = None) -> ExportShape:
    """What columns an export of everyone, or of one customer, needs."""
    most = store.most_contacts(session, customer_id)
    return ExportShape(
        most[ContactKind.PHONE],
        most[ContactKind.EMAIL],
        tuple(store.systems(session, customer_id)),
        tuple(store.extra_columns(session, customer_id)),
    )


def exported_customers(session: Session, customer_id: int | None = None) -> Iterator[ExportedCustomer]:
    """Everyone, or one customer, in the order they were added; whoever was merged into another is not among them."""
    for rows in store.pieces(session, PIECE, customer_id):
        first, last = rows[0].id, rows[-1].id
        contacts = store.contacts_between(session, first, last)
        numbers = store.numbers_between(session, first, last)
        for row in rows:
            yield _exported(row, contacts.get(row.id, ()), numbers.get(row.id, ()))


def _exported(row: Any, contacts: Any, numbers: Any) -> ExportedCustomer:
    return ExportedCustomer(
        row.id,
        row.uid,
        row.name,
        row.company,
        tuple(ContactRecord(one.kind, one.value, one.original, one.usable) for one in contacts),
        tuple((one.source, one.external_id) for one in numbers),
        row.segment,
        row.status,
        row.standing,
        row.country,
        row.zone,
        iso_birthday(row.birth_day, row.birth_month, row.birth_year),
        row.joined_on,
        row.owner,
        row.hours,
        row.spend,
        row.extra or {},
    )
