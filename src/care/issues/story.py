"""Where the past of an issue meets the store: the journal knows every change of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.db.settings import policy
from care.db.tables.issue import issue_notes, issues, raisers
from care.db.tables.journal import changes, journal
from care.issues.find import part_of
from care.issues.listing import issue
from care.issues.queries import issue_row, notes_of, raisers_with_words
from care.issues.records import IssueRecord, Step, WhereItStands
from care.issues.steps import row_changes, steps
from care.issues.telling import NOUN, names_of
from care.times.zones import local_date, local_time


def issue_story(session: Session, issue_id: int, now: datetime) -> IssueRecord:
    """One issue with where it stands and all that happened with it; of one that was merged, the one it is part of.

    Raises NoSuchIssue.
    """
    issue_id = part_of(session, issue_id)
    zone = policy(session).timezone
    stands = tuple(
        WhereItStands(local_date(row.at, zone), row.caller, row.words) for row in notes_of(session, issue_id)
    )
    merged = tuple(merged_into(session, issue_id))
    record = issue(session, issue_id, now)
    return replace(record, merged=merged, where_it_stands=stands, history=history(session, issue_id))


def history(session: Session, issue_id: int) -> tuple[Step, ...]:
    """Every change of an issue with who made it and when, in the team's zone, oldest first."""
    merged = merged_into(session, issue_id)
    rows = history_of(session, issue_id, merged)
    now: dict[tuple[str, int], Mapping[str, Any]] = {}
    for one in (issue_id, *merged):
        now["issue", one] = issue_row(session, one)._asdict()  # type: ignore[union-attr]
    raisers = raisers_with_words(session, issue_id)
    now |= {("raiser", row.id): row._asdict() for row in raisers}
    now |= {("issue_note", row.id): row._asdict() for row in notes_of(session, issue_id)}
    names = names_of(session, [row.customer_id for row in raisers])
    journaled = [SimpleNamespace(**row._mapping, image=json.loads(row.old) if row.old else None) for row in rows]
    zone = policy(session).timezone
    found = steps(row_changes(journaled, now), issue_id, names)
    return tuple(replace(one, at=local_time(one.at, zone)) for one in found)


def history_of(session: Session, issue_id: int, merged: Sequence[int]) -> Sequence[Any]:
    """Every row image of an issue, its raisers and its notes, and of the issues merged into it, oldest first.

    Each is beside the change it belongs to.
    """
    of_raisers = select(raisers.c.id).where(raisers.c.issue_id == issue_id)
    of_notes = select(issue_notes.c.id).where(issue_notes.c.issue_id == issue_id)
    mine: list[Any] = []
    for noun, ids in (
        ("issue", [issue_id, *merged]),
        ("raiser", session.execute(of_raisers).scalars().all()),
        ("issue_note", session.execute(of_notes).scalars().all()),
    ):
        chosen = select(journal, changes.c.at, changes.c.command, changes.c.caller, changes.c.undoes)
        beside = chosen.join(changes, changes.c.id == journal.c.change_id)
        rows = [str(one) for one in ids]
        mine += session.execute(beside.where(journal.c.noun == noun, journal.c.row_id.in_(rows))).all()
    return sorted(mine, key=lambda row: row.id)


def merged_into(session: Session, issue_id: int) -> list[int]:
    """The issues that were merged into this one, in the order of their numbers.

    They were changed together, so the journal knows where to look; there is no other way to them but past all issues.
    """
    rows = journal.alias("rows")
    together = select(rows.c.change_id).where(rows.c.noun == "issue", rows.c.row_id == str(issue_id))
    touched = select(journal.c.row_id).where(NOUN == "issue", journal.c.change_id.in_(together)).distinct()
    ids = [int(one) for one in session.execute(touched).scalars()]
    mine = issues.c.id.in_(ids) & (issues.c.merged_into == issue_id)
    return list(session.execute(select(issues.c.id).where(mine).order_by(issues.c.id)).scalars())
