"""Every word of talks, issues and promises once more, one row a passage, for the search."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, instant, word
from care.words import NoteKind


class Note(Row, table=True):
    """A passage that can be searched for. Kept by triggers; ``row_id`` is the row of ``kind`` it repeats."""

    __table_args__ = (Index("note_of", "kind", "row_id", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    kind: NoteKind = word(NoteKind)
    row_id: int
    customer_id: int | None = Field(default=None, foreign_key="customer.id", index=True)
    call_id: int | None = Field(default=None, foreign_key="call.id", index=True)
    said_at: datetime = instant()
    private: bool = False
    words: str


notes = METADATA.tables["note"]
