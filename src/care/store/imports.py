"""Many customers at once: looking up whom a file means, and writing in bulk.

Ids are handed out here, because a bulk insert gives none back; the writer's transaction is the only one there is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from care.model.contact import contacts
from care.model.customer import companies, customers
from care.model.journal import batches
from care.model.source import source_ids
from care.store.journal import current_change
from care.store.rows import added
from care.store.search import highest_id_ever, index_names_of

OWN = "care"
"""The source of what care exported itself."""

COUNTED = ("read", "added", "updated", "unchanged", "rejected")


def begin_batch(session: Session, file: str, layout: str, now: datetime) -> int:
    """The id of a new import."""
    values = dict.fromkeys(COUNTED, 0)
    about = {"change_id": current_change(session), "at": now, "file": file, "layout": layout}
    return added(session, batches, about | values)


def end_batch(session: Session, batch_id: int, counts: Mapping[str, int]) -> None:
    """Writes what the import came to."""
    session.execute(update(batches).where(batches.c.id == batch_id).values(**counts))


def next_ids(session: Session) -> dict[str, int]:
    """The first free id of each table an import adds to."""
    tables = (companies, contacts)
    found = {table.name: session.execute(select(func.max(table.c.id))).scalar_one_or_none() for table in tables}
    found[customers.name] = highest_id_ever(session, customers.name)  # a number once seen means nobody else, ever
    return {name: (last or 0) + 1 for name, last in found.items()}


def ids_by_source(session: Session, source: str, external_ids: Iterable[str]) -> dict[str, int]:
    """Which customers these numbers of that source are; in a file of care that is their uid, here or there."""
    wanted = list(external_ids)
    mine = (source_ids.c.source == source) & source_ids.c.external_id.in_(wanted)
    chosen = select(source_ids.c.external_id, source_ids.c.customer_id).where(mine)
    found = {row.external_id: row.customer_id for row in session.execute(chosen)}
    return found | ids_by_uid(session, wanted) if source == OWN else found


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


def numbered_in(session: Session, source: str, ids: Iterable[int]) -> set[int]:
    """Those of these customers who have a number in that source."""
    mine = (source_ids.c.source == source) & source_ids.c.customer_id.in_(list(ids))
    return set(session.execute(select(source_ids.c.customer_id).where(mine)).scalars())


def ids_by_contacts(session: Session, values: Iterable[str]) -> dict[str, list[int]]:
    """Who has these addresses and numbers, in order of id."""
    mine = select(contacts.c.value, contacts.c.customer_id).where(contacts.c.value.in_(list(values))).distinct()
    found: dict[str, list[int]] = {}
    for value, customer_id in session.execute(mine.order_by(contacts.c.customer_id)):
        found.setdefault(value, []).append(customer_id)
    return found


def ids_by_uid(session: Session, uids: Iterable[str]) -> dict[str, int]:
    """Who carries these uids."""
    mine = customers.c.uid.in_(list(uids))
    return {row.uid: row.id for row in session.execute(select(customers.c.uid, customers.c.id).where(mine))}


def rows_of(session: Session, ids: Iterable[int]) -> dict[int, Any]:
    """The rows of these customers with their company's name, by id."""
    beside = customers.outerjoin(companies, companies.c.id == customers.c.company_id)
    chosen = select(customers, companies.c.name.label("company")).select_from(beside)
    return {row.id: row for row in session.execute(chosen.where(customers.c.id.in_(list(ids))))}


def contacts_of(session: Session, ids: Iterable[int]) -> dict[int, list[Any]]:
    """The contacts of these customers, the preferred first."""
    chosen = select(contacts).where(contacts.c.customer_id.in_(list(ids)))
    found: dict[int, list[Any]] = {}
    for row in session.execute(chosen.order_by(contacts.c.customer_id, contacts.c.rank, contacts.c.id)):
        found.setdefault(row.customer_id, []).append(row)
    return found


def company_ids(session: Session, folded: Iterable[str]) -> dict[str, int]:
    """The ids of these companies, by folded name."""
    mine = companies.c.folded.in_(list(folded))
    return {row.folded: row.id for row in session.execute(select(companies.c.folded, companies.c.id).where(mine))}


def write_rows(session: Session, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Inserts companies, customers (by rising id), contacts and source ids, each table in one go.

    The names follow at once: a later row of the file may rename a customer, and only what is there can be replaced.
    """
    for table in (companies, customers, contacts, source_ids):
        if rows.get(table.name):
            session.connection().execute(insert(table), list(rows[table.name]))
    if rows.get(customers.name):
        index_names_of(session, rows[customers.name][0]["id"])
