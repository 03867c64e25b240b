"""What we owe customers beside what we told them and what they raised."""

from datetime import date, datetime

from sqlalchemy import Index, column
from sqlmodel import Field

from care.model.base import METADATA, Row, instant, partly, word
from care.words import OwingKind, OwingState


class Owing(Row, table=True):
    """Another thing owed to a customer, such as a small touch some time after a talk."""

    __table_args__ = (
        Index("owing_open", "due_on", **partly(column("state") == "open")),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    call_id: int | None = Field(default=None, foreign_key="call.id", index=True)
    kind: OwingKind = word(OwingKind)
    due_on: date
    state: OwingState = word(OwingState)
    settled_at: datetime | None = instant(nullable=True)
    reason: str | None = None


owings = METADATA.tables["owing"]
