"""Whole talks, written down word for word."""

from datetime import datetime

from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, instant


class Transcript(Row, table=True):
    """The transcript of one call, and the file it came from."""

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    file: str
    digest: str
    attached_at: datetime = instant()


class Passage(Row, table=True):
    """One passage of a transcript. ``ours`` says that one of us spoke; times are milliseconds from its beginning."""

    id: int | None = Field(default=None, primary_key=True)
    transcript_id: int = Field(foreign_key="transcript.id", index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    starts_ms: int
    ends_ms: int
    speaker: str | None = None
    ours: bool = False
    words: str


transcripts = METADATA.tables["transcript"]


passages = METADATA.tables["passage"]
