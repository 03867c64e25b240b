"""What is about a customer: moved to another when two are merged, erased when one is forgotten."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from care.db.erase import erase_images, erase_sealed, tables_about_customers
from care.db.fetch import fetch
from care.db.tables.call import attempts, calls
from care.db.tables.customer import companies, contacts, customers
from care.db.tables.draw import strata_before
from care.db.tables.duplicate import duplicates
from care.db.tables.imports import source_ids
from care.db.tables.interview import answers, gold, veins
from care.db.tables.issue import issue_notes, issues, raisers
from care.db.tables.owed import owings, promises
from care.db.tables.touch import touches
from care.db.tables.transcript import passages, transcripts
from care.words import VeinState

WORDS: tuple[Table, ...] = (
    answers, gold, raisers, promises, touches, passages, transcripts, owings, contacts, source_ids,
)  # fmt: skip
"""What was said by a customer or to them, and how to reach them."""

EVENTS: tuple[Table, ...] = (attempts, calls)
"""That there was a call: it counts in the team's practice, whoever it was with."""


class RaisedAlone(NamedTuple):
    """An issue that nobody else raised."""

    id: int
    title: str


class GatheredAlone(NamedTuple):
    """A vein in which nobody else is, with the promise it became, if it became one."""

    id: int
    title: str
    promise: str | None


def raised_alone(session: Session, ids: Sequence[int]) -> list[RaisedAlone]:
    """Issues that these customers raised and nobody else."""
    others = exists().where(raisers.c.issue_id == issues.c.id, raisers.c.customer_id.not_in(ids))
    mine = select(raisers.c.issue_id).where(raisers.c.customer_id.in_(ids))
    found = select(issues.c.id, issues.c.title).where(issues.c.id.in_(mine), ~others)
    return fetch(session, RaisedAlone, found.order_by(issues.c.id))


def gathered_alone(session: Session, ids: Sequence[int]) -> list[GatheredAlone]:
    """Veins in which these customers are and nobody else."""
    others = exists().where(gold.c.vein_id == veins.c.id, gold.c.customer_id.not_in(ids))
    mine = select(gold.c.vein_id).where(gold.c.customer_id.in_(ids))
    found = select(veins.c.id, veins.c.title, veins.c.promise).where(veins.c.id.in_(mine), ~others)
    return fetch(session, GatheredAlone, found.order_by(veins.c.id))


def erase(session: Session, ids: Sequence[int], nobody_id: int) -> None:
    """Erases customers: what was said, how to reach them, the issues nobody else raised, and every image of it.

    So go the veins nobody else is in, but for a promise of ours to all customers, which from now on is known by our own
    words. A vein whose issue goes is open again.

    Their calls stay, without a word, as calls with ``nobody_id``. The sealed rows lose uid, salt and place.
    """
    alone = _with_those_merged(session, [row.id for row in raised_alone(session, ids)])
    emptied = gathered_alone(session, ids)
    pairs = or_(duplicates.c.one_id.in_(ids), duplicates.c.other_id.in_(ids))
    gone = {
        duplicates.name: _ids(session, duplicates, pairs),
        issues.name: alone,
        issue_notes.name: _ids(session, issue_notes, issue_notes.c.issue_id.in_(alone)),
        veins.name: [row.id for row in emptied],
    }
    session.execute(delete(duplicates).where(pairs))
    for table in tables_about_customers():
        if table not in EVENTS:
            session.execute(delete(table).where(table.c.customer_id.in_(ids)))
    _erase_veins(session, emptied, alone)
    _erase_issues(session, alone)
    _leave_calls(session, ids, nobody_id)
    gone[companies.name] = _erase_customers(session, ids)
    erase_sealed(session, ids)
    erase_images(session, ids, gone)


def _with_those_merged(session: Session, issue_ids: list[int]) -> list[int]:
    """These issues and all that were merged into them, however many steps ago."""
    for issue_id in issue_ids:
        issue_ids += _ids(session, issues, (issues.c.merged_into == issue_id) & issues.c.id.not_in(issue_ids))
    return issue_ids


def _ids(session: Session, table: Table, which: ColumnElement[bool]) -> list[int]:
    return list(session.execute(select(table.c.id).where(which)).scalars())


def _erase_veins(session: Session, emptied: Sequence[GatheredAlone], issue_ids: Sequence[int]) -> None:
    of_issues = update(veins).where(veins.c.issue_id.in_(issue_ids))
    session.execute(of_issues.values(issue_id=None, state=VeinState.OPEN, settled_at=None))
    for row in emptied:
        if row.promise is None:
            session.execute(delete(veins).where(veins.c.id == row.id))
        else:
            session.execute(update(veins).where(veins.c.id == row.id).values(title=row.promise))


def _erase_issues(session: Session, issue_ids: Sequence[int]) -> None:
    session.execute(update(issues).where(issues.c.id.in_(issue_ids)).values(merged_into=None))
    session.execute(delete(issue_notes).where(issue_notes.c.issue_id.in_(issue_ids)))
    session.execute(delete(issues).where(issues.c.id.in_(issue_ids)))


def _leave_calls(session: Session, ids: Sequence[int], nobody_id: int) -> None:
    """Makes the calls of these customers calls with nobody, without a word."""
    held = update(calls).where(calls.c.customer_id.in_(ids)).values(customer_id=nobody_id)
    session.execute(held.values(skip_reason=None, stance=None, ics_uid=None, etag=None, published=None, zone=None))
    session.execute(update(attempts).where(attempts.c.customer_id.in_(ids)).values(customer_id=nobody_id))


def _erase_customers(session: Session, ids: Sequence[int]) -> list[int]:
    """Erases these customers and the companies nobody else belongs to; returns the ids of those companies."""
    of_customers = select(customers.c.company_id).where(customers.c.id.in_(ids), customers.c.company_id.is_not(None))
    theirs = list(session.execute(of_customers).scalars())
    session.execute(update(customers).where(customers.c.id.in_(ids)).values(merged_into=None))
    session.execute(delete(customers).where(customers.c.id.in_(ids)))
    left = exists().where(customers.c.company_id == companies.c.id)
    empty = _ids(session, companies, companies.c.id.in_(theirs) & ~left)
    session.execute(delete(companies).where(companies.c.id.in_(empty)))
    session.execute(delete(strata_before).where(strata_before.c.customer_id.in_(ids)))
    return empty
