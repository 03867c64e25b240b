"""Veins and passages as they are shown: the list of all, and one with everything that was said."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from care.customers.records import Person
from care.db.settings import policy
from care.gold.errors import NoSuchVein
from care.gold.queries import (
    PassageRow,
    VeinRow,
    count_loose,
    issues_become,
    loose_passages,
    passages_in,
    veins_of,
)
from care.gold.records import GoldList, GoldPassage, VeinIssue, VeinRecord, WholeVein, ref_of
from care.times.zones import local_date
from care.words import VeinState


def gold(session: Session, now: datetime, limit: int | None = None) -> GoldList:
    """The veins and what is not gathered yet, at most so many of those."""
    loose = passage_records(session, loose_passages(session, limit))
    return GoldList(list_veins(session, now), tuple(loose), count_loose(session))


def list_veins(session: Session, now: datetime) -> tuple[VeinRecord, ...]:
    """Every vein, the one with the most customers first, those that were dropped last."""
    return _records(session, veins_of(session), now)


def vein(session: Session, vein_id: int, now: datetime) -> WholeVein:
    """One vein with all that was said. Raises NoSuchVein."""
    rows = veins_of(session, [vein_id])
    if not rows:
        raise NoSuchVein(f"g{vein_id}")
    record = _records(session, rows, now)[0]
    said = tuple(passage_records(session, passages_in(session, vein_id)))
    return WholeVein(*record, passages=said)


def passage_records(session: Session, rows: Iterable[PassageRow]) -> list[GoldPassage]:
    """Passages from their rows beside the customer."""
    zone = policy(session).timezone
    return [
        GoldPassage(
            id=row.id,
            ref=ref_of(row.kind, row.id),
            kind=row.kind,
            words=row.words,
            said_on=local_date(row.said_at, zone),
            customer=Person(row.customer_id, row.name, row.company, row.phone, row.zone),
            call=row.call_id,
        )
        for row in rows
    ]


def _records(session: Session, rows: Sequence[VeinRow], now: datetime) -> tuple[VeinRecord, ...]:
    zone = policy(session).timezone
    became = issues_become(session, [row.issue_id for row in rows if row.issue_id is not None])
    records = []
    for row in rows:
        issue = None if row.issue_id is None else became.get(row.issue_id)
        records.append(
            VeinRecord(
                id=row.id,
                ref=f"g{row.id}",
                title=row.title,
                kind=row.kind,
                state=row.state,
                customers=row.customers,
                said=row.said,
                opened_on=local_date(row.opened_at, zone),
                age_days=(local_date(now, zone) - local_date(row.opened_at, zone)).days,
                settled_on=local_date(row.settled_at, zone) if row.settled_at else None,
                issue=VeinIssue(issue.id, issue.title, issue.state) if issue is not None else None,
                promise=row.promise,
                question=row.question,
                asked=row.state is VeinState.PROMISE and row.question is not None and row.retired_at is None,
            )
        )
    return tuple(sorted(records, key=lambda one: (one.state is VeinState.DROPPED, -one.customers, one.id)))
