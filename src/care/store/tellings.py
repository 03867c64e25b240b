"""What is told of issues: whom and in which words, what was told in a time, and two issues made one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from care.model.call import calls
from care.model.change import changes
from care.model.customer import companies, customers
from care.model.interview import veins
from care.model.issue import issue_notes, issues, raisers
from care.model.journal import journal
from care.store.issues import SETTLED

IMPORT = "customers import"

_NOUN = journal.c.noun.concat("")
"""The noun where the change is what is looked for: by its index SQLite would walk every row of that noun there was."""


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


def told_between(session: Session, since: datetime, until: datetime) -> Sequence[Any]:
    """Raisers who were told from ``since`` until before ``until``, beside their issue, in the order they were told.

    They are found by what was done since, not among all that was ever told: no telling is recorded before it happens.
    """
    before = select(changes.c.id).where(changes.c.at < since).order_by(changes.c.id.desc()).limit(1)
    last = session.execute(before).scalar_one_or_none() or 0
    done = journal.join(changes, changes.c.id == journal.c.change_id)
    later = (changes.c.id > last) & (changes.c.command != IMPORT)
    touched = select(journal.c.row_id).select_from(done).where(later, _NOUN == "raiser").distinct()
    ids = [int(one) for one in session.execute(touched).scalars()]
    beside = raisers.join(issues, issues.c.id == raisers.c.issue_id)
    chosen = select(
        raisers, issues.c.title, issues.c.kind, issues.c.state, issues.c.settled_at, issues.c.note,
        issues.c.told_at.label("ended_at"),
    )  # fmt: skip
    within = (raisers.c.told_at >= since) & (raisers.c.told_at < until)
    found: list[Any] = []
    for first in range(0, len(ids), 500):
        some = raisers.c.id.in_(ids[first : first + 500])
        found += session.execute(chosen.select_from(beside).where(some, within)).all()
    return sorted(found, key=lambda row: (row.told_at, row.id))


def images_of(session: Session, issue_ids: Sequence[int]) -> dict[int, list[str]]:
    """How these issues looked before each of their changes, the latest first, as the journal keeps it."""
    rows = [str(one) for one in issue_ids]
    mine = (journal.c.noun == "issue") & journal.c.row_id.in_(rows) & journal.c.old.is_not(None)
    found: dict[int, list[str]] = {}
    for row in session.execute(select(journal.c.row_id, journal.c.old).where(mine).order_by(journal.c.id.desc())):
        found.setdefault(int(row.row_id), []).append(row.old)
    return found


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
    touched = select(journal.c.row_id).where(_NOUN == "issue", journal.c.change_id.in_(together)).distinct()
    ids = [int(one) for one in session.execute(touched).scalars()]
    mine = issues.c.id.in_(ids) & (issues.c.merged_into == issue_id)
    return list(session.execute(select(issues.c.id).where(mine).order_by(issues.c.id)).scalars())


def names_of(session: Session, customer_ids: Sequence[int]) -> dict[int, str]:
    """The names of these customers, by id; whoever was forgotten is not among them."""
    chosen = select(customers.c.id, customers.c.name).where(customers.c.id.in_(customer_ids))
    return {row.id: row.name for row in session.execute(chosen)}


def count_still_to_tell(session: Session, most: int) -> int:
    """How many raisers of settled issues were not told; counted as far as ``most`` issues and no further."""
    few = select(issues.c.waiting).where(SETTLED).order_by(issues.c.settled_at).limit(most).subquery()
    return int(session.execute(select(func.coalesce(func.sum(few.c.waiting), 0))).scalar_one())


def raisers_of(session: Session, issue_ids: Sequence[int]) -> dict[int, list[Any]]:
    """For each of these issues everyone who raised it: name and company."""
    beside = raisers.join(customers, customers.c.id == raisers.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    chosen = select(raisers.c.issue_id, customers.c.name, companies.c.name.label("company")).select_from(beside)
    found: dict[int, list[Any]] = {}
    for row in session.execute(chosen.where(raisers.c.issue_id.in_(issue_ids))):
        found.setdefault(row.issue_id, []).append(row)
    return found


def move_what_hangs_on(session: Session, from_id: int, to_id: int) -> None:
    """Makes the notes of one issue, and the veins it came from, another's."""
    session.execute(update(issue_notes).where(issue_notes.c.issue_id == from_id).values(issue_id=to_id))
    session.execute(update(veins).where(veins.c.issue_id == from_id).values(issue_id=to_id))
