"""Changing what is known of one customer, and all that is known of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from care.customers.birthdays import iso_birthday
from care.customers.contacts import preferred
from care.customers.customer_input import ContactInput, copied_fields
from care.customers.duplicates import find_duplicates_of
from care.customers.eligibility import refresh_eligibility
from care.customers.queries import change_customer, company_id, contacts_of, customer_of, everyone_in, replace_contacts
from care.customers.records import ContactRecord, CustomerCard, CustomerRow
from care.db.settings import policy
from care.db.tables.customer import Contact
from care.errors import WrongUsage
from care.text import fold
from care.times.zones import local_date
from care.words import ContactKind, Eligibility, Status, Usable


class Edit(NamedTuple):
    """What is to change; None leaves it, an empty text takes it away where that is possible."""

    name: str | None = None
    company: str | None = None
    phones: tuple[ContactInput, ...] | None = None
    emails: tuple[ContactInput, ...] | None = None
    segment: str | None = None
    status: Status | None = None
    country: str | None = None
    zone: str | None = None
    birthday: tuple[int | None, int | None, int | None] | None = None
    joined_on: date | None = None
    remember: str | None = None
    hours: str | None = None
    owner: str | None = None


def edit_customer(session: Session, customer_id: int, edit: Edit, now: datetime) -> None:
    """Changes what is said, leaves the rest, and looks for duplicates anew.

    Whose zone is not known gets that of their new country or number. Raises WrongUsage when nothing is said.
    """
    if edit == Edit():
        raise WrongUsage("nothing to change was said. care customers edit --help shows what can be.")
    row = customer_of(session, customer_id)
    new: dict[str, Any] = {}
    for column in ("segment", "country", "zone", "remember", "hours", "owner"):
        said = getattr(edit, column)
        if said is not None:
            new[column] = said or None
    if edit.name is not None:
        new["name"] = edit.name
    if edit.company is not None:
        new["company_id"] = company_id(session, edit.company)
    if edit.name is not None or edit.company is not None:
        company = row.company if edit.company is None else edit.company
        new["folded"] = fold(f"{edit.name or row.name} {company or ''}")
    if edit.status is not None:
        new |= {"status": edit.status, "left_reason": row.left_reason if edit.status is Status.FORMER else None}
    if edit.joined_on is not None:
        new["joined_on"] = edit.joined_on
    if edit.birthday is not None:
        new |= dict(zip(("birth_day", "birth_month", "birth_year"), edit.birthday, strict=True))
    for kind, contacts in ((ContactKind.PHONE, edit.phones), (ContactKind.EMAIL, edit.emails)):
        if contacts is not None:
            replace_contacts(session, customer_id, kind, contacts)
            new[kind.value] = preferred(contacts, kind)
    if row.zone is None and edit.zone is None and (edit.country or edit.phones):
        new["zone"] = _zone(new.get("country", row.country), contacts_of(session, customer_id))
    if new:
        change_customer(session, customer_id, new)
    refresh_eligibility(session, [customer_id], policy(session), now, by_hand=True)
    find_duplicates_of(session, customer_id, now)


def _zone(country: str | None, contacts: Sequence[Contact]) -> str | None:
    from care.customers.zones import zone_of  # brings the phone library

    sound = (one.value for one in contacts if one.kind is ContactKind.PHONE and one.usable is Usable.YES)
    return zone_of(country, next(sound, None))


def card(session: Session, customer_id: int, now: datetime) -> CustomerCard:
    """All that is known of one customer; the timeline is the caller's to add."""
    zone = policy(session).timezone
    today = local_date(now, zone)
    row = customer_of(session, customer_id)
    heard_on = local_date(row.last_heard_at, zone) if row.last_heard_at else None
    contacts = contacts_of(session, customer_id)
    return CustomerCard(
        id=row.id,
        name=row.name,
        company=row.company,
        status=row.status,
        standing=row.standing,
        reason=_reason(row),
        contacts=tuple(
            ContactRecord(contact.kind, contact.value, contact.original, contact.usable) for contact in contacts
        ),
        birthday=iso_birthday(row.birth_day, row.birth_month, row.birth_year),
        joined_on=row.joined_on,
        paused_until=row.paused_until,
        free_on=row.free_on if row.free_on and row.free_on > today else None,
        last_heard_on=heard_on,
        silent_days=None if heard_on is None else (today - heard_on).days,
        stance=row.stance,
        remember=row.remember,
        prefers=row.hours,
        added_on=local_date(row.added_at, zone),
        extra=dict(row.extra or {}),
        also=tuple(customer_of(session, one).name for one in everyone_in(session, customer_id)[1:]),
        **copied_fields(row, CustomerCard),
    )


def _reason(row: CustomerRow) -> str | None:
    reasons = {
        Eligibility.DO_NOT_CALL: row.dnc_reason,
        Eligibility.PAUSED: row.pause_reason,
        Eligibility.FORMER: row.left_reason,
    }
    return reasons.get(row.standing)
