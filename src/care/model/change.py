"""What commands did."""

from datetime import datetime

from sqlmodel import Field

from care.model.base import METADATA, Row, instant


class Change(Row, table=True):
    """One thing a command did."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant()
    command: str
    caller: str | None = None
    undoes: int | None = Field(default=None, foreign_key="change.id")


changes = METADATA.tables["change"]
