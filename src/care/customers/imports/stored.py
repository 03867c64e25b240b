"""What is stored of the customers a file names, and the rows of those it adds, as the driver has them."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.customers.customer_input import COPIED, CustomerInput
from care.customers.imports.queries import CONTACT, CUSTOMER, MINE, SOURCE_ID
from care.customers.imports.unchanged import SAID, StoredCustomer
from care.db.bulk import Binder, Bound, Lookup, binder, insert_rows
from care.db.full_text import index_names_of
from care.db.tables.customer import companies, contacts, customers
from care.db.tables.imports import source_ids

COLUMNS = {
    "company": ("id", "name", "folded", "added_in"),
    "customer": (
        "id", "uid", "name", "folded", "company_id", "email", "phone", "status", "standing", "stratum", "cycle",
        "place", "planned", "gives", "takes", "added_in", "added_at", *COPIED, "joined_on", "extra",
    ),
    "contact": ("id", "customer_id", "kind", "value", "original", "usable", "rank", "added_in"),
    "source_id": ("source", "external_id", "customer_id", "added_in"),
}  # fmt: skip
"""What a row of each table an import writes consists of; the rest stays empty."""

_STORED: Lookup[Bound] = Lookup(
    select(
        SOURCE_ID.external_id, CUSTOMER.id, CUSTOMER.standing, CUSTOMER.folded, CUSTOMER.name,
        companies.c.name.label("company"), *(CUSTOMER[name] for name in CustomerInput._fields[SAID]),
        CUSTOMER.joined_on, CUSTOMER.extra,
    )
    .select_from(
        source_ids.join(customers, CUSTOMER.id == SOURCE_ID.customer_id)
        .outerjoin(companies, companies.c.id == CUSTOMER.company_id)
    )
    .where(MINE),
    SOURCE_ID.external_id,
)  # fmt: skip

_CONTACTS: Lookup[tuple[str, str, str, str, int]] = Lookup(
    select(CONTACT.kind, CONTACT.value, CONTACT.original, CONTACT.usable, CONTACT.customer_id).order_by(
        CONTACT.customer_id, CONTACT.kind.desc(), CONTACT.rank, CONTACT.id
    ),
    CONTACT.customer_id,
)


def binders(session: Session) -> dict[str, Binder]:
    """What turns values of these columns of a customer into what the driver takes; words are their own text."""
    names = ("joined_on", "added_at", "extra")
    return {name: binder(session.connection().dialect, customers.c[name]) for name in names}


def stored_by_source(session: Session, source: str, external_ids: Collection[str]) -> dict[str, StoredCustomer]:
    """What is stored of the customers with these numbers of that source, by number, to see what a file says anew."""
    found = {}
    for number, customer_id, standing, folded, name, company, *said, joined_on, extra in _STORED.rows(
        session, external_ids, source
    ):
        found[number] = StoredCustomer(customer_id, standing, folded, name, company, tuple(said), joined_on, extra)
    return found


def contacts_stored(session: Session, ids: Collection[int]) -> dict[int, list[tuple[str, ...]]]:
    """The kind, value, original and usability of each contact, phones first, the preferred of each kind first."""
    found: dict[int, list[tuple[str, ...]]] = {customer_id: [] for customer_id in ids}
    for row in _CONTACTS.rows(session, found):
        found[row[4]].append(row[:4])
    return found


def write_rows(session: Session, rows: Mapping[str, Sequence[Bound]]) -> None:
    """Inserts companies, customers (by rising id), contacts and source ids, each table in one go.

    Each row holds the values of ``COLUMNS`` as the driver takes them. The names follow at once: a later row of the file
    may rename a customer, and only what is there can be replaced.
    """
    for table in (companies, customers, contacts, source_ids):
        if rows.get(table.name):
            insert_rows(session, table, COLUMNS[table.name], rows[table.name])
    if rows.get(customers.name):
        index_names_of(session, rows[customers.name][0][0])
