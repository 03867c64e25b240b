"""Customers, their contacts and companies: what several use cases read and write, and the counters."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from care.customers.customer_input import ContactInput
from care.customers.records import CustomerRow
from care.db.bulk import added, parts
from care.db.fetch import fetch, fetch_one
from care.db.tables.customer import Contact, companies, contacts, customers
from care.db.tables.tally import tally
from care.text import fold
from care.words import ContactKind, Eligibility, Status

PERSON = (customers.c.id, customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone)
"""The columns of a ``PersonRow``; select them from ``with_company()``."""


class PersonRow(NamedTuple):
    """Who a customer is, as stored."""

    id: int
    name: str
    company: str | None
    phone: str | None
    zone: str | None


def with_company() -> Any:
    """Customers beside their company's name."""
    return customers.outerjoin(companies, companies.c.id == customers.c.company_id)


_CUSTOMERS = select(customers, companies.c.name.label("company")).select_from(with_company())


def customer_row(session: Session, customer_id: int) -> CustomerRow | None:
    """Everything in the customer's row and the name of the company, or None."""
    return fetch_one(session, CustomerRow, _CUSTOMERS.where(customers.c.id == customer_id))


def customer_rows(session: Session, ids: Iterable[int]) -> dict[int, CustomerRow]:
    """Everything in the rows of these customers and the names of their companies, by id."""
    found = (fetch(session, CustomerRow, _CUSTOMERS.where(customers.c.id.in_(part))) for part in parts(ids))
    return {row.id: row for rows in found for row in rows}


def customer_of(session: Session, customer_id: int) -> CustomerRow:
    """The row of a customer that something of theirs points at. Raises LookupError where there is none."""
    row = customer_row(session, customer_id)
    if row is None:
        raise LookupError(f"no customer has the number {customer_id}")
    return row


def ids_by_contact(session: Session, value: str) -> list[int]:
    """Customers with this e-mail address (lower case) or phone number, in order of id."""
    found = select(contacts.c.customer_id).where(contacts.c.value == value).distinct()
    return list(session.execute(found.order_by(contacts.c.customer_id)).scalars())


def contacts_of(session: Session, customer_id: int) -> list[Contact]:
    """A customer's contacts, the preferred first."""
    chosen = select(contacts).where(contacts.c.customer_id == customer_id)
    return fetch(session, Contact, chosen.order_by(contacts.c.kind.desc(), contacts.c.rank, contacts.c.id))


def company_id(session: Session, name: str | None) -> int | None:
    """The id of the company of that name, made if nobody belonged to it yet."""
    if not name:
        return None
    folded = fold(name)
    found = session.execute(select(companies.c.id).where(companies.c.folded == folded)).scalar_one_or_none()
    if found is not None:
        return int(found)
    return added(session, companies, {"name": name, "folded": folded})


def insert_customer(session: Session, values: Mapping[str, Any]) -> int:
    """The id of the new customer."""
    return added(session, customers, values)


def change_customer(session: Session, customer_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one customer."""
    session.execute(update(customers).where(customers.c.id == customer_id).values(**values))


def replace_contacts(session: Session, customer_id: int, kind: ContactKind, new: Sequence[ContactInput]) -> None:
    """Makes these the customer's contacts of that kind, in their order."""
    session.execute(delete(contacts).where(contacts.c.customer_id == customer_id, contacts.c.kind == kind))
    rows = [
        {
            "customer_id": customer_id,
            "kind": kind,
            "value": contact.value,
            "original": contact.original,
            "usable": contact.usable,
            "rank": rank,
        }
        for rank, contact in enumerate(new)
    ]
    if rows:
        session.execute(insert(contacts), rows)


class StandingRow(NamedTuple):
    """What a customer's standing and position are worked out from; ``phones`` is comma-joined usability."""

    id: int
    uid: str
    stratum: str
    status: Status
    standing: Eligibility
    cycle: int
    place: int
    planned: int
    dnc_reason: str | None
    merged_into: int | None
    paused_until: date | None
    free_on: date | None
    phones: str | None


def standing_rows(session: Session, ids: Sequence[int]) -> list[StandingRow]:
    """What standing and position of these customers are worked out from."""
    usable = (
        select(func.group_concat(contacts.c.usable))
        .where(contacts.c.customer_id == customers.c.id, contacts.c.kind == ContactKind.PHONE)
        .scalar_subquery()
    )
    wanted = (
        customers.c.id, customers.c.uid, customers.c.stratum, customers.c.status, customers.c.standing,
        customers.c.cycle, customers.c.place, customers.c.planned, customers.c.dnc_reason, customers.c.merged_into,
        customers.c.paused_until, customers.c.free_on, usable.label("phones"),
    )  # fmt: skip
    return fetch(session, StandingRow, select(*wanted).where(customers.c.id.in_(ids)))


def standings(session: Session) -> dict[Eligibility, int]:
    """How many customers there are of each standing, from the counters."""
    counted = select(tally.c.standing, func.sum(tally.c.n)).group_by(tally.c.standing)
    return {Eligibility(standing): int(n) for standing, n in session.execute(counted)}


def heard_counts(session: Session) -> list[tuple[Eligibility, bool, int]]:
    """How many customers of each standing were ever heard and how many never, from the counters."""
    counted = select(tally.c.standing, tally.c.heard, func.sum(tally.c.n)).group_by(tally.c.standing, tally.c.heard)
    return [(Eligibility(standing), bool(heard), int(n)) for standing, heard, n in session.execute(counted)]


class ListedRow(NamedTuple):
    """What a list shows of a customer, as stored."""

    id: int
    name: str
    company: str | None
    email: str | None
    phone: str | None
    segment: str | None
    status: Status
    last_heard_at: datetime | None
    standing: Eligibility


def listed() -> Select[Any]:
    """The columns of a ``ListedRow`` of every customer."""
    company = companies.c.name.label("company")
    return select(*(company if name == "company" else customers.c[name] for name in ListedRow._fields)).select_from(
        with_company()
    )


def everyone_in(session: Session, customer_id: int) -> list[int]:
    """The customer, and everyone merged into them, however many steps ago."""
    found = [customer_id]
    for one in found:
        into = (customers.c.merged_into == one) & customers.c.id.not_in(found)
        found += session.execute(select(customers.c.id).where(into).order_by(customers.c.id)).scalars()
    return found
