"""Gathering a report: each section into its record, and every view shows the same ones."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from care.calls.queries import last_draw
from care.db.settings import policy
from care.reports.anonymise import with_initials
from care.reports.records import Asking, Report
from care.reports.section import BY_NAME


def gather(session: Session, asking: Asking, now: datetime) -> Report:
    """The report that was asked for."""
    sections: dict[str, Any] = {}
    totals: dict[str, Any] = {}
    for name in (*asking.sections, *asking.in_a_line):
        gathered = BY_NAME[name].gather(session, asking, now)
        sections[name] = with_initials(gathered.record) if asking.initials else gathered.record
        totals |= gathered.totals
    last = last_draw(session)
    return Report(
        company=policy(session).company,
        since=asking.period.since,
        until=asking.period.until,
        seal=last.seal if last else None,
        sections=sections,
        in_a_line=asking.in_a_line,
        totals=totals,
        everything=asking.everything,
    )
