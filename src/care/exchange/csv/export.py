"""Customers written to a CSV file that care reads back to the letter, and any spreadsheet can open."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from care.customers.phones import is_possible
from care.customers.records import ContactRecord
from care.exchange.csv.accounts import amount_written
from care.exchange.csv.care_columns import NUMBER_IN, PHONES_USABLE, header_of_extra, numbered, usable_words
from care.exchange.csv.fields import FIELDS, UID
from care.person.export import ExportedCustomer, ExportShape
from care.text import with_apostrophe
from care.words import ContactKind, Usable

_PIECE = 500  # rows to a piece of text

_LAST_FIELDS = {header: field for header, field in FIELDS.items() if header not in (UID, "name", "company")}
"""The columns that stand behind the contacts; each field is one of an ``ExportedCustomer`` as well."""


def csv_pieces(shape: ExportShape, customers: Iterable[ExportedCustomer], *, raw: bool = False) -> Iterator[str]:
    """The file in pieces, its header first. ``raw`` leaves cells as they are that a spreadsheet would calculate."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    safe = (lambda cells: cells) if raw else _safe
    writer.writerow(safe(_header(shape)))
    for number, customer in enumerate(customers, 1):
        writer.writerow(safe(_cells(shape, customer)))
        if number % _PIECE == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _safe(cells: list[str]) -> list[str]:
    return [with_apostrophe(cell) if cell else cell for cell in cells]


def _header(shape: ExportShape) -> list[str]:
    return [
        UID,
        "name",
        "company",
        *numbered("phone", shape.phones),
        PHONES_USABLE,
        *numbered("email", shape.emails),
        *_LAST_FIELDS,
        *(f"{NUMBER_IN}{system}" for system in shape.systems),
        *(header_of_extra(column) for column in shape.columns),
    ]


def _cells(shape: ExportShape, customer: ExportedCustomer) -> list[str]:
    phones = [contact for contact in customer.contacts if contact.kind is ContactKind.PHONE]
    emails = [contact for contact in customer.contacts if contact.kind is ContactKind.EMAIL]
    extra = customer.extra
    return [
        customer.uid,
        customer.name,
        customer.company or "",
        *_filled([_phone(phone) for phone in phones], shape.phones),
        usable_words([phone.usable for phone in phones]),
        *_filled([_email(email) for email in emails], shape.emails),
        *(_cell(getattr(customer, field)) for field in _LAST_FIELDS.values()),
        # Whoever has several numbers in one system has each on a line of its own.
        *("\n".join(number for where, number in customer.numbers if where == system) for system in shape.systems),
        *(extra.get(column, "") for column in shape.columns),
    ]


def _cell(value: str | date | float | None) -> str:
    if isinstance(value, float):
        return amount_written(value)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _filled(cells: list[str], count: int) -> list[str]:
    return cells + [""] * (count - len(cells))


def _phone(phone: ContactRecord) -> str:
    """The number with its calling code where it has one, else as it was written: from that it is read again."""
    if phone.usable is Usable.YES or (phone.value.startswith("+") and is_possible(phone.value)):
        return phone.value
    return phone.original


def _email(email: ContactRecord) -> str:
    return email.original if email.original.lower() == email.value else email.value
