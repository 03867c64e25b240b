"""Where the search for duplicates meets the store."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlalchemy.orm import Session

from care.customers.actions import person
from care.customers.duplicates.likeness import (
    MOST_COWORKERS,
    MOST_SHARING,
    core,
    near_company,
    near_name,
    telling_words,
    words_of_name,
)
from care.customers.duplicates.records import Pair, Pairs
from care.errors import NotFound
from care.store import customers as store_customers
from care.store import duplicates as store
from care.store import search
from care.words import Alike, Likeness

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
    _settle(session, _everybody(session), store.known_pairs(session), now)


def look_at_batch(session: Session, batch_id: int, shared: Collection[str], now: datetime) -> int:
    """How many pairs stand open once those an import touched were compared with everybody.

    ``shared`` are the addresses and numbers its rows have in common with somebody. After a large import only they are
    looked at; names take the walk of ``look_again``.
    """
    whom = store.touched(session, batch_id)
    few = store.first_of(session, whom, FEW + 1)
    if len(few) > FEW:
        _keep(session, _sharing(store.holders_of(session, shared, MOST_SHARING)), store.known_pairs(session), now)
    else:
        for one in few:
            look_at(session, one, now)
    return store.count_open(session)


def look_at(session: Session, customer_id: int, now: datetime) -> None:
    """Compares one customer, new or changed, with everybody, through indexes alone."""
    row = store_customers.customer_of(session, customer_id)
    found: Likenesses = {}
    for contact in store_customers.contacts_of(session, customer_id):
        ids = store_customers.ids_by_contact(session, contact.value)
        if 2 <= len(ids) <= MOST_SHARING:
            for other in ids:
                _note(found, customer_id, other, Alike(contact.kind.value))
    for them in _namesakes(session, row):
        if them.merged_into is None and near_name(row.name, them.name) and near_company(row.company, them.company):
            _note(found, customer_id, them.id, Alike.NAME)
    known = {(one.one_id, one.other_id): one for one in store.pairs_with(session, customer_id)}
    _settle(session, found, known, now)


def list_pairs(session: Session, limit: int | None) -> Pairs:
    """The pairs nobody has decided on, the likeliest first."""
    rows = store.open_pairs(session, limit)
    ids = {one for row in rows for one in (row.one_id, row.other_id)}
    people, talks = store_customers.people(session, ids), store.talks_of(session, ids)
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
    return Pairs(pairs, store.count_open(session))


def keep_apart(session: Session, one_id: int, other_id: int) -> None:
    """Records that two who look alike are two people. Raises NoSuchPair."""
    pair = min(one_id, other_id), max(one_id, other_id)
    row = next((one for one in store.pairs_with(session, pair[0]) if (one.one_id, one.other_id) == pair), None)
    if row is None:
        names = (store_customers.customer_of(session, one).name for one in (one_id, other_id))
        raise NoSuchPair(*names)
    store.change_pair(session, row.id, {"state": Likeness.APART})


def _sharing(holders: Iterable[tuple[str, list[int]]]) -> Likenesses:
    """The pairs that have an address or a number in common."""
    found: Likenesses = {}
    for kind, ids in holders:
        for one, other in combinations(ids, 2):
            _note(found, one, other, Alike(kind))
    return found


def _everybody(session: Session) -> Likenesses:
    """Every pair there is: who shares a contact, and who has a near-same name in a near-same company."""
    found = _sharing(store.shared_contacts(session, MOST_SHARING))
    firms: dict[str, int] = {}
    first = {number: firms.setdefault(core(name) or name, number) for number, name in store.companies_named(session)}
    together: dict[int, list[tuple[int, str]]] = {}
    for one, name, company in store.people_in_companies(session):
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
                store.drop_pairs(session, [row.id])
    _keep(session, found, known, now)


def _alike(session: Session, one: int, other: int) -> set[Alike]:
    """Why these two look like one person, compared with each other alone."""
    mine, theirs = (store_customers.customer_of(session, who) for who in (one, other))
    values = {contact.value for contact in store_customers.contacts_of(session, other)}
    why = {
        Alike(contact.kind.value)
        for contact in store_customers.contacts_of(session, one)
        if contact.value in values and len(store_customers.ids_by_contact(session, contact.value)) <= MOST_SHARING
    }
    if near_name(mine.name, theirs.name) and near_company(mine.company, theirs.company):
        why.add(Alike.NAME)
    return why


def _namesakes(session: Session, row: Any) -> list[Any]:
    words = telling_words(row.name, row.company)
    ids, _ = search.ids_by_name(session, words, NAMESAKES) if words else ([], 0)
    return [store_customers.customer_of(session, one) for one in ids]


def _note(found: Likenesses, one: int, other: int, why: Alike) -> None:
    if one != other:
        found.setdefault((min(one, other), max(one, other)), set()).add(why)


def _keep(session: Session, found: Likenesses, known: dict[tuple[int, int], Any], now: datetime) -> None:
    ordered = {pair: [why.value for why in _ORDER if why in reasons] for pair, reasons in found.items()}
    store.add_pairs(session, {pair: why for pair, why in ordered.items() if pair not in known}, now)
    for pair, why in ordered.items():
        if pair in known and list(known[pair].reasons) != why:
            store.change_pair(session, known[pair].id, {"reasons": why})
