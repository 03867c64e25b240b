"""Where transcripts meet the store."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from care.customers.actions import person
from care.errors import WrongUsage
from care.interviews.amending.actions import amend, held_call, recorded
from care.interviews.attaching.records import Attached
from care.interviews.transcripts.drafts import TranscriptDraft
from care.interviews.transcripts.quoting import has_times
from care.store import customers as store_customers
from care.store import talks
from care.store import transcripts as store

RECENT = timedelta(days=7)
"""A transcript that comes by itself belongs to the last talk, if that was not longer ago."""


def recent_talk(session: Session, customer_id: int, now: datetime) -> int | None:
    """The id of the talk with a customer that a transcript would be of, or None."""
    found = talks.held_with(session, customer_id)
    return int(found[0].id) if found and now - found[0].held_at <= RECENT else None


def attach(session: Session, call_id: int, draft: TranscriptDraft, ours: Iterable[str], now: datetime) -> Attached:
    """Keeps a transcript with a talk, every word of it to be searched, and quotes it where the notes name a time.

    The same file a second time changes nothing. Raises NoSuchCall, NothingHeld, or WrongUsage for a file that belongs
    to another talk and for a time at which nobody spoke.
    """
    row = held_call(session, call_id)
    us = frozenset(ours)
    speakers = tuple(dict.fromkeys(one.speaker for one in draft.passages if one.speaker))
    facts = Attached(
        call_id,
        person(store_customers.customer_of(session, row.customer_id)),
        draft.file,
        len(draft.passages),
        draft.minutes,
        tuple(one for one in speakers if one in us),
        tuple(one for one in speakers if one not in us),
        sure=True,
        already=True,
    )
    for one in store.transcripts_with(session, draft.digest):
        if one.call_id == call_id:
            return facts
        raise WrongUsage(f"{draft.file} is attached to c{one.call_id} already. Is it the transcript of that talk?")
    values = {"call_id": call_id, "customer_id": row.customer_id, "file": draft.file, "digest": draft.digest}
    rows = [{**one._asdict(), "ours": one.speaker in us} for one in draft.passages]
    store.add_transcript(session, values | {"attached_at": now}, rows)
    notes = recorded(session, call_id)
    quotes = has_times(notes)
    if quotes:
        amend(session, call_id, notes, now)
    return Attached(
        facts.call, facts.customer, facts.file, facts.passages, facts.minutes, facts.ours, facts.theirs,
        sure=True, quoted=quotes,
    )  # fmt: skip
