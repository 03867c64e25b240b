"""Where the search for duplicates meets the store."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlalchemy import Select, delete, func, insert, or_, select, union, update
from sqlalchemy.orm import Session

from care.customers.find import person
from care.customers.queries import PERSON, contacts_of, customer_of, ids_by_contact, with_company
from care.customers.records import Pair, Pairs
from care.customers.similar_names import (
    MOST_COWORKERS,
    MOST_SHARING,
    core,
    near_company,
    near_name,
    telling_words,
    words_of_name,
)
from care.db import full_text
from care.db.bulk import parts
from care.db.journal import current_change
from care.db.tables.call import calls
from care.db.tables.columns import inline
from care.db.tables.customer import companies, contacts, customers
from care.db.tables.duplicate import duplicates
from care.db.tables.journal import journal
from care.errors import NotFound
from care.words import Alike, CallState, Likeness

Likenesses = dict[tuple[int, int], set[Alike]]


_ORDER = (Alike.EMAIL, Alike.PHONE, Alike.NAME)


NAMESAKES = 50
"""So many who share the telling words of name and company are looked at."""


FEW = 500
"""Up to so many are looked at one by one, names and all, through indexes."""


class NoSuchPair(NotFound):
    """These two were not proposed."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other} are no pair that looks alike. See care customers duplicates.")


def look_again(session: Session, now: datetime) -> None:
    """Compares everybody with everybody: new pairs come in, open ones that no longer look alike go."""
    _settle(session, _everybody(session), known_pairs(session), now)


def look_at_batch(session: Session, batch_id: int, shared: Collection[str], now: datetime) -> int:
    """How many pairs stand open once those an import touched were compared with everybody.

    ``shared`` are the addresses and numbers its rows have in common with somebody. After a large import only they are
    looked at; names take the walk of ``look_again``.
    """
    whom = touched(session, batch_id)
    few = first_of(session, whom, FEW + 1)
    if len(few) > FEW:
        _keep(session, _sharing(holders_of(session, shared, MOST_SHARING)), known_pairs(session), now)
    else:
        for one in few:
            look_at(session, one, now)
    return count_open(session)


def look_at(session: Session, customer_id: int, now: datetime) -> None:
    """Compares one customer, new or changed, with everybody, through indexes alone."""
    row = customer_of(session, customer_id)
    found: Likenesses = {}
    for contact in contacts_of(session, customer_id):
        ids = ids_by_contact(session, contact.value)
        if 2 <= len(ids) <= MOST_SHARING:
            for other in ids:
                _note(found, customer_id, other, Alike(contact.kind.value))
    for them in _namesakes(session, row):
        if them.merged_into is None and near_name(row.name, them.name) and near_company(row.company, them.company):
            _note(found, customer_id, them.id, Alike.NAME)
    known = {(one.one_id, one.other_id): one for one in pairs_with(session, customer_id)}
    _settle(session, found, known, now)


def list_pairs(session: Session, limit: int | None) -> Pairs:
    """The pairs nobody has decided on, the likeliest first."""
    rows = open_pairs(session, limit)
    ids = {one for row in rows for one in (row.one_id, row.other_id)}
    people, talks = people_of(session, ids), talks_of(session, ids)
    pairs = tuple(
        Pair(
            row.id,
            person(people[row.one_id]),
            person(people[row.other_id]),
            tuple(row.reasons),
            (talks.get(row.one_id, 0), talks.get(row.other_id, 0)),
        )
        for row in rows
    )
    return Pairs(pairs, count_open(session))


def keep_apart(session: Session, one_id: int, other_id: int) -> None:
    """Records that two who look alike are two people. Raises NoSuchPair."""
    pair = min(one_id, other_id), max(one_id, other_id)
    row = next((one for one in pairs_with(session, pair[0]) if (one.one_id, one.other_id) == pair), None)
    if row is None:
        names = (customer_of(session, one).name for one in (one_id, other_id))
        raise NoSuchPair(*names)
    change_pair(session, row.id, {"state": Likeness.APART})


def _sharing(holders: Iterable[tuple[str, list[int]]]) -> Likenesses:
    """The pairs that have an address or a number in common."""
    found: Likenesses = {}
    for kind, ids in holders:
        for one, other in combinations(ids, 2):
            _note(found, one, other, Alike(kind))
    return found


def _everybody(session: Session) -> Likenesses:
    """Every pair there is: who shares a contact, and who has a near-same name in a near-same company."""
    found = _sharing(shared_contacts(session, MOST_SHARING))
    firms: dict[str, int] = {}
    first = {number: firms.setdefault(core(name) or name, number) for number, name in companies_named(session)}
    together: dict[int, list[tuple[int, str]]] = {}
    for one, name, company in people_in_companies(session):
        together.setdefault(first[company], []).append((one, name))
    for people in together.values():
        for some in [people] if len(people) <= MOST_COWORKERS else _written_alike(people):
            for (one, name), (other, theirs) in combinations(some, 2):
                if near_name(name, theirs):
                    _note(found, one, other, Alike.NAME)
    return found


def _written_alike(people: list[tuple[int, str]]) -> Iterable[list[tuple[int, str]]]:
    alike: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for one in people:
        alike.setdefault(words_of_name(one[1]), []).append(one)
    return (some for some in alike.values() if len(some) <= MOST_COWORKERS)


def _settle(session: Session, found: Likenesses, known: dict[tuple[int, int], Any], now: datetime) -> None:
    """Keeps what was found, and drops open pairs that do not look alike, however they were found before."""
    for pair, row in known.items():
        if row.state == Likeness.OPEN and pair not in found:
            why = _alike(session, *pair)
            if why:
                found[pair] = why
            else:
                drop_pairs(session, [row.id])
    _keep(session, found, known, now)


def _alike(session: Session, one: int, other: int) -> set[Alike]:
    """Why these two look like one person, compared with each other alone."""
    mine, theirs = (customer_of(session, who) for who in (one, other))
    values = {contact.value for contact in contacts_of(session, other)}
    why = {
        Alike(contact.kind.value)
        for contact in contacts_of(session, one)
        if contact.value in values and len(ids_by_contact(session, contact.value)) <= MOST_SHARING
    }
    if near_name(mine.name, theirs.name) and near_company(mine.company, theirs.company):
        why.add(Alike.NAME)
    return why


def _namesakes(session: Session, row: Any) -> list[Any]:
    words = telling_words(row.name, row.company)
    ids, _ = full_text.ids_by_name(session, words, NAMESAKES) if words else ([], 0)
    return [customer_of(session, one) for one in ids]


def _note(found: Likenesses, one: int, other: int, why: Alike) -> None:
    if one != other:
        found.setdefault((min(one, other), max(one, other)), set()).add(why)


def _keep(session: Session, found: Likenesses, known: dict[tuple[int, int], Any], now: datetime) -> None:
    ordered = {pair: [why.value for why in _ORDER if why in reasons] for pair, reasons in found.items()}
    add_pairs(session, {pair: why for pair, why in ordered.items() if pair not in known}, now)
    for pair, why in ordered.items():
        if pair in known and list(known[pair].reasons) != why:
            change_pair(session, known[pair].id, {"reasons": why})


def people_of(session: Session, ids: Iterable[int]) -> dict[int, Any]:
    """The ``PERSON`` columns of these customers, by id."""
    found = session.execute(select(*PERSON).select_from(with_company()).where(customers.c.id.in_(list(ids))))
    return {row.id: row for row in found}


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
