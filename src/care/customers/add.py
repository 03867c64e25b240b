"""Where customers meet the store: finding one, adding, changing, and keeping standing and position right."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.customers import queries
from care.customers.customer_input import ContactDraft, CustomerDraft
from care.customers.eligibility import StandingFacts, pointer_in, standing_of
from care.customers.find import person
from care.customers.identity import identity, uid_of
from care.customers.order import joining, stratum_of
from care.customers.order_queries import base
from care.customers.queries import (
    change_customer,
    company_id,
    customer_of,
    customer_row,
    ids_by_contact,
    replace_contacts,
)
from care.customers.records import Person
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, policy
from care.db.tables.customer import customers
from care.errors import WrongUsage
from care.text import fold
from care.times.zones import local_date
from care.words import ContactKind, LedgerKind, Status, Usable


def new_uid(session: Session, key: bytes, who: str) -> str:
    """A uid for this identity that nobody carries yet."""
    running = 1
    while uid_taken(session, uid := uid_of(key, who, running)):
        running += 1
    return uid


def add_customer(session: Session, draft: CustomerDraft, now: datetime) -> Person:
    """The customer just added. Raises WrongUsage when someone already has that e-mail address or number and name."""
    for contact in draft.contacts:
        for one in ids_by_contact(session, contact.value):
            row = customer_row(session, one)
            if row and fold(row.name) == fold(draft.name):
                raise WrongUsage(
                    f"{row.name} with {contact.original} is customer {one} already. Change them with edit."
                )
    settings, key = policy(session), draw_key(session)
    uid = new_uid(session, key, identity(draft))
    stratum = stratum_of(draft.segment, settings.strata)
    place = joining(key, uid, pointer_in(session, stratum), base(session))
    status = draft.status or Status.ACTIVE
    phones = tuple(one.usable for one in draft.contacts if one.kind is ContactKind.PHONE)
    standing = standing_of(StandingFacts(status, phones), settings.statuses, local_date(now, settings.timezone))
    values = {
        **customer_values(draft),
        "company_id": company_id(session, draft.company),
        "uid": uid,
        "stratum": stratum,
        "status": status,
        "standing": standing,
        "cycle": place.cycle,
        "place": place.place,
        "planned": 0,
        "gives": 0,
        "takes": 0,
        "added_at": now,
    }
    customer_id = queries.add_customer(session, values)
    write_contacts(session, customer_id, draft.contacts)
    joined: dict[str, Any] = {"count": 1, "cycle": place.cycle, "standings": {standing.value: 1}}
    if stratum:
        joined["stratum"] = stratum
    append_to_ledger(session, [LedgerRow(LedgerKind.JOINED, joined, customer_id, uid)], now)
    return person(customer_of(session, customer_id))


def customer_values(draft: CustomerDraft) -> dict[str, Any]:
    """The columns a draft fills directly; what it does not say is left out."""
    said = {
        "segment": draft.segment,
        "country": draft.country,
        "zone": draft.zone,
        "birth_day": draft.birth_day,
        "birth_month": draft.birth_month,
        "birth_year": draft.birth_year,
        "owner": draft.owner,
        "hours": draft.hours,
        "spend": draft.spend,
        "joined_on": draft.joined_on,
        "extra": draft.extra or None,
    }
    named = {"name": draft.name, "folded": fold(f"{draft.name} {draft.company or ''}")}
    return named | {column: value for column, value in said.items() if value is not None}


def preferred(contacts: Iterable[ContactDraft], kind: ContactKind) -> str | None:
    """The first contact of that kind that can be used, or the first, as it is dialled or written to."""
    return best([contact for contact in contacts if contact.kind is kind])


def best(mine: Sequence[ContactDraft]) -> str | None:
    """The first of the contacts of one kind that can be used, or the first, as it is dialled or written to."""
    for contact in mine:
        if contact.usable is not Usable.NO:
            return dialled(contact)
    return dialled(mine[0]) if mine else None


def dialled(contact: Any) -> str:
    """A contact as one uses it: a number that could not be checked is used as it was written."""
    return str(contact.original if contact.usable is Usable.UNCHECKED else contact.value)


def write_contacts(session: Session, customer_id: int, contacts: Sequence[ContactDraft]) -> None:
    """Makes these the customer's contacts, kind by kind, and repeats the preferred ones on the customer."""
    for kind in ContactKind:
        mine = [contact for contact in contacts if contact.kind is kind]
        if mine:
            rows = [{"value": one.value, "original": one.original, "usable": one.usable} for one in mine]
            replace_contacts(session, customer_id, kind, rows)
            change_customer(session, customer_id, {kind.value: preferred(mine, kind)})


def uid_taken(session: Session, uid: str) -> bool:
    """Whether someone carries this uid."""
    return session.execute(select(customers.c.id).where(customers.c.uid == uid)).first() is not None
