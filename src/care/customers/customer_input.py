"""What a file, an address book or a person says of a customer.

Named tuples, because a million of them pass through one import.
"""

from datetime import date
from typing import Any, NamedTuple

from care.customers.records import CustomerRow
from care.words import ContactKind, Status, Usable


class ContactInput(NamedTuple):
    """One way to reach a customer.

    ``value`` is E.164 for a phone that could be read, digits with a leading plus kept for an unchecked one, and the
    lower-case address for an e-mail. ``original`` is what was written.
    """

    kind: ContactKind
    value: str
    original: str
    usable: Usable = Usable.YES


class CustomerInput(NamedTuple):
    """One customer as a file or a person gave them. What is None was not said, and changes nothing on an update.

    ``line`` is the line of the file the record begins on, 1 for the first; 0 when typed. ``contacts`` are in order of
    preference. ``birth_year`` may be missing while day and month are known. ``country`` is ISO 3166-1 alpha-2, ``zone``
    an IANA name. ``owner`` is who of us looks after the account, ``hours`` when they like to be called (as
    ``times/hours.py`` reads it), ``spend`` what they spent, in the unit of the file. ``extra`` holds every column care
    has no field for, by its header. ``numbers`` are ids in other systems than the file's own, as (system, id).
    """

    line: int
    name: str
    company: str | None = None
    contacts: tuple[ContactInput, ...] = ()
    external_id: str | None = None
    status: Status | None = None
    segment: str | None = None
    country: str | None = None
    zone: str | None = None
    birth_day: int | None = None
    birth_month: int | None = None
    birth_year: int | None = None
    owner: str | None = None
    hours: str | None = None
    spend: float | None = None
    joined_on: date | None = None
    extra: dict[str, str] = {}  # noqa: RUF012 (a NamedTuple's default is shared and never written to)
    numbers: tuple[tuple[str, str], ...] = ()


COPIED_AT = slice(CustomerInput._fields.index("segment"), CustomerInput._fields.index("joined_on"))

COPIED = CustomerInput._fields[COPIED_AT]
"""The fields that are stored as they are, in columns of the same names: from the segment to the spend.

A field added among them is imported, compared, updated and merged as the others are.
"""


def copied_fields(row: CustomerRow, record: type[Any]) -> dict[str, Any]:
    """Those of the ``COPIED`` fields that a record of another kind has as well, from a stored row."""
    return {name: getattr(row, name) for name in COPIED if name in record._fields}


class Rejection(NamedTuple):
    """A record that could not be taken, with its line and a reason a person can act on."""

    line: int
    reason: str
