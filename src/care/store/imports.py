"""Many customers at once: looking up whom a file means, and writing in bulk.

Ids are handed out here, because a bulk insert gives none back; the writer's transaction is the only one there is.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.orm import Session

from care.model.contact import contacts
from care.model.customer import companies, customers
from care.model.journal import batches
from care.model.source import source_ids
from care.store.bulk import Lookup, binder, insert_rows, parts
from care.store.journal import current_change
from care.store.rows import added
from care.store.search import highest_id_ever, index_names_of
from care.words import ContactKind

COLUMNS = {
    "company": ("id", "name", "folded", "added_in"),
    "customer": (
        "id", "uid", "name", "folded", "company_id", "email", "phone", "status", "standing", "stratum", "cycle",
        "place", "planned", "gives", "takes", "added_in", "added_at", "segment", "country", "zone", "birth_day",
        "birth_month", "birth_year", "owner", "hours", "spend", "joined_on", "extra",
    ),
    "contact": ("id", "customer_id", "kind", "value", "original", "usable", "rank", "added_in"),
    "source_id": ("source", "external_id", "customer_id", "added_in"),
}  # fmt: skip
"""What a row of each table an import writes consists of; the rest stays empty."""

OWN = "care"
"""The source of what care exported itself."""

COUNTED = ("read", "added", "updated", "unchanged", "rejected")

_S, _C, _K = source_ids.c, customers.c, contacts.c
_MAIL = contacts.alias("mail")
_MINE = _S.source == bindparam("source")
_BY_SOURCE = Lookup(select(_S.external_id, _S.customer_id).where(_MINE), _S.external_id)
_NUMBERED = Lookup(select(_S.customer_id).where(_MINE), _S.customer_id)
_BY_CONTACT = Lookup(select(_K.value, _K.customer_id).order_by(_K.customer_id), _K.value)
_BY_UID = Lookup(select(_C.uid, _C.id), _C.uid)
_COMPANIES = Lookup(select(companies.c.folded, companies.c.id), companies.c.folded)
_STORED = Lookup(
    select(
        _S.external_id, _C.id, _C.standing, _C.folded, _C.name, companies.c.name.label("company"), _C.segment,
        _C.status, _C.country, _C.zone, _C.birth_day, _C.birth_month, _C.birth_year, _C.owner, _C.hours,
        _C.spend, _C.joined_on, _C.extra,
    )
    .select_from(
        source_ids.join(customers, _C.id == _S.customer_id).outerjoin(companies, companies.c.id == _C.company_id)
    )
    .where(_MINE),
    _S.external_id,
)  # fmt: skip
_CONTACTS = Lookup(
    select(_K.kind, _K.value, _K.original, _K.usable, _K.customer_id).order_by(
        _K.customer_id, _K.kind.desc(), _K.rank, _K.id
    ),
    _K.customer_id,
)


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


def binders(session: Session) -> dict[str, Callable[[Any], Any]]:
    """What turns values of these columns of a customer into what the driver takes; words are their own text."""
    names = ("joined_on", "added_at", "extra")
    return {name: binder(session.connection().dialect, customers.c[name]) for name in names}


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
    email = exists().where(_MAIL.c.customer_id == _C.id, _MAIL.c.kind == ContactKind.EMAIL)
    numbered = exists().where(_S.customer_id == _C.id, _S.source == source)
    holds = _C.id.in_(select(_K.customer_id).where(_K.value == value))
    for row in session.execute(select(_C.id, _C.name, email, numbered).where(holds).order_by(_C.id)):
        yield row[0], row[1], bool(row[2]), bool(row[3])


def ids_by_uid(session: Session, uids: Collection[str]) -> dict[str, int]:
    """Who carries these uids."""
    return dict(_BY_UID.rows(session, uids))


def rows_of(session: Session, ids: Iterable[int]) -> dict[int, Any]:
    """The rows of these customers with their company's name, by id."""
    beside = customers.outerjoin(companies, companies.c.id == customers.c.company_id)
    chosen = select(customers, companies.c.name.label("company")).select_from(beside)
    found = (session.execute(chosen.where(customers.c.id.in_(part))) for part in parts(ids))
    return {row.id: row for rows in found for row in rows}


def contacts_of(session: Session, ids: Iterable[int]) -> dict[int, list[Any]]:
    """The contacts of these customers, the preferred first."""
    chosen = select(contacts).order_by(contacts.c.customer_id, contacts.c.rank, contacts.c.id)
    found: dict[int, list[Any]] = {}
    for part in parts(ids):
        for row in session.execute(chosen.where(contacts.c.customer_id.in_(part))):
            found.setdefault(row.customer_id, []).append(row)
    return found


def stored_by_source(session: Session, source: str, external_ids: Collection[str]) -> dict[str, tuple[Any, ...]]:
    """What is stored of the customers with these numbers of that source, by number, to see what a file says anew.

    The number, id, standing, folded, name, company, and what a draft says in its order from the segment on.
    """
    return {row[0]: row for row in _STORED.rows(session, external_ids, source)}


def contacts_stored(session: Session, ids: Collection[int]) -> dict[int, list[tuple[str, ...]]]:
    """The kind, value, original and usability of each contact, phones first, the preferred of each kind first."""
    found: dict[int, list[tuple[str, ...]]] = {customer_id: [] for customer_id in ids}
    for row in _CONTACTS.rows(session, found):
        found[row[4]].append(row[:4])
    return found


def company_ids(session: Session, folded: Collection[str]) -> dict[str, int]:
    """The ids of these companies, by folded name."""
    return dict(_COMPANIES.rows(session, folded))


def write_rows(session: Session, rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
    """Inserts companies, customers (by rising id), contacts and source ids, each table in one go.

    Each row holds the values of ``COLUMNS`` as the driver takes them. The names follow at once: a later row of the file
    may rename a customer, and only what is there can be replaced.
    """
    for table in (companies, customers, contacts, source_ids):
        if rows.get(table.name):
            insert_rows(session, table, COLUMNS[table.name], rows[table.name])
    if rows.get(customers.name):
        index_names_of(session, rows[customers.name][0][0])
