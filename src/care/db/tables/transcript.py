"""Whole talks, written down word for word."""

from datetime import datetime
from typing import NamedTuple

from care.db.tables.columns import field, table


class Transcript(NamedTuple):
    """The transcript of one call, and the file it came from."""

    id: int
    call_id: int
    customer_id: int
    file: str
    digest: str
    attached_at: datetime


transcripts = table(
    "transcript",
    Transcript,
    call_id=field("call.id", index=True),
    customer_id=field("customer.id", index=True),
)


class Passage(NamedTuple):
    """One passage of a transcript. ``ours`` says that one of us spoke; times are milliseconds from its beginning."""

    id: int
    transcript_id: int
    customer_id: int
    starts_ms: int
    ends_ms: int
    speaker: str | None
    ours: bool
    words: str


passages = table(
    "passage",
    Passage,
    transcript_id=field("transcript.id", index=True),
    customer_id=field("customer.id", index=True),
    ours=field(default=False),
)
