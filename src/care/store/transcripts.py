"""Transcripts and their passages in the store."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from care.model.transcript import passages, transcripts
from care.store.rows import added


def transcripts_with(session: Session, digest: str) -> Sequence[Any]:
    """Where the file with this digest was attached, the first time first."""
    return session.execute(select(transcripts).where(transcripts.c.digest == digest).order_by(transcripts.c.id)).all()


def add_transcript(session: Session, values: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> int:
    """The id of the new transcript with these passages."""
    transcript_id = added(session, transcripts, values)
    about = {"transcript_id": transcript_id, "customer_id": values["customer_id"]}
    session.execute(insert(passages), [{**row, **about} for row in rows])
    return transcript_id


def passages_of(session: Session, call_id: int) -> Sequence[Any]:
    """Everything that was written down of a talk, in the order it was said, of every transcript of it."""
    joined = select(passages).join(transcripts, transcripts.c.id == passages.c.transcript_id)
    return session.execute(joined.where(transcripts.c.call_id == call_id).order_by(passages.c.id)).all()
