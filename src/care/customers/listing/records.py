"""A list of customers as the rest of care sees it."""

from dataclasses import dataclass
from datetime import date

from care.words import Standing, Status


@dataclass(frozen=True, slots=True)
class ListedCustomer:
    """One line of the list. ``silent_days`` is None for someone never heard."""

    id: int
    name: str
    company: str | None
    email: str | None
    phone: str | None
    segment: str | None
    status: Status
    last_heard_on: date | None
    silent_days: int | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class CustomerList:
    """A page of customers and how many there are in all."""

    customers: tuple[ListedCustomer, ...]
    total: int
