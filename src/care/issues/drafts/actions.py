"""Where drafts meet the store. Nothing is sent and nothing changed: a person says it, and records that they did."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.issues.actions import live_issue, part_of
from care.issues.drafts.records import Draft, DraftFor, Drafts
from care.issues.drafts.words import Telling, what_to_say
from care.store import issues as store
from care.store import tellings
from care.store.settings import policy
from care.times.zones import local_date
from care.words import IssueState


def drafts(session: Session, issue_id: int, caller: str, now: datetime) -> Drafts:
    """What to say to each raiser who was not told. Raises NoSuchIssue."""
    issue_id = part_of(session, issue_id)
    row, settings = live_issue(session, issue_id), policy(session)
    today = local_date(now, settings.timezone)
    note = row.note
    if row.state is IssueState.OPEN:
        notes = store.notes_of(session, issue_id)
        note = notes[-1].words if notes else None
    made = []
    for one in tellings.still_to_tell(session, issue_id):
        said_on = local_date(one.raised_at, settings.timezone)
        telling = Telling(
            one.name, row.title, row.state, row.kind, one.words, said_on, one.heard_by, note, one.reopened
        )
        whom = DraftFor(one.customer_id, one.name, one.company, one.phone, one.email, one.dnc_reason is not None)
        since = local_date(one.informed_at or one.raised_at, settings.timezone)
        say = what_to_say(telling, caller, settings.company)
        made.append(Draft(whom, say, one.words, said_on, (today - since).days))
    return Drafts(issue_id, row.title, row.state, note, tuple(made))
