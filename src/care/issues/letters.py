"""Letters to those who raised an issue. Nothing is sent or changed: a person says it, and records that they did."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.db.fetch import fetch
from care.db.settings import policy
from care.db.tables.call import calls
from care.db.tables.customer import companies, customers
from care.db.tables.issue import Issue, raisers
from care.issues.find import live_issue, part_of
from care.issues.letter_words import LetterFacts, what_to_say
from care.issues.life import UNSETTLED
from care.issues.queries import notes_of
from care.issues.records import Addressee, Letter, Letters
from care.settings import Policy
from care.times.zones import local_date


class _Untold(NamedTuple):
    """A raiser who was not told: how to reach them, their words, and who of us heard them."""

    customer_id: int
    name: str
    company: str | None
    phone: str | None
    email: str | None
    dnc_reason: str | None
    words: str | None
    raised_at: datetime
    informed_at: datetime | None
    reopened: int
    heard_by: str | None


def write_letters(session: Session, issue_id: int, caller: str, now: datetime) -> Letters:
    """What to say to each raiser who was not told. Raises NoSuchIssue."""
    issue_id = part_of(session, issue_id)
    issue, settings = live_issue(session, issue_id), policy(session)
    today = local_date(now, settings.timezone)
    note = issue.note
    if issue.state in UNSETTLED:
        notes = notes_of(session, issue_id)
        note = notes[-1].words if notes else None
    letters = [_letter(issue, row, note, caller, settings, today) for row in _still_to_tell(session, issue_id)]
    return Letters(issue_id, issue.title, issue.state, note, tuple(letters))


def _letter(issue: Issue, row: _Untold, note: str | None, caller: str, settings: Policy, today: date) -> Letter:
    raised_on = local_date(row.raised_at, settings.timezone)
    facts = LetterFacts(
        row.name, issue.title, issue.state, issue.kind, row.words, raised_on, row.heard_by, note, row.reopened
    )
    addressee = Addressee(row.customer_id, row.name, row.company, row.phone, row.email, row.dnc_reason is not None)
    since = local_date(row.informed_at or row.raised_at, settings.timezone)
    paragraphs = what_to_say(facts, caller, settings.company)
    return Letter(addressee, paragraphs, row.words, raised_on, (today - since).days)


def _still_to_tell(session: Session, issue_id: int) -> list[_Untold]:
    beside = raisers.join(customers, customers.c.id == raisers.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    beside = beside.outerjoin(calls, calls.c.id == raisers.c.call_id)
    chosen = select(
        raisers.c.customer_id, customers.c.name, companies.c.name.label("company"), customers.c.phone,
        customers.c.email, customers.c.dnc_reason, raisers.c.words, raisers.c.raised_at, raisers.c.informed_at,
        raisers.c.reopened, calls.c.caller.label("heard_by"),
    ).select_from(beside)  # fmt: skip
    chosen = chosen.where(raisers.c.issue_id == issue_id, raisers.c.told_at.is_(None))
    return fetch(session, _Untold, chosen.order_by(raisers.c.raised_at, raisers.c.id))
