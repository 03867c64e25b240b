"""Keeping a transcript with a talk, and quoting it where the notes name a time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from care.customers.find import person
from care.customers.queries import customer_of
from care.db.bulk import added
from care.db.fetch import fetch
from care.db.tables.transcript import Transcript, passages, transcripts
from care.errors import WrongUsage
from care.interviews.amend import amend, held_call, recorded
from care.interviews.queries import HeldTalk, held_with
from care.interviews.quotations import TranscriptFile, has_times
from care.interviews.records import Attached, Talk

RECENT = timedelta(days=7)
"""A transcript that comes by itself belongs to the last talk, if that was not longer ago."""


def recent_talk(session: Session, customer_id: int, now: datetime) -> int | None:
    """The id of the talk with a customer that a transcript would be of, or None."""
    talks = held_with(session, customer_id)
    return talks[0].id if talks and now - talks[0].held_at <= RECENT else None


def attach(session: Session, call_id: int, transcript: TranscriptFile, ours: Iterable[str], now: datetime) -> Attached:
    """Keeps a transcript with a talk, every word of it to be searched, and quotes it where the notes name a time.

    The same file a second time changes nothing. Raises NoSuchCall, NothingHeld, or WrongUsage for a file that belongs
    to another talk and for a time at which nobody spoke.
    """
    talk = held_call(session, call_id)
    us = frozenset(ours)
    speakers = dict.fromkeys(passage.speaker for passage in transcript.passages if passage.speaker)
    attached = Attached(
        call_id,
        person(customer_of(session, talk.customer_id)),
        transcript.file,
        len(transcript.passages),
        transcript.minutes,
        tuple(name for name in speakers if name in us),
        tuple(name for name in speakers if name not in us),
        sure=True,
    )
    for known in transcripts_with(session, transcript.digest):
        if known.call_id == call_id:
            return attached._replace(already=True)
        file, call = transcript.file, f"c{known.call_id}"
        raise WrongUsage(f"{file} is attached to {call} already. Is it the transcript of that talk?")
    _add(session, talk, transcript, us, now)
    notes = recorded(session, call_id)
    if not has_times(notes):
        return attached
    amend(session, call_id, notes, now)
    return attached._replace(quoted=True)


def attach_to_new(session: Session, talk: Talk, transcript: TranscriptFile, ours: Iterable[str], now: datetime) -> Talk:
    """Keeps a transcript with a talk that was just recorded, and returns that with what was quoted."""
    if attach(session, talk.call.id, transcript, ours, now).quoted:
        return talk._replace(answers=dict(recorded(session, talk.call.id).answers))
    return talk


def transcripts_with(session: Session, digest: str) -> list[Transcript]:
    """Where the file with this digest was attached, the first time first."""
    mine = select(transcripts).where(transcripts.c.digest == digest)
    return fetch(session, Transcript, mine.order_by(transcripts.c.id))


def _add(session: Session, talk: HeldTalk, transcript: TranscriptFile, ours: frozenset[str], now: datetime) -> None:
    values = {"call_id": talk.id, "customer_id": talk.customer_id, "file": transcript.file, "digest": transcript.digest}
    transcript_id = added(session, transcripts, values | {"attached_at": now})
    about = {"transcript_id": transcript_id, "customer_id": talk.customer_id}
    rows = [{**passage._asdict(), "ours": passage.speaker in ours, **about} for passage in transcript.passages]
    session.execute(insert(passages), rows)
