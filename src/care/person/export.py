"""Where an export of customers meets the store: piece by piece, so that a million need no more memory than a few."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select, true
from sqlalchemy.orm import Session

from care.customers.birthdays import iso_birthday
from care.customers.queries import with_company
from care.customers.records import ContactRecord
from care.db.tables.columns import inline
from care.db.tables.customer import companies, contacts, customers
from care.db.tables.imports import source_ids
from care.words import ContactKind, Standing, Status

PIECE = 2000
"""Customers read at once."""


class ExportShape(NamedTuple):
    """What the customers of an export have at most: so many phones and e-mails, these systems, these other columns."""

    phones: int
    emails: int
    systems: tuple[str, ...]
    columns: tuple[str, ...]


def export_shape(session: Session, customer_id: int | None = None) -> ExportShape:
    """What columns an export of everyone, or of one customer, needs."""
    most = most_contacts(session, customer_id)
    return ExportShape(
        most[ContactKind.PHONE],
        most[ContactKind.EMAIL],
        tuple(systems(session, customer_id)),
        tuple(extra_columns(session, customer_id)),
    )


class ExportedCustomer(NamedTuple):
    """One customer. ``contacts`` are in order of preference, ``numbers`` are (system, number there).

    ``birthday`` is ISO 8601: ``1980-11-26``, or ``--11-26`` where the year is not known.
    """

    id: int
    uid: str
    name: str
    company: str | None
    contacts: tuple[ContactRecord, ...]
    numbers: tuple[tuple[str, str], ...]
    segment: str | None
    status: Status
    standing: Standing
    country: str | None
    zone: str | None
    birthday: str | None
    joined_on: date | None
    owner: str | None
    hours: str | None
    spend: float | None
    extra: Mapping[str, str]


def exported_customers(session: Session, customer_id: int | None = None) -> Iterator[ExportedCustomer]:
    """Everyone, or one customer, in the order they were added; whoever was merged into another is not among them."""
    for rows in pieces(session, PIECE, customer_id):
        first, last = rows[0].id, rows[-1].id
        contacts = contacts_between(session, first, last)
        numbers = numbers_between(session, first, last)
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


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """Which file an export went to, how it is written, and how many customers are in it."""

    file: str
    format: str
    customers: int


_CUSTOMER = (
    customers.c.id, customers.c.uid, customers.c.name, companies.c.name.label("company"), customers.c.segment,
    customers.c.status, customers.c.standing, customers.c.country, customers.c.zone, customers.c.birth_day,
    customers.c.birth_month, customers.c.birth_year, customers.c.joined_on, customers.c.owner, customers.c.hours,
    customers.c.spend, customers.c.extra,
)  # fmt: skip


def pieces(session: Session, size: int, customer_id: int | None = None) -> Iterator[Sequence[Any]]:
    """Everyone who was not merged into another, or one customer, so many at a time, by rising id."""
    chosen = select(*_CUSTOMER).select_from(with_company()).order_by(customers.c.id).limit(size)
    kept = customers.c.standing != inline(Standing.MERGED)
    if customer_id is not None:
        kept = kept & (customers.c.id == customer_id)
    last = 0
    while rows := session.execute(chosen.where(kept, customers.c.id > last)).all():
        yield rows
        last = rows[-1].id


def contacts_between(session: Session, first: int, last: int) -> dict[int, list[Any]]:
    """The contacts of the customers from one id to another, by customer, phones first, the preferred first."""
    columns = (contacts.c.customer_id, contacts.c.kind, contacts.c.value, contacts.c.original, contacts.c.usable)
    chosen = select(*columns).where(contacts.c.customer_id.between(first, last))
    ordered = chosen.order_by(contacts.c.customer_id, contacts.c.kind.desc(), contacts.c.rank, contacts.c.id)
    return _by_customer(session, ordered)


def numbers_between(session: Session, first: int, last: int) -> dict[int, list[Any]]:
    """The numbers these customers have in other systems, by customer."""
    columns = (source_ids.c.customer_id, source_ids.c.source, source_ids.c.external_id)
    chosen = select(*columns).where(source_ids.c.customer_id.between(first, last))
    return _by_customer(session, chosen.order_by(source_ids.c.customer_id, source_ids.c.id))


def _by_customer(session: Session, chosen: Select[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in session.execute(chosen):
        found.setdefault(row.customer_id, []).append(row)
    return found


def most_contacts(session: Session, customer_id: int | None = None) -> dict[ContactKind, int]:
    """How many contacts of each kind anyone has at most."""
    # By customer alone, which is the order of an index: by kind as well, all of them would have to be remembered.
    counted = [func.sum(case((contacts.c.kind == kind, 1), else_=0)).label(kind.value) for kind in ContactKind]
    each = select(*counted).where(_theirs(contacts.c.customer_id, customer_id)).group_by(contacts.c.customer_id)
    per_customer = each.subquery()
    most = session.execute(select(*(func.max(per_customer.c[kind.value]) for kind in ContactKind))).one()
    return {kind: int(n or 0) for kind, n in zip(ContactKind, most, strict=True)}


def systems(session: Session, customer_id: int | None = None) -> list[str]:
    """The systems customers have numbers in, by name."""
    chosen = select(source_ids.c.source).where(_theirs(source_ids.c.customer_id, customer_id)).distinct()
    return sorted(session.execute(chosen).scalars())  # sorted there, every row would be remembered


def extra_columns(session: Session, customer_id: int | None = None) -> list[str]:
    """The columns of imported files that care has no field for, as they are met from the first customer on."""
    each = func.json_each(customers.c.extra).table_valued("key")
    kept = customers.c.extra.is_not(None) & (customers.c.standing != inline(Standing.MERGED))
    # Not grouped and not sorted: every cell of every customer would have to be remembered.
    chosen = select(each.c.key).select_from(customers.join(each, true())).distinct()
    return list(session.execute(chosen.where(kept, _theirs(customers.c.id, customer_id))).scalars())


def _theirs(column: Any, customer_id: int | None) -> ColumnElement[bool]:
    return true() if customer_id is None else column == customer_id
