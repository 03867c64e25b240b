"""Adding one customer."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.customers.contacts import write_contacts
from care.customers.customer_input import COPIED, CustomerInput
from care.customers.duplicates import find_duplicates_of
from care.customers.edit import Edit
from care.customers.eligibility import EligibilityFacts, eligibility_of
from care.customers.find import find_customer, person
from care.customers.forgotten import welcome_back
from care.customers.identity import identity, uid_of
from care.customers.order import joining, stratum_of
from care.customers.order_queries import base, pointer
from care.customers.queries import company_id, customer_of, customer_row, ids_by_contact, insert_customer
from care.customers.records import Person
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, policy
from care.db.tables.customer import customers
from care.errors import NotFound, WrongUsage
from care.text import fold
from care.times.zones import local_date
from care.words import ContactKind, LedgerKind, Status, Usable


class AddedByHand(NamedTuple):
    """The customer just added; ``was_forgotten`` says that imports may bring them again from now on."""

    person: Person
    was_forgotten: bool


def add_by_hand(session: Session, typed: Edit, now: datetime) -> AddedByHand:
    """Adds a customer from what was typed, and looks for duplicates of them.

    A country that is not said is that of the first number, else the team's; a zone is the one of country or number.
    Raises WrongUsage when someone already has that e-mail address or number and name.
    """
    from care.customers.phones import country_of
    from care.customers.zones import zone_of

    phones, emails = typed.phones or (), typed.emails or ()
    number = phones[0].value if phones and phones[0].usable is Usable.YES else None
    country = typed.country or (number and country_of(number)) or policy(session).country
    day, month, year = typed.birthday or (None, None, None)
    customer = CustomerInput(
        0,
        typed.name or "",
        company=typed.company or None,
        contacts=(*phones, *emails),
        segment=typed.segment or None,
        status=typed.status,
        country=country,
        zone=typed.zone or zone_of(country, number),
        birth_day=day,
        birth_month=month,
        birth_year=year,
        joined_on=typed.joined_on,
    )
    return _add_by_hand(session, customer, now)


def add_newcomer(session: Session, name: str, now: datetime) -> int:
    """The id of a customer just added, of whom only the name is known: they live in the team's country."""
    from care.customers.zones import zone_of

    country = policy(session).country
    customer = CustomerInput(0, name, country=country, zone=zone_of(country, None))
    return _add_by_hand(session, customer, now).person.id


def check_is_new(session: Session, name: str) -> None:
    """Raises WrongUsage when a customer of that name is there already."""
    try:
        known = find_customer(session, name)
    except NotFound:
        return
    if fold(known.name) == fold(name):
        raise WrongUsage(f"{known.name} is customer {known.id} already. Leave --new out, or say more of the name.")


def _add_by_hand(session: Session, customer: CustomerInput, now: datetime) -> AddedByHand:
    added = add_customer(session, customer, now)
    was_forgotten = welcome_back(session, customer)
    find_duplicates_of(session, added.id, now)
    return AddedByHand(added, was_forgotten)


def add_customer(session: Session, customer: CustomerInput, now: datetime) -> Person:
    """The customer just added. Raises WrongUsage when someone already has that e-mail address or number and name."""
    _check_is_nobody_yet(session, customer)
    settings, key = policy(session), draw_key(session)
    uid = new_uid(session, key, identity(customer))
    stratum = stratum_of(customer.segment, settings.strata)
    position = joining(key, uid, pointer(session, stratum), base(session))
    status = customer.status or Status.ACTIVE
    phones = tuple(contact.usable for contact in customer.contacts if contact.kind is ContactKind.PHONE)
    standing = eligibility_of(EligibilityFacts(status, phones), settings.statuses, local_date(now, settings.timezone))
    values = {
        **customer_values(customer),
        "company_id": company_id(session, customer.company),
        "uid": uid,
        "stratum": stratum,
        "status": status,
        "standing": standing,
        "cycle": position.cycle,
        "place": position.place,
        "planned": 0,
        "gives": 0,
        "takes": 0,
        "added_at": now,
    }
    customer_id = insert_customer(session, values)
    write_contacts(session, customer_id, customer.contacts)
    facts: dict[str, Any] = {"count": 1, "cycle": position.cycle, "standings": {standing.value: 1}}
    if stratum:
        facts["stratum"] = stratum
    append_to_ledger(session, [LedgerRow(LedgerKind.JOINED, facts, customer_id, uid)], now)
    return person(customer_of(session, customer_id))


def _check_is_nobody_yet(session: Session, customer: CustomerInput) -> None:
    for contact in customer.contacts:
        for customer_id in ids_by_contact(session, contact.value):
            row = customer_row(session, customer_id)
            if row and fold(row.name) == fold(customer.name):
                raise WrongUsage(
                    f"{row.name} with {contact.original} is customer {customer_id} already. Change them with edit."
                )


def customer_values(customer: CustomerInput) -> dict[str, Any]:
    """The columns that are filled directly; what is not said is left out."""
    values: dict[str, Any] = {name: getattr(customer, name) for name in (*COPIED, "joined_on")}
    values["extra"] = customer.extra or None
    names = {"name": customer.name, "folded": fold(f"{customer.name} {customer.company or ''}")}
    return names | {column: value for column, value in values.items() if value is not None}


def new_uid(session: Session, key: bytes, who: str) -> str:
    """A uid for this identity that nobody carries yet."""
    running = 1
    while uid_taken(session, uid := uid_of(key, who, running)):
        running += 1
    return uid


def uid_taken(session: Session, uid: str) -> bool:
    """Whether someone carries this uid."""
    return session.execute(select(customers.c.id).where(customers.c.uid == uid)).first() is not None
