"""Customers as a file of them holds them. Named tuples, because a million of them pass through one export."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from care.customers.records import ContactRecord
from care.words import Standing, Status


class ExportedCustomer(NamedTuple):
    """One customer. ``contacts`` are in order of preference, ``numbers`` are (system, number there).

    ``birthday`` is ISO 8601: ``1980-11-26``, or ``--11-26`` where the year is not known.
    """

    id: int
    uid: str
    name: str
    company: str | None
    contacts: tuple[ContactRecord, ...]
    numbers: tuple[tuple[str, str], ...]
    segment: str | None
    status: Status
    standing: Standing
    country: str | None
    zone: str | None
    birthday: str | None
    joined_on: date | None
    owner: str | None
    hours: str | None
    spend: float | None
    extra: Mapping[str, str]


class ExportShape(NamedTuple):
    """What the customers of an export have at most: so many phones and e-mails, these systems, these other columns."""

    phones: int
    emails: int
    systems: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """Which file an export went to, how it is written, and how many customers are in it."""

    file: str
    format: str
    customers: int
