"""Contacts with a purpose, other than calls."""

from datetime import datetime

from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, instant, word
from care.words import Area, Purpose


class Touch(Row, table=True):
    """One contact. A held call counts as a ``listen`` touch by query and is never stored here a second time."""

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    caller: str
    purpose: Purpose = word(Purpose)
    area: Area | None = word(Area, nullable=True)
    words: str | None = None
    at: datetime = instant()


touches = METADATA.tables["touch"]
