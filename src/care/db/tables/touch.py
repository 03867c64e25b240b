"""Contacts with a purpose, other than calls."""

from datetime import datetime
from typing import NamedTuple

from care.db.tables.columns import field, table
from care.words import Area, Purpose


class Touch(NamedTuple):
    """One contact. A held call counts as a ``listen`` touch by query and is never stored here a second time."""

    id: int
    customer_id: int
    caller: str
    purpose: Purpose
    area: Area | None
    words: str | None
    at: datetime


touches = table(
    "touch",
    Touch,
    customer_id=field("customer.id", index=True),
)
