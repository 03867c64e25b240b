"""A customer as far as one has to know them to name and to dial them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Enough of a customer to name and to dial them. ``zone`` is an IANA name."""

    id: int
    name: str
    company: str | None = None
    phone: str | None = None
    zone: str | None = None
