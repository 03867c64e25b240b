"""Where gold meets the store: finding veins and passages, and reading them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.customers.records import Person
from care.db.settings import policy
from care.db.tables import interview
from care.db.tables.issue import issues
from care.gold.errors import NoSuchPassage, NoSuchVein, WhichVein
from care.gold.queries import count_loose, passages, passages_in, select_passages, vein_titles, veins_of
from care.gold.records import GoldList, GoldPassage, VeinIssue, VeinRecord, WholeVein
from care.text import fold
from care.times.zones import local_date
from care.words import GoldKind, VeinState

_REF = re.compile(r"([wt])?([0-9]{1,15})")


_NUMBER = re.compile(r"g?([0-9]{1,15})")


_LETTER = {GoldKind.WISH: "w", GoldKind.TRIGGER: "t"}


def ref_of(kind: GoldKind, passage_id: int) -> str:
    """What one types for a passage: ``w3`` for a wish, ``t4`` for a trigger."""
    return f"{_LETTER[kind]}{passage_id}"


def find_vein(session: Session, said: str) -> int:
    """The id of the vein that ``g2``, ``2`` or part of its title means. Raises NoSuchVein or WhichVein."""
    number = _NUMBER.fullmatch(said.strip().lower())
    if number:
        if not veins_of(session, [int(number[1])]):
            raise NoSuchVein(said)
        return int(number[1])
    hits = [row for row in vein_titles(session) if fold(said) in fold(row.title)] if fold(said) else []
    if not hits:
        raise NoSuchVein(said)
    if len(hits) > 1:
        raise WhichVein(said, [f"g{row.id} {row.title}" for row in hits[:9]])
    return int(hits[0].id)


def find_passages(session: Session, said: Sequence[str]) -> list[Any]:
    """The rows of the passages that ``w3``, ``t4`` or ``3`` mean, in the order said, each once.

    Raises NoSuchPassage.
    """
    numbers: dict[int, str] = {}
    for one in said:
        found = _REF.fullmatch(one.strip().lower())
        if found is None:
            raise NoSuchPassage(one)
        numbers.setdefault(int(found[2]), one)
    rows = {row.id: row for row in passages(session, list(numbers))}
    for number, one in numbers.items():
        letter = one.strip().lower()[:1]
        if number not in rows or (letter in "wt" and letter != _LETTER[rows[number].kind]):
            raise NoSuchPassage(one)
    return [rows[number] for number in numbers]


def list_veins(session: Session, now: datetime) -> tuple[VeinRecord, ...]:
    """Every vein, the one with the most customers first, those that were dropped last."""
    return _records(session, veins_of(session), now)


def gold(session: Session, now: datetime, limit: int | None = None) -> GoldList:
    """The veins and what is not gathered yet, at most so many of those."""
    loose = passage_records(session, loose_passages(session, limit))
    return GoldList(list_veins(session, now), tuple(loose), count_loose(session))


def vein(session: Session, vein_id: int, now: datetime) -> WholeVein:
    """One vein with all that was said. Raises NoSuchVein."""
    rows = veins_of(session, [vein_id])
    if not rows:
        raise NoSuchVein(f"g{vein_id}")
    one = _records(session, rows, now)[0]
    said = tuple(passage_records(session, passages_in(session, vein_id)))
    return WholeVein(**{name: getattr(one, name) for name in one.__dataclass_fields__}, passages=said)


def passage_records(session: Session, rows: Iterable[Any]) -> list[GoldPassage]:
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


def _records(session: Session, rows: Sequence[Any], now: datetime) -> tuple[VeinRecord, ...]:
    zone = policy(session).timezone
    today: date = local_date(now, zone)
    became = issues_become(session, [row.issue_id for row in rows if row.issue_id is not None])
    made = []
    for row in rows:
        issue, opened = became.get(row.issue_id), local_date(row.opened_at, zone)
        standing = row.state is VeinState.PROMISE
        made.append(
            VeinRecord(
                id=row.id,
                ref=f"g{row.id}",
                title=row.title,
                kind=row.kind,
                state=row.state,
                customers=row.customers,
                said=row.said,
                opened_on=opened,
                age_days=(today - opened).days,
                settled_on=local_date(row.settled_at, zone) if row.settled_at else None,
                issue=VeinIssue(issue.id, issue.title, issue.state) if issue is not None else None,
                promise=row.promise,
                question=row.question,
                asked=standing and row.question is not None and row.retired_at is None,
            )
        )
    return tuple(sorted(made, key=lambda one: (one.state is VeinState.DROPPED, -one.customers, one.id)))


def issues_become(session: Session, issue_ids: Iterable[int]) -> dict[int, Any]:
    """For each of these issues the row of what it is now: itself, or the one it was merged into."""
    now: dict[int, int] = {one: one for one in issue_ids}
    found: dict[int, Any] = {}
    wanted = set(now)
    while wanted:
        rows = session.execute(select(issues).where(issues.c.id.in_(wanted))).all()
        found |= {row.id: row for row in rows}
        merged = {row.id: row.merged_into for row in rows if row.merged_into is not None}
        now = {one: merged.get(here, here) for one, here in now.items()}
        wanted = set(merged.values()) - set(found)
    return {one: found[here] for one, here in now.items() if here in found}


def loose_passages(session: Session, limit: int | None) -> Sequence[Any]:
    """What was not gathered yet beside who said it, the newest first."""
    loose = select_passages().where(interview.gold.c.vein_id.is_(None))
    return session.execute(
        loose.order_by(interview.gold.c.said_at.desc(), interview.gold.c.id.desc()).limit(limit)
    ).all()
