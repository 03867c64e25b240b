"""Customers who may be one person: finding candidates, and what was said of each pair."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, or_, select, union, update
from sqlalchemy.orm import Session

from care.model.base import inline
from care.model.call import calls
from care.model.contact import contacts
from care.model.customer import companies, customers
from care.model.duplicate import duplicates
from care.model.journal import journal
from care.store.bulk import parts
from care.store.journal import current_change
from care.words import CallState, Likeness

_OPEN = duplicates.c.state == inline(Likeness.OPEN)
_REAL = customers.c.merged_into.is_(None)


def touched(session: Session, batch_id: int | None = None) -> Any:
    """The customers this change added or gave other names or contacts."""
    about = journal.c.noun.in_(("customer", "contact")) & journal.c.customer_id.is_not(None)
    changed = select(journal.c.customer_id).where(journal.c.change_id == current_change(session), about)
    if batch_id is None:
        return changed
    return union(changed, select(customers.c.id).where(customers.c.added_in == batch_id))


def shared_contacts(session: Session, most: int) -> Iterator[tuple[str, list[int]]]:
    """Addresses and numbers that two to ``most`` customers have: the kind, and who they are. It walks them all."""
    return _held(session, _sharing(most))


def holders_of(session: Session, values: Iterable[str], most: int) -> Iterator[tuple[str, list[int]]]:
    """As ``shared_contacts``, of these addresses and numbers."""
    for part in parts(sorted(values)):
        yield from _held(session, _sharing(most).where(contacts.c.value.in_(part)))


def _sharing(most: int) -> Select[Any]:
    mine = select(contacts.c.value, contacts.c.kind, func.group_concat(contacts.c.customer_id.distinct()).label("ids"))
    holders = func.count(contacts.c.customer_id.distinct())
    return mine.group_by(contacts.c.value, contacts.c.kind).having(holders.between(2, most))


def _held(session: Session, chosen: Select[Any]) -> Iterator[tuple[str, list[int]]]:
    return ((row.kind, sorted(map(int, row.ids.split(",")))) for row in session.execute(chosen))


def first_of(session: Session, whom: Any, most: int) -> list[int]:
    """The first of these customers, by id."""
    some = whom.subquery()
    return list(session.execute(select(some.c[0]).distinct().order_by(some.c[0]).limit(most)).scalars())


def companies_named(session: Session) -> Iterator[tuple[int, str]]:
    """Every company: its id and folded name."""
    return ((row.id, row.folded) for row in session.execute(select(companies.c.id, companies.c.folded)))


def people_in_companies(session: Session) -> Iterator[tuple[int, str, int]]:
    """Everybody who belongs to a company: id, name and the company's id, by rising id."""
    mine = customers.c.company_id.is_not(None) & _REAL
    found = select(customers.c.id, customers.c.name, customers.c.company_id).where(mine).order_by(customers.c.id)
    return ((row.id, row.name, row.company_id) for row in session.execute(found))


def known_pairs(session: Session) -> dict[tuple[int, int], Any]:
    """Every pair there is, whatever was said of it."""
    return {(row.one_id, row.other_id): row for row in session.execute(select(duplicates))}


def add_pairs(session: Session, pairs: Mapping[tuple[int, int], Sequence[str]], now: datetime) -> None:
    """Keeps these pairs, as open."""
    rows = [
        {"one_id": one, "other_id": other, "reasons": list(why), "state": Likeness.OPEN, "found_at": now}
        for (one, other), why in sorted(pairs.items())
    ]
    if rows:
        session.execute(insert(duplicates), rows)


def change_pair(session: Session, pair_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of a pair."""
    session.execute(update(duplicates).where(duplicates.c.id == pair_id).values(**values))


def drop_pairs(session: Session, ids: Iterable[int]) -> None:
    """Takes these pairs away."""
    session.execute(delete(duplicates).where(duplicates.c.id.in_(list(ids))))


def pairs_with(session: Session, customer_id: int) -> Sequence[Any]:
    """Every pair this customer is in."""
    mine = or_(duplicates.c.one_id == customer_id, duplicates.c.other_id == customer_id)
    return session.execute(select(duplicates).where(mine).order_by(duplicates.c.id)).all()


def move_pairs(session: Session, gone_id: int, kept_id: int) -> None:
    """Makes the pairs of a customer who went into another those of the other."""
    there = {(row.one_id, row.other_id) for row in pairs_with(session, kept_id)}
    for row in pairs_with(session, gone_id):
        other = row.other_id if row.one_id == gone_id else row.one_id
        pair = min(other, kept_id), max(other, kept_id)
        if other == kept_id or pair in there:
            drop_pairs(session, [row.id])
        else:
            there.add(pair)
            change_pair(session, row.id, {"one_id": pair[0], "other_id": pair[1]})


def open_pairs(session: Session, limit: int | None) -> Sequence[Any]:
    """The open pairs, those with most reasons first."""
    reasons = func.length(duplicates.c.reasons).desc()
    return session.execute(select(duplicates).where(_OPEN).order_by(reasons, duplicates.c.id).limit(limit)).all()


def count_open(session: Session) -> int:
    """How many pairs nobody has said anything of."""
    return int(session.execute(select(func.count()).select_from(duplicates).where(_OPEN)).scalar_one())


def talks_of(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """How many talks were held with each of these customers."""
    held = (calls.c.customer_id.in_(list(ids))) & (calls.c.state == CallState.HELD)
    counted = select(calls.c.customer_id, func.count()).where(held).group_by(calls.c.customer_id)
    return {int(one): int(n) for one, n in session.execute(counted)}
