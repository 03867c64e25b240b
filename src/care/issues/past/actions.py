"""Where the past of an issue meets the store: the journal knows every change of it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from care.issues.actions import issue, part_of
from care.issues.past.steps import row_changes, steps
from care.issues.records import IssueRecord, Step, WhereItStands
from care.store import issues as store
from care.store import tellings
from care.store.settings import policy
from care.times.zones import local_date, local_time


def issue_story(session: Session, issue_id: int, now: datetime) -> IssueRecord:
    """One issue with where it stands and all that happened with it; of one that was merged, the one it is part of.

    Raises NoSuchIssue.
    """
    issue_id = part_of(session, issue_id)
    zone = policy(session).timezone
    stands = tuple(
        WhereItStands(local_date(row.at, zone), row.caller, row.words) for row in store.notes_of(session, issue_id)
    )
    merged = tuple(tellings.merged_into(session, issue_id))
    record = issue(session, issue_id, now)
    return replace(record, merged=merged, where_it_stands=stands, history=history(session, issue_id))


def history(session: Session, issue_id: int) -> tuple[Step, ...]:
    """Every change of an issue with who made it and when, in the team's zone, oldest first."""
    merged = tellings.merged_into(session, issue_id)
    rows = tellings.history_of(session, issue_id, merged)
    now: dict[tuple[str, int], Mapping[str, Any]] = {}
    for one in (issue_id, *merged):
        now["issue", one] = store.issue_row(session, one)._mapping  # type: ignore[union-attr]
    raisers = store.raisers_with_words(session, issue_id)
    now |= {("raiser", row.id): row._mapping for row in raisers}
    now |= {("issue_note", row.id): row._mapping for row in store.notes_of(session, issue_id)}
    names = tellings.names_of(session, [row.customer_id for row in raisers])
    journaled = [SimpleNamespace(**row._mapping, image=json.loads(row.old) if row.old else None) for row in rows]
    zone = policy(session).timezone
    found = steps(row_changes(journaled, now), issue_id, names)
    return tuple(replace(one, at=local_time(one.at, zone)) for one in found)
