"""Every word of talks, issues and promises once more, one row a passage, for the search."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Index

from care.db.tables.columns import field, table
from care.words import NoteKind


class Note(NamedTuple):
    """A passage that can be searched for. Kept by triggers; ``row_id`` is the row of ``kind`` it repeats."""

    id: int
    kind: NoteKind
    row_id: int
    customer_id: int | None
    call_id: int | None
    said_at: datetime
    private: bool
    words: str


notes = table(
    "note",
    Note,
    Index("note_of", "kind", "row_id", unique=True),
    customer_id=field("customer.id", index=True),
    call_id=field("call.id", index=True),
    private=field(default=False),
)
