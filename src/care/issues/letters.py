"""Where drafts meet the store. Nothing is sent and nothing changed: a person says it, and records that they did."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.db.settings import policy
from care.db.tables.call import calls
from care.db.tables.customer import companies, customers
from care.db.tables.issue import raisers
from care.issues.letter_words import Telling, what_to_say
from care.issues.queries import live_issue, notes_of, part_of
from care.issues.records import Draft, DraftFor, Drafts
from care.times.zones import local_date
from care.words import IssueState


def drafts(session: Session, issue_id: int, caller: str, now: datetime) -> Drafts:
    """What to say to each raiser who was not told. Raises NoSuchIssue."""
    issue_id = part_of(session, issue_id)
    row, settings = live_issue(session, issue_id), policy(session)
    today = local_date(now, settings.timezone)
    note = row.note
    if row.state is IssueState.OPEN:
        notes = notes_of(session, issue_id)
        note = notes[-1].words if notes else None
    made = []
    for one in still_to_tell(session, issue_id):
        said_on = local_date(one.raised_at, settings.timezone)
        telling = Telling(
            one.name, row.title, row.state, row.kind, one.words, said_on, one.heard_by, note, one.reopened
        )
        whom = DraftFor(one.customer_id, one.name, one.company, one.phone, one.email, one.dnc_reason is not None)
        since = local_date(one.informed_at or one.raised_at, settings.timezone)
        say = what_to_say(telling, caller, settings.company)
        made.append(Draft(whom, say, one.words, said_on, (today - since).days))
    return Drafts(issue_id, row.title, row.state, note, tuple(made))


def still_to_tell(session: Session, issue_id: int) -> Sequence[Any]:
    """The raisers of an issue who have not been told: how to reach them, their words, and who of us heard them."""
    beside = raisers.join(customers, customers.c.id == raisers.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    beside = beside.outerjoin(calls, calls.c.id == raisers.c.call_id)
    chosen = select(
        raisers, customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.email,
        customers.c.dnc_reason, calls.c.caller.label("heard_by"),
    )  # fmt: skip
    mine = (raisers.c.issue_id == issue_id) & raisers.c.told_at.is_(None)
    found = chosen.select_from(beside).where(mine)
    return session.execute(found.order_by(raisers.c.raised_at, raisers.c.id)).all()
