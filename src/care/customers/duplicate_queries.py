"""Pairs of customers who may be one person, and who shares a contact or a company, in the store."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, or_, select, union, update
from sqlalchemy.orm import Session

from care.customers.find import person
from care.customers.queries import PERSON, PersonRow, with_company
from care.customers.records import Person
from care.db.bulk import parts
from care.db.fetch import fetch
from care.db.journal import current_change
from care.db.tables.call import calls
from care.db.tables.columns import inline
from care.db.tables.customer import companies, contacts, customers
from care.db.tables.duplicate import Duplicate, duplicates
from care.db.tables.journal import journal
from care.words import CallState, DuplicateState


def people_of(session: Session, ids: Iterable[int]) -> dict[int, Person]:
    """Who these customers are, by id."""
    chosen = select(*PERSON).select_from(with_company()).where(customers.c.id.in_(list(ids)))
    return {row.id: person(row) for row in fetch(session, PersonRow, chosen)}


_OPEN = duplicates.c.state == inline(DuplicateState.OPEN)

_REAL = customers.c.merged_into.is_(None)


def touched(session: Session, batch_id: int, limit: int) -> list[int]:
    """The first customers, by id, whom this change added or gave other names or contacts, or an import added."""
    about = journal.c.noun.in_(("customer", "contact")) & journal.c.customer_id.is_not(None)
    changed = select(journal.c.customer_id).where(journal.c.change_id == current_change(session), about)
    some = union(changed, select(customers.c.id).where(customers.c.added_in == batch_id)).subquery()
    return list(session.execute(select(some.c[0]).distinct().order_by(some.c[0]).limit(limit)).scalars())


def shared_contacts(session: Session, most: int) -> Iterator[tuple[str, list[int]]]:
    """Addresses and numbers that two to ``most`` customers have: the kind, and who they are. It walks them all."""
    return _held(session, _sharing_contact(most))


def holders_of(session: Session, values: Iterable[str], most: int) -> Iterator[tuple[str, list[int]]]:
    """As ``shared_contacts``, of these addresses and numbers."""
    for part in parts(sorted(values)):
        yield from _held(session, _sharing_contact(most).where(contacts.c.value.in_(part)))


def _sharing_contact(most: int) -> Select[Any]:
    mine = select(contacts.c.value, contacts.c.kind, func.group_concat(contacts.c.customer_id.distinct()).label("ids"))
    holders = func.count(contacts.c.customer_id.distinct())
    return mine.group_by(contacts.c.value, contacts.c.kind).having(holders.between(2, most))


def _held(session: Session, chosen: Select[Any]) -> Iterator[tuple[str, list[int]]]:
    return ((row.kind, sorted(map(int, row.ids.split(",")))) for row in session.execute(chosen))


def companies_named(session: Session) -> Iterator[tuple[int, str]]:
    """Every company: its id and folded name."""
    return ((row.id, row.folded) for row in session.execute(select(companies.c.id, companies.c.folded)))


def people_in_companies(session: Session) -> Iterator[tuple[int, str, int]]:
    """Everybody who belongs to a company: id, name and the company's id, by rising id."""
    mine = customers.c.company_id.is_not(None) & _REAL
    found = select(customers.c.id, customers.c.name, customers.c.company_id).where(mine).order_by(customers.c.id)
    return ((row.id, row.name, row.company_id) for row in session.execute(found))


def all_duplicates(session: Session) -> dict[tuple[int, int], Duplicate]:
    """Every pair there is, whatever was said of it."""
    return {(row.one_id, row.other_id): row for row in fetch(session, Duplicate, select(duplicates))}


def add_duplicates(session: Session, pairs: Mapping[tuple[int, int], Sequence[str]], now: datetime) -> None:
    """Keeps these pairs, as open."""
    rows = [
        {"one_id": one, "other_id": other, "reasons": list(why), "state": DuplicateState.OPEN, "found_at": now}
        for (one, other), why in sorted(pairs.items())
    ]
    if rows:
        session.execute(insert(duplicates), rows)


def change_duplicate(session: Session, pair_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of a pair."""
    session.execute(update(duplicates).where(duplicates.c.id == pair_id).values(**values))


def drop_duplicates(session: Session, ids: Iterable[int]) -> None:
    """Takes these pairs away."""
    session.execute(delete(duplicates).where(duplicates.c.id.in_(list(ids))))


def duplicates_with(session: Session, customer_id: int) -> list[Duplicate]:
    """Every pair this customer is in."""
    mine = or_(duplicates.c.one_id == customer_id, duplicates.c.other_id == customer_id)
    return fetch(session, Duplicate, select(duplicates).where(mine).order_by(duplicates.c.id))


def open_duplicates(session: Session, limit: int | None) -> list[Duplicate]:
    """The open pairs, those with most reasons first."""
    reasons = func.length(duplicates.c.reasons).desc()
    return fetch(session, Duplicate, select(duplicates).where(_OPEN).order_by(reasons, duplicates.c.id).limit(limit))


def count_open_duplicates(session: Session) -> int:
    """How many pairs nobody has said anything of."""
    return int(session.execute(select(func.count()).select_from(duplicates).where(_OPEN)).scalar_one())


def talks_of(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """How many talks were held with each of these customers."""
    held = (calls.c.customer_id.in_(list(ids))) & (calls.c.state == CallState.HELD)
    counted = select(calls.c.customer_id, func.count()).where(held).group_by(calls.c.customer_id)
    return {int(one): int(n) for one, n in session.execute(counted)}
