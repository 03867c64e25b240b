"""Customers who may be one person: they are found and proposed, and a person decides."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import combinations

from sqlalchemy.orm import Session

from care.customers.duplicate_queries import (
    add_duplicates,
    all_duplicates,
    change_duplicate,
    companies_named,
    count_open_duplicates,
    drop_duplicates,
    duplicates_with,
    holders_of,
    open_duplicates,
    people_in_companies,
    people_of,
    shared_contacts,
    talks_of,
    touched,
)
from care.customers.queries import contacts_of, customer_of, ids_by_contact
from care.customers.records import CustomerRow, DuplicateList, PossibleDuplicate
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
from care.db.tables.duplicate import Duplicate
from care.errors import NotFound
from care.words import DuplicateReason, DuplicateState

Pair = tuple[int, int]
"""The ids of two customers, the lower first."""

Reasons = dict[Pair, set[DuplicateReason]]
"""Why two customers look like one person."""

_ORDER = (DuplicateReason.EMAIL, DuplicateReason.PHONE, DuplicateReason.NAME)

NAMESAKES = 50
"""So many who share the telling words of name and company are looked at."""

FEW = 500
"""Up to so many are looked at one by one, names and all, through indexes."""


class NoSuchDuplicate(NotFound):
    """These two were not proposed."""

    def __init__(self, name: str, other: str) -> None:
        super().__init__(f"{name} and {other} are no pair that looks alike. See care customers duplicates.")


def find_duplicates(session: Session, now: datetime) -> None:
    """Compares everybody with everybody: new pairs come in, open ones that no longer look alike go."""
    _settle(session, _compare_everybody(session), all_duplicates(session), now)


def find_duplicates_in_import(session: Session, batch_id: int, shared: Collection[str], now: datetime) -> int:
    """How many pairs stand open once those an import touched were compared with everybody.

    ``shared`` are the addresses and numbers its rows have in common with somebody. After a large import only they are
    looked at; names take the walk of ``find_duplicates``.
    """
    ids = touched(session, batch_id, FEW + 1)
    if len(ids) > FEW:
        _keep(session, _sharing(holders_of(session, shared, MOST_SHARING)), all_duplicates(session), now)
    else:
        for customer_id in ids:
            find_duplicates_of(session, customer_id, now)
    return count_open_duplicates(session)


def find_duplicates_of(session: Session, customer_id: int, now: datetime) -> None:
    """Compares one customer, new or changed, with everybody, through indexes alone."""
    customer = customer_of(session, customer_id)
    reasons: Reasons = {}
    for contact in contacts_of(session, customer_id):
        ids = ids_by_contact(session, contact.value)
        if 2 <= len(ids) <= MOST_SHARING:
            for other_id in ids:
                _note(reasons, customer_id, other_id, DuplicateReason(contact.kind.value))
    for other in _namesakes(session, customer):
        if other.merged_into is None and _near(customer, other):
            _note(reasons, customer_id, other.id, DuplicateReason.NAME)
    known = {(row.one_id, row.other_id): row for row in duplicates_with(session, customer_id)}
    _settle(session, reasons, known, now)


def list_duplicates(session: Session, limit: int | None) -> DuplicateList:
    """The pairs nobody has decided on, the likeliest first."""
    rows = open_duplicates(session, limit)
    ids = {customer_id for row in rows for customer_id in (row.one_id, row.other_id)}
    people, talks = people_of(session, ids), talks_of(session, ids)
    pairs = tuple(
        PossibleDuplicate(
            row.id,
            people[row.one_id],
            people[row.other_id],
            tuple(row.reasons),
            (talks.get(row.one_id, 0), talks.get(row.other_id, 0)),
        )
        for row in rows
    )
    return DuplicateList(pairs, count_open_duplicates(session))


def dismiss_duplicate(session: Session, customer_id: int, other_id: int) -> None:
    """Records that two who look alike are two people. Raises NoSuchDuplicate."""
    pair = min(customer_id, other_id), max(customer_id, other_id)
    row = next((row for row in duplicates_with(session, pair[0]) if (row.one_id, row.other_id) == pair), None)
    if row is None:
        raise NoSuchDuplicate(customer_of(session, customer_id).name, customer_of(session, other_id).name)
    change_duplicate(session, row.id, {"state": DuplicateState.APART})


def _sharing(holders: Iterable[tuple[str, list[int]]]) -> Reasons:
    """The pairs that have an address or a number in common."""
    reasons: Reasons = {}
    for kind, ids in holders:
        for customer_id, other_id in combinations(ids, 2):
            _note(reasons, customer_id, other_id, DuplicateReason(kind))
    return reasons


def _compare_everybody(session: Session) -> Reasons:
    """Every pair there is: who shares a contact, and who has a near-same name in a near-same company."""
    reasons = _sharing(shared_contacts(session, MOST_SHARING))
    by_name: dict[str, int] = {}
    first = {number: by_name.setdefault(core(name) or name, number) for number, name in companies_named(session)}
    coworkers: dict[int, list[tuple[int, str]]] = {}
    for customer_id, name, company_id in people_in_companies(session):
        coworkers.setdefault(first[company_id], []).append((customer_id, name))
    for people in coworkers.values():
        for some in [people] if len(people) <= MOST_COWORKERS else _of_same_words(people):
            for (customer_id, name), (other_id, other_name) in combinations(some, 2):
                if near_name(name, other_name):
                    _note(reasons, customer_id, other_id, DuplicateReason.NAME)
    return reasons


def _of_same_words(people: list[tuple[int, str]]) -> Iterable[list[tuple[int, str]]]:
    by_words: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for customer_id, name in people:
        by_words.setdefault(words_of_name(name), []).append((customer_id, name))
    return (some for some in by_words.values() if len(some) <= MOST_COWORKERS)


def _settle(session: Session, reasons: Reasons, known: Mapping[Pair, Duplicate], now: datetime) -> None:
    """Keeps what was found, and drops open pairs that do not look alike, however they were found before."""
    for pair, row in known.items():
        if row.state is DuplicateState.OPEN and pair not in reasons:
            still = _compare(session, *pair)
            if still:
                reasons[pair] = still
            else:
                drop_duplicates(session, [row.id])
    _keep(session, reasons, known, now)


def _compare(session: Session, customer_id: int, other_id: int) -> set[DuplicateReason]:
    """Why these two look like one person, compared with each other alone."""
    values = {contact.value for contact in contacts_of(session, other_id)}
    reasons = {
        DuplicateReason(contact.kind.value)
        for contact in contacts_of(session, customer_id)
        if contact.value in values and len(ids_by_contact(session, contact.value)) <= MOST_SHARING
    }
    if _near(customer_of(session, customer_id), customer_of(session, other_id)):
        reasons.add(DuplicateReason.NAME)
    return reasons


def _near(customer: CustomerRow, other: CustomerRow) -> bool:
    return near_name(customer.name, other.name) and near_company(customer.company, other.company)


def _namesakes(session: Session, customer: CustomerRow) -> list[CustomerRow]:
    words = telling_words(customer.name, customer.company)
    ids, _ = full_text.ids_by_name(session, words, NAMESAKES) if words else ([], 0)
    return [customer_of(session, customer_id) for customer_id in ids]


def _note(reasons: Reasons, customer_id: int, other_id: int, reason: DuplicateReason) -> None:
    if customer_id != other_id:
        reasons.setdefault((min(customer_id, other_id), max(customer_id, other_id)), set()).add(reason)


def _keep(session: Session, reasons: Reasons, known: Mapping[Pair, Duplicate], now: datetime) -> None:
    ordered = {pair: [reason.value for reason in _ORDER if reason in some] for pair, some in reasons.items()}
    add_duplicates(session, {pair: some for pair, some in ordered.items() if pair not in known}, now)
    for pair, some in ordered.items():
        if pair in known and known[pair].reasons != some:
            change_duplicate(session, known[pair].id, {"reasons": some})
