"""The columns of care's own export of customers: their headers, written and read back to the letter.

The headers are ones any customer file could have, so that other tools, and care itself once ``care uid`` is gone, know
them. A column of the customers' own that is headed like one of care's is written as ``kept: HEADER``.
"""

import re
from collections.abc import Sequence

from care.exchange.csv.fields import FIELDS, Field
from care.words import Usable

PHONES_USABLE = "phones usable"

NUMBER_IN = "external id in "

KEPT = "kept: "

_MANY = re.compile(r"(phone|email)(?: [1-9][0-9]*)?").fullmatch


def field_of_own(header: str) -> Field | None:
    """The field a column of care's own export holds, None for one that is only kept."""
    many = _MANY(header)
    return Field(many[1]) if many else FIELDS.get(header)


def numbered(kind: str, count: int) -> list[str]:
    """The headers of so many columns of a kind: ``phone``, ``phone 2`` and so on."""
    return [kind if place == 1 else f"{kind} {place}" for place in range(1, count + 1)]


def header_of_extra(column: str) -> str:
    """The header a column of the customers' own is written under."""
    return f"{KEPT}{column}" if column.startswith((KEPT, NUMBER_IN)) or _is_ours(column) else column


def extra_of_header(header: str) -> str | None:
    """The column of the customers' own that is written under a header; None for one of care's."""
    if header.startswith(KEPT):
        return header.removeprefix(KEPT)
    return None if header.startswith(NUMBER_IN) or _is_ours(header) else header


def system_of_header(header: str) -> str | None:
    """The system a column holds numbers of, None when it holds something else."""
    return header.removeprefix(NUMBER_IN) if header.startswith(NUMBER_IN) else None


def usable_words(phones: Sequence[Usable]) -> str:
    """What is known of each phone, in their order; empty where all are sound."""
    return "" if all(phone is Usable.YES for phone in phones) else " ".join(phones)


def usable_said(cell: str) -> list[Usable]:
    """What a cell says of each phone; a word that says nothing is ``yes``."""
    return [Usable(word) if word in set(Usable) else Usable.YES for word in cell.lower().split()]


def _is_ours(header: str) -> bool:
    return header == PHONES_USABLE or field_of_own(header) is not None
