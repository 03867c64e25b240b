"""Whom the rows of a file might mean, looked up for many at once, and the ids an import may give.

Ids are given here, because a bulk insert returns none; the writer's transaction is the only one there is.
"""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from care.customers.customer_input import ContactInput
from care.db.bulk import Lookup, parts
from care.db.fetch import fetch
from care.db.sqlite import highest_id_ever
from care.db.tables.customer import Contact, companies, contacts, customers
from care.db.tables.imports import source_ids
from care.words import ContactKind

OWN = "care"
"""The source of what care exported itself."""

_MAIL = contacts.alias("mail")

SOURCE_ID, CUSTOMER, CONTACT = source_ids.c, customers.c, contacts.c

MINE = SOURCE_ID.source == bindparam("source")

_BY_SOURCE: Lookup[tuple[str, int]] = Lookup(
    select(SOURCE_ID.external_id, SOURCE_ID.customer_id).where(MINE), SOURCE_ID.external_id
)

_NUMBERED: Lookup[tuple[int]] = Lookup(select(SOURCE_ID.customer_id).where(MINE), SOURCE_ID.customer_id)

_BY_CONTACT: Lookup[tuple[str, int]] = Lookup(
    select(CONTACT.value, CONTACT.customer_id).order_by(CONTACT.customer_id), CONTACT.value
)

_BY_UID: Lookup[tuple[str, int]] = Lookup(select(CUSTOMER.uid, CUSTOMER.id), CUSTOMER.uid)

_COMPANIES: Lookup[tuple[str, int]] = Lookup(select(companies.c.folded, companies.c.id), companies.c.folded)


def ids_by_source(session: Session, source: str, external_ids: Collection[str]) -> dict[str, int]:
    """Which customers these numbers of that source are; in a file of care that is their uid, here or there."""
    found: dict[str, int] = dict(_BY_SOURCE.rows(session, external_ids, source))
    return found | ids_by_uid(session, external_ids) if source == OWN else found


def ids_by_numbers(session: Session, numbers: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Which customers these (source, number) are."""
    by_source: dict[str, list[str]] = {}
    for source, external_id in numbers:
        by_source.setdefault(source, []).append(external_id)
    return {
        (source, external_id): customer_id
        for source, ids in by_source.items()
        for external_id, customer_id in ids_by_source(session, source, ids).items()
    }


def numbered_in(session: Session, source: str, ids: Collection[int]) -> set[int]:
    """Those of these customers who have a number in that source."""
    return {customer_id for (customer_id,) in _NUMBERED.rows(session, ids, source)}


def ids_by_contacts(session: Session, values: Collection[str]) -> dict[str, list[int]]:
    """Who has these addresses and numbers, in order of id."""
    found: dict[str, list[int]] = {}
    for value, customer_id in _BY_CONTACT.rows(session, values):
        mine = found.get(value)
        if mine is None:
            found[value] = [customer_id]
        elif mine[-1] != customer_id:  # someone may have it twice
            mine.append(customer_id)
    return found


def holders_of(session: Session, source: str, value: str) -> Iterator[tuple[int, str, bool, bool]]:
    """Everyone with that address or number, by rising id: name, whether they have an e-mail address, and whether a
    number in that source.
    """
    email = exists().where(_MAIL.c.customer_id == CUSTOMER.id, _MAIL.c.kind == ContactKind.EMAIL)
    numbered = exists().where(SOURCE_ID.customer_id == CUSTOMER.id, SOURCE_ID.source == source)
    holds = CUSTOMER.id.in_(select(CONTACT.customer_id).where(CONTACT.value == value))
    for row in session.execute(select(CUSTOMER.id, CUSTOMER.name, email, numbered).where(holds).order_by(CUSTOMER.id)):
        yield row[0], row[1], bool(row[2]), bool(row[3])


def ids_by_uid(session: Session, uids: Collection[str]) -> dict[str, int]:
    """Who carries these uids."""
    return dict(_BY_UID.rows(session, uids))


def contacts_of(session: Session, ids: Iterable[int]) -> dict[int, list[ContactInput]]:
    """The contacts of these customers, the preferred first."""
    chosen = select(contacts).order_by(contacts.c.customer_id, contacts.c.rank, contacts.c.id)
    found: dict[int, list[ContactInput]] = {}
    for part in parts(ids):
        for row in fetch(session, Contact, chosen.where(contacts.c.customer_id.in_(part))):
            found.setdefault(row.customer_id, []).append(ContactInput(row.kind, row.value, row.original, row.usable))
    return found


def company_ids(session: Session, folded: Collection[str]) -> dict[str, int]:
    """The ids of these companies, by folded name."""
    return dict(_COMPANIES.rows(session, folded))


def next_ids(session: Session) -> dict[str, int]:
    """The first free id of each table an import adds to."""
    tables = (companies, contacts)
    found = {table.name: session.execute(select(func.max(table.c.id))).scalar_one_or_none() for table in tables}
    found[customers.name] = highest_id_ever(session, customers.name)  # a number once seen means nobody else, ever
    return {name: (last or 0) + 1 for name, last in found.items()}
