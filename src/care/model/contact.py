"""How customers can be reached."""

from sqlalchemy import Index, column
from sqlmodel import Field

from care.model.base import METADATA, Row, partly, word
from care.words import ContactKind, Usable


class Contact(Row, table=True):
    """One phone number or e-mail address. ``folded`` is what is compared, ``original`` what was written."""

    __table_args__ = (Index("contact_added", "added_in", **partly(column("added_in").is_not(None))),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    kind: ContactKind = word(ContactKind)
    value: str = Field(index=True)
    original: str
    usable: Usable = word(Usable)
    rank: int
    added_in: int | None = Field(default=None, foreign_key="batch.id")


contacts = METADATA.tables["contact"]
