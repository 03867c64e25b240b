"""Customers for a CSV, read piece by piece, so that a million need no more memory than a few."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, Protocol, TypeVar

from sqlalchemy import ColumnElement, case, func, select, true
from sqlalchemy.orm import Session

from care.customers.birthdays import iso_birthday
from care.customers.queries import with_company
from care.customers.records import ContactRecord
from care.db.fetch import fetch
from care.db.tables.columns import inline
from care.db.tables.customer import Contact, companies, contacts, customers
from care.db.tables.imports import SourceId, source_ids
from care.words import ContactKind, Eligibility, Status

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
    most = _most_contacts(session, customer_id)
    systems, columns = _systems(session, customer_id), _extra_columns(session, customer_id)
    return ExportShape(most[ContactKind.PHONE], most[ContactKind.EMAIL], tuple(systems), tuple(columns))


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
    standing: Eligibility
    country: str | None
    zone: str | None
    birthday: str | None
    joined_on: date | None
    owner: str | None
    hours: str | None
    spend: float | None
    extra: Mapping[str, str]


class _Row(NamedTuple):
    """The columns of one customer that a CSV holds."""

    id: int
    uid: str
    name: str
    company: str | None
    segment: str | None
    status: Status
    standing: Eligibility
    country: str | None
    zone: str | None
    birth_day: int | None
    birth_month: int | None
    birth_year: int | None
    joined_on: date | None
    owner: str | None
    hours: str | None
    spend: float | None
    extra: dict[str, str] | None


_CUSTOMER = (
    customers.c.id, customers.c.uid, customers.c.name, companies.c.name.label("company"), customers.c.segment,
    customers.c.status, customers.c.standing, customers.c.country, customers.c.zone, customers.c.birth_day,
    customers.c.birth_month, customers.c.birth_year, customers.c.joined_on, customers.c.owner, customers.c.hours,
    customers.c.spend, customers.c.extra,
)  # fmt: skip


class _AboutCustomer(Protocol):
    @property
    def customer_id(self) -> int | None: ...


_About = TypeVar("_About", bound=_AboutCustomer)


class ExportSummary(NamedTuple):
    """Which file an export went to, how it is written, and how many customers are in it."""

    file: str
    format: str
    customers: int


def exported_customers(session: Session, customer_id: int | None = None) -> Iterator[ExportedCustomer]:
    """Everyone, or one customer, in the order they were added; whoever was merged into another is not among them."""
    for rows in _pieces(session, customer_id):
        contacts = _contacts_between(session, rows[0].id, rows[-1].id)
        numbers = _numbers_between(session, rows[0].id, rows[-1].id)
        for row in rows:
            yield _exported(row, contacts.get(row.id, ()), numbers.get(row.id, ()))


def _pieces(session: Session, customer_id: int | None) -> Iterator[list[_Row]]:
    """Everyone who was not merged into another, or one customer, ``PIECE`` at a time, by rising id."""
    chosen = select(*_CUSTOMER).select_from(with_company()).order_by(customers.c.id).limit(PIECE)
    kept = customers.c.standing != inline(Eligibility.MERGED)
    if customer_id is not None:
        kept = kept & (customers.c.id == customer_id)
    last = 0
    while rows := fetch(session, _Row, chosen.where(kept, customers.c.id > last)):
        yield rows
        last = rows[-1].id


def _exported(row: _Row, contacts: Iterable[Contact], numbers: Iterable[SourceId]) -> ExportedCustomer:
    return ExportedCustomer(
        row.id,
        row.uid,
        row.name,
        row.company,
        tuple(contact_record(contact) for contact in contacts),
        tuple((number.source, number.external_id) for number in numbers),
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


def contact_record(contact: Contact) -> ContactRecord:
    """A contact as it is shown and exported."""
    return ContactRecord(contact.kind, contact.value, contact.original, contact.usable)


def _contacts_between(session: Session, first: int, last: int) -> dict[int, list[Contact]]:
    """The contacts of the customers from one id to another, by customer, phones first, the preferred first."""
    chosen = select(contacts).where(contacts.c.customer_id.between(first, last))
    order = (contacts.c.customer_id, contacts.c.kind.desc(), contacts.c.rank, contacts.c.id)
    return by_customer(fetch(session, Contact, chosen.order_by(*order)))


def _numbers_between(session: Session, first: int, last: int) -> dict[int, list[SourceId]]:
    """The numbers these customers have in other systems, by customer."""
    chosen = select(source_ids).where(source_ids.c.customer_id.between(first, last))
    return by_customer(fetch(session, SourceId, chosen.order_by(source_ids.c.customer_id, source_ids.c.id)))


def by_customer(rows: Iterable[_About]) -> dict[int, list[_About]]:
    """The rows about each customer, in their order; rows about nobody are left out."""
    found: dict[int, list[_About]] = {}
    for row in rows:
        if row.customer_id is not None:
            found.setdefault(row.customer_id, []).append(row)
    return found


def _most_contacts(session: Session, customer_id: int | None = None) -> dict[ContactKind, int]:
    """How many contacts of each kind anyone has at most."""
    # By customer alone, which is the order of an index: by kind as well, all of them would have to be remembered.
    counted = [func.sum(case((contacts.c.kind == kind, 1), else_=0)).label(kind.value) for kind in ContactKind]
    each = select(*counted).where(_theirs(contacts.c.customer_id, customer_id)).group_by(contacts.c.customer_id)
    per_customer = each.subquery()
    most = session.execute(select(*(func.max(per_customer.c[kind.value]) for kind in ContactKind))).one()
    return {kind: int(n or 0) for kind, n in zip(ContactKind, most, strict=True)}


def _systems(session: Session, customer_id: int | None = None) -> list[str]:
    """The systems customers have numbers in, by name."""
    chosen = select(source_ids.c.source).where(_theirs(source_ids.c.customer_id, customer_id)).distinct()
    return sorted(session.execute(chosen).scalars())  # sorted there, every row would be remembered


def _extra_columns(session: Session, customer_id: int | None = None) -> list[str]:
    """The columns of imported files that care has no field for, as they are met from the first customer on."""
    each = func.json_each(customers.c.extra).table_valued("key")
    kept = customers.c.extra.is_not(None) & (customers.c.standing != inline(Eligibility.MERGED))
    # Not grouped and not sorted: every cell of every customer would have to be remembered.
    chosen = select(each.c.key).select_from(customers.join(each, true())).distinct()
    return list(session.execute(chosen.where(kept, _theirs(customers.c.id, customer_id))).scalars())


def _theirs(column: ColumnElement[Any], customer_id: int | None) -> ColumnElement[bool]:
    return true() if customer_id is None else column == customer_id
