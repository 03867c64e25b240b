"""Finding the one customer a person names: by number, e-mail address, phone number or part of the name."""

from typing import Protocol

from sqlalchemy.orm import Session

from care.customers.errors import NoSuchCustomer, WhichCustomer
from care.customers.queries import customer_of, customer_row, ids_by_contact, standings
from care.customers.records import CustomerRow, Person
from care.db import full_text
from care.db.settings import policy
from care.errors import WrongUsage
from care.text import fold
from care.words import Eligibility

CANDIDATES = 9
"""How many are named when a name fits more than one: one key each."""


class PersonColumns(Protocol):
    """A row that holds at least the ``PERSON`` columns."""

    @property
    def id(self) -> int:
        """The number of the customer."""
        ...

    @property
    def name(self) -> str:
        """Their whole name."""
        ...

    @property
    def company(self) -> str | None:
        """The name of the company they belong to."""
        ...

    @property
    def phone(self) -> str | None:
        """The number that is dialled first."""
        ...

    @property
    def zone(self) -> str | None:
        """The IANA name of their zone."""
        ...


def person(row: PersonColumns) -> Person:
    """The person in a row."""
    return Person(row.id, row.name, row.company, row.phone, row.zone)


def is_known(session: Session, customer_id: int) -> bool:
    """Whether a customer of that id is in the store, and not merged into another."""
    row = customer_row(session, customer_id)
    return row is not None and row.merged_into is None


def has_customers(session: Session) -> bool:
    """Whether there is anybody at all."""
    return any(n for standing, n in standings(session).items() if standing is not Eligibility.MERGED)


def person_with(session: Session, customer_id: int) -> Person:
    """The customer of that id, who is there."""
    return person(customer_of(session, customer_id))


def present(session: Session, customer_id: int) -> Person | None:
    """The customer of that id as who they are now, after any merge; None where that is nobody."""
    row, _ = _as_they_are_now(session, customer_id)
    return None if row is None else person(row)


def find_customer(session: Session, said: str) -> Person:
    """The one customer an id, e-mail address, phone number or part of a name means.

    An exact name goes before a part of one, then who has a call planned. Raises NoSuchCustomer or WhichCustomer, and
    WrongUsage when nothing is named.
    """
    if not said.strip():
        raise WrongUsage("WHO is empty. Name a customer by number, e-mail address, phone number or part of the name.")
    ids, total = _ids_said(session, said.strip())
    rows: list[CustomerRow] = []
    named: set[int] = set()
    for one in ids:
        row, was_called = _as_they_are_now(session, one)
        if row is not None:
            rows += [] if any(known.id == row.id for known in rows) else [row]
            named |= {row.id} if fold(said) in was_called else set()
    if len(rows) > 1:
        rows = [row for row in rows if row.id in named] or rows
        planned = [row for row in rows if row.planned]
        rows = planned if len(planned) == 1 else rows
    if not rows:
        raise NoSuchCustomer(said)
    if len(rows) > 1:
        raise WhichCustomer(said, [person(row) for row in rows[:CANDIDATES]], total - min(len(rows), CANDIDATES))
    return person(rows[0])


def _as_they_are_now(session: Session, customer_id: int) -> tuple[CustomerRow | None, set[str]]:
    """The row of a customer, or of the one they were merged into, None where that is nobody; and each name, folded."""
    row, names = customer_row(session, customer_id), set()
    while row is not None:
        names.add(fold(row.name))
        if row.merged_into is None:
            break
        row = None if row.merged_into == row.id else customer_row(session, row.merged_into)
    return row, names


def _ids_said(session: Session, said: str) -> tuple[list[int], int]:
    if said.isascii() and said.isdigit() and len(said) < 10 and customer_row(session, int(said)):
        return [int(said)], 1
    if "@" in said:
        ids = ids_by_contact(session, said.lower())
        if ids:
            return ids, len(ids)
    if sum(letter.isdigit() for letter in said) >= 5:
        ids = _ids_by_phone(session, said)
        if ids:
            return ids, len(ids)
    return full_text.ids_by_name(session, said, 50)


def _ids_by_phone(session: Session, said: str) -> list[int]:
    from care.customers.phones import read_phones

    read = read_phones(said, policy(session).country)
    return sorted({one for contact in read or () for one in ids_by_contact(session, contact.value)})
