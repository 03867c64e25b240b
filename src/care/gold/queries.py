"""Veins, and the passages gathered in them: what more than one use case reads."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypedDict, Unpack

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from care.db.fetch import fetch, fetch_one
from care.db.tables.customer import companies, customers
from care.db.tables.interview import Vein, gold, questions, veins
from care.db.tables.issue import Issue, issues
from care.gold.errors import NoSuchVein
from care.words import GoldKind, VeinState


class VeinRow(NamedTuple):
    """A vein with how many customers and passages it has, and the question about its promise."""

    id: int
    title: str
    kind: GoldKind
    state: VeinState
    opened_at: datetime
    settled_at: datetime | None
    issue_id: int | None
    promise: str | None
    customers: int
    said: int
    question: str | None
    retired_at: datetime | None


class VeinChange(TypedDict, total=False):
    """The columns of a vein that change once it is gathered."""

    title: str
    state: VeinState
    settled_at: datetime
    issue_id: int
    question_id: int
    promise: str | None


class VeinTitle(NamedTuple):
    """What a vein is known by."""

    id: int
    title: str


class PassageRow(NamedTuple):
    """A wish or a trigger beside who said it."""

    id: int
    kind: GoldKind
    words: str
    vein_id: int | None
    said_at: datetime
    call_id: int
    customer_id: int
    name: str
    company: str | None
    phone: str | None
    zone: str | None


def veins_of(session: Session, ids: Sequence[int] | None = None) -> list[VeinRow]:
    """These veins or all, with how many customers (each once) and passages each has and its question, by number."""
    people, said = func.count(gold.c.customer_id.distinct()), func.count()
    counted = select(gold.c.vein_id, people.label("customers"), said.label("said")).group_by(gold.c.vein_id)
    gathered = counted.where(gold.c.vein_id.is_not(None) if ids is None else gold.c.vein_id.in_(ids)).subquery()
    beside = veins.outerjoin(gathered, gathered.c.vein_id == veins.c.id)
    beside = beside.outerjoin(questions, questions.c.id == veins.c.question_id)
    chosen = select(
        veins.c.id, veins.c.title, veins.c.kind, veins.c.state, veins.c.opened_at, veins.c.settled_at,
        veins.c.issue_id, veins.c.promise, func.coalesce(gathered.c.customers, 0).label("customers"),
        func.coalesce(gathered.c.said, 0).label("said"), questions.c.key.label("question"), questions.c.retired_at,
    ).select_from(beside).order_by(veins.c.id)  # fmt: skip
    return fetch(session, VeinRow, chosen if ids is None else chosen.where(veins.c.id.in_(ids)))


def vein_row(session: Session, vein_id: int) -> Vein:
    """One vein as it is stored. Raises NoSuchVein."""
    vein = fetch_one(session, Vein, select(veins).where(veins.c.id == vein_id))
    if vein is None:
        raise NoSuchVein(f"g{vein_id}")
    return vein


def change_vein(session: Session, vein_id: int, **columns: Unpack[VeinChange]) -> None:
    """Writes these columns of one vein."""
    session.execute(update(veins).where(veins.c.id == vein_id).values(**columns))


def vein_titles(session: Session) -> list[VeinTitle]:
    """Number and title of every vein."""
    return fetch(session, VeinTitle, select(veins.c.id, veins.c.title).order_by(veins.c.id))


def passages(session: Session, ids: Sequence[int]) -> list[PassageRow]:
    """These passages beside who said them, the oldest first."""
    chosen = _select_passages().where(gold.c.id.in_(ids))
    return fetch(session, PassageRow, chosen.order_by(gold.c.said_at, gold.c.id))


def passages_in(session: Session, vein_id: int) -> list[PassageRow]:
    """What was gathered in a vein beside who said it, the oldest first."""
    chosen = _select_passages().where(gold.c.vein_id == vein_id)
    return fetch(session, PassageRow, chosen.order_by(gold.c.said_at, gold.c.id))


def loose_passages(session: Session, limit: int | None) -> list[PassageRow]:
    """What was not gathered yet beside who said it, the newest first."""
    chosen = _select_passages().where(gold.c.vein_id.is_(None))
    return fetch(session, PassageRow, chosen.order_by(gold.c.said_at.desc(), gold.c.id.desc()).limit(limit))


def count_loose(session: Session) -> int:
    """How many passages were not gathered yet."""
    loose = select(func.count()).select_from(gold).where(gold.c.vein_id.is_(None))
    return int(session.execute(loose).scalar_one())


def issues_become(session: Session, issue_ids: Iterable[int]) -> dict[int, Issue]:
    """For each of these issues what it is now: itself, or the one it was merged into."""
    now: dict[int, int] = {issue_id: issue_id for issue_id in issue_ids}
    known: dict[int, Issue] = {}
    wanted = set(now)
    while wanted:
        rows = fetch(session, Issue, select(issues).where(issues.c.id.in_(wanted)))
        known |= {row.id: row for row in rows}
        merged = {row.id: row.merged_into for row in rows if row.merged_into is not None}
        now = {issue_id: merged.get(here, here) for issue_id, here in now.items()}
        wanted = set(merged.values()) - set(known)
    return {issue_id: known[here] for issue_id, here in now.items() if here in known}


def _select_passages() -> Select[Any]:
    beside = gold.join(customers, customers.c.id == gold.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    return select(
        gold.c.id, gold.c.kind, gold.c.words, gold.c.vein_id, gold.c.said_at, gold.c.call_id, gold.c.customer_id,
        customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone,
    ).select_from(beside)  # fmt: skip
