"""Many customers at once: looking up whom a file means, and writing in bulk.

Ids are handed out here, because a bulk insert gives none back; the writer's transaction is the only one there is.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from care.db.bulk import parts
from care.db.sqlite import highest_id_ever
from care.db.tables.customer import companies, contacts, customers
from care.db.tables.imports import source_ids

SOURCE_ID, CUSTOMER, CONTACT = source_ids.c, customers.c, contacts.c


MINE = SOURCE_ID.source == bindparam("source")


def next_ids(session: Session) -> dict[str, int]:
    """The first free id of each table an import adds to."""
    tables = (companies, contacts)
    found = {table.name: session.execute(select(func.max(table.c.id))).scalar_one_or_none() for table in tables}
    found[customers.name] = highest_id_ever(session, customers.name)  # a number once seen means nobody else, ever
    return {name: (last or 0) + 1 for name, last in found.items()}


def rows_of(session: Session, ids: Iterable[int]) -> dict[int, Any]:
    """The rows of these customers with their company's name, by id."""
    beside = customers.outerjoin(companies, companies.c.id == customers.c.company_id)
    chosen = select(customers, companies.c.name.label("company")).select_from(beside)
    found = (session.execute(chosen.where(customers.c.id.in_(part))) for part in parts(ids))
    return {row.id: row for rows in found for row in rows}
