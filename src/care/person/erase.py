"""Everything that is about one customer: moved to another when two are merged, erased when one is forgotten."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from care.db.erase import erase_images, erase_sealed, tables_about_customers
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


def raised_alone(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """Issues that nobody else raised."""
    others = exists().where(raisers.c.issue_id == issues.c.id, raisers.c.customer_id.not_in(ids))
    mine = select(raisers.c.issue_id).where(raisers.c.customer_id.in_(ids))
    found = select(issues.c.id, issues.c.title).where(issues.c.id.in_(mine), ~others)
    return session.execute(found.order_by(issues.c.id)).all()


def gathered_alone(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """Veins in which nobody else is."""
    others = exists().where(gold.c.vein_id == veins.c.id, gold.c.customer_id.not_in(ids))
    mine = select(gold.c.vein_id).where(gold.c.customer_id.in_(ids))
    found = select(veins.c.id, veins.c.title, veins.c.promise).where(veins.c.id.in_(mine), ~others)
    return session.execute(found.order_by(veins.c.id)).all()


def erase(session: Session, ids: Sequence[int], nobody_id: int) -> None:
    """Erases customers: what was said, how to reach them, the issues nobody else raised, and every image of it.

    So go the veins nobody else is in, but for a promise of ours to all customers, which from now on is known by our own
    words. A vein whose issue goes is open again.

    Their calls stay, without a word, as calls with ``nobody_id``. The sealed rows lose uid, salt and place.
    """
    alone = _with_those_merged(session, [row.id for row in raised_alone(session, ids)])
    emptied = gathered_alone(session, ids)
    ours = [row for row in emptied if row.promise is not None]
    pairs = or_(duplicates.c.one_id.in_(ids), duplicates.c.other_id.in_(ids))
    firms = list(session.execute(select(customers.c.company_id).where(customers.c.id.in_(ids))).scalars())
    gone = {
        duplicates.name: session.execute(select(duplicates.c.id).where(pairs)).scalars().all(),
        issues.name: alone,
        issue_notes.name: session.execute(select(issue_notes.c.id).where(issue_notes.c.issue_id.in_(alone)))
        .scalars()
        .all(),
        companies.name: [one for one in firms if one is not None],
        veins.name: [row.id for row in emptied],
    }
    session.execute(delete(duplicates).where(pairs))
    for table in tables_about_customers():
        if table not in EVENTS:
            session.execute(delete(table).where(table.c.customer_id.in_(ids)))
    session.execute(update(issues).where(issues.c.id.in_(alone)).values(merged_into=None))
    session.execute(delete(issue_notes).where(issue_notes.c.issue_id.in_(alone)))
    open_again = {"issue_id": None, "state": VeinState.OPEN, "settled_at": None}
    session.execute(update(veins).where(veins.c.issue_id.in_(alone)).values(**open_again))
    for row in ours:
        session.execute(update(veins).where(veins.c.id == row.id).values(title=row.promise))
    session.execute(delete(veins).where(veins.c.id.in_(gone[veins.name]), veins.c.promise.is_(None)))
    session.execute(delete(issues).where(issues.c.id.in_(alone)))
    wordless = {"skip_reason": None, "stance": None, "ics_uid": None, "etag": None, "published": None, "zone": None}
    session.execute(update(calls).where(calls.c.customer_id.in_(ids)).values(customer_id=nobody_id, **wordless))
    session.execute(update(attempts).where(attempts.c.customer_id.in_(ids)).values(customer_id=nobody_id))
    session.execute(update(customers).where(customers.c.id.in_(ids)).values(merged_into=None))
    session.execute(delete(customers).where(customers.c.id.in_(ids)))
    left = exists().where(customers.c.company_id == companies.c.id)
    session.execute(delete(companies).where(companies.c.id.in_(gone[companies.name]), ~left))
    kept = set(session.execute(select(companies.c.id).where(companies.c.id.in_(gone[companies.name]))).scalars())
    gone[companies.name] = [one for one in gone[companies.name] if one not in kept]
    session.execute(delete(strata_before).where(strata_before.c.customer_id.in_(ids)))
    erase_sealed(session, ids)
    erase_images(session, ids, gone)


def _with_those_merged(session: Session, issue_ids: list[int]) -> list[int]:
    """These issues and all that were merged into them, however many steps ago."""
    for one in issue_ids:
        into = (issues.c.merged_into == one) & issues.c.id.not_in(issue_ids)
        issue_ids += session.execute(select(issues.c.id).where(into)).scalars()
    return issue_ids
