"""Veins, and the passages gathered in them, in the store."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from care.model.base import inline
from care.model.customer import companies, customers
from care.model.interview import gold, questions, veins, wordings
from care.model.issue import issues
from care.store.rows import added
from care.words import VeinState


def veins_of(session: Session, ids: Sequence[int] | None = None) -> Sequence[Any]:
    """These veins or all, with how many customers (each once) and passages each has and its question, by number."""
    people, said = func.count(gold.c.customer_id.distinct()), func.count()
    counted = select(gold.c.vein_id, people.label("customers"), said.label("said")).group_by(gold.c.vein_id)
    gathered = gold.c.vein_id.is_not(None) if ids is None else gold.c.vein_id.in_(ids)
    there = counted.where(gathered).subquery()
    beside = veins.outerjoin(there, there.c.vein_id == veins.c.id)
    beside = beside.outerjoin(questions, questions.c.id == veins.c.question_id)
    columns = (
        func.coalesce(there.c.customers, 0).label("customers"),
        func.coalesce(there.c.said, 0).label("said"),
        questions.c.key.label("question"),
        questions.c.retired_at,
    )
    chosen = select(veins, *columns).select_from(beside).order_by(veins.c.id)
    return session.execute(chosen if ids is None else chosen.where(veins.c.id.in_(ids))).all()


def vein_titles(session: Session) -> Sequence[Any]:
    """Number and title of every vein."""
    return session.execute(select(veins.c.id, veins.c.title).order_by(veins.c.id)).all()


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


def _passages() -> Select[Any]:
    beside = gold.join(customers, customers.c.id == gold.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    columns = (customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone)
    return select(gold, *columns).select_from(beside)


def passages(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """These passages beside who said them, the oldest first."""
    return session.execute(_passages().where(gold.c.id.in_(ids)).order_by(gold.c.said_at, gold.c.id)).all()


def passages_in(session: Session, vein_id: int) -> Sequence[Any]:
    """What was gathered in a vein beside who said it, the oldest first."""
    return session.execute(_passages().where(gold.c.vein_id == vein_id).order_by(gold.c.said_at, gold.c.id)).all()


def loose_passages(session: Session, limit: int | None) -> Sequence[Any]:
    """What was not gathered yet beside who said it, the newest first."""
    loose = _passages().where(gold.c.vein_id.is_(None))
    return session.execute(loose.order_by(gold.c.said_at.desc(), gold.c.id.desc()).limit(limit)).all()


def count_loose(session: Session) -> int:
    """How many passages were not gathered yet."""
    loose = select(func.count()).select_from(gold).where(gold.c.vein_id.is_(None))
    return int(session.execute(loose).scalar_one())


def words_said(session: Session) -> Sequence[Any]:
    """Number, customer, kind, words and vein of every passage that was not gathered, or in a vein not dropped."""
    columns = (gold.c.id, gold.c.customer_id, gold.c.kind, gold.c.words, gold.c.vein_id)
    beside = gold.outerjoin(veins, veins.c.id == gold.c.vein_id)
    wanted = gold.c.vein_id.is_(None) | (veins.c.state != inline(VeinState.DROPPED))
    return session.execute(select(*columns).select_from(beside).where(wanted).order_by(gold.c.id)).all()


def add_vein(session: Session, values: Mapping[str, Any]) -> int:
    """The id of the new vein."""
    return added(session, veins, values)


def change_vein(session: Session, vein_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one vein."""
    session.execute(update(veins).where(veins.c.id == vein_id).values(**values))


def remove_vein(session: Session, vein_id: int) -> None:
    """Takes a vein away that nothing is in."""
    session.execute(delete(veins).where(veins.c.id == vein_id))


def put_into(session: Session, passage_ids: Sequence[int], vein_id: int | None) -> None:
    """Gathers passages in a vein, or loosens them."""
    session.execute(update(gold).where(gold.c.id.in_(passage_ids)).values(vein_id=vein_id))


def last_position(session: Session) -> int:
    """The position of the last question there ever was."""
    return int(session.execute(select(func.coalesce(func.max(questions.c.position), -1))).scalar_one())


def question_with(session: Session, key: str) -> Any | None:
    """The question of that key with its present wording, or None."""
    latest = select(func.max(wordings.c.id)).group_by(wordings.c.question_id)
    joined = select(questions, wordings.c.text).join(wordings, wordings.c.question_id == questions.c.id)
    return session.execute(joined.where(questions.c.key == key, wordings.c.id.in_(latest))).one_or_none()


def ask_again(session: Session, question_id: int, text: str | None, now: datetime) -> None:
    """Asks a retired question again, in other words where some are given."""
    session.execute(update(questions).where(questions.c.id == question_id).values(retired_at=None))
    if text is not None:
        session.execute(insert(wordings).values(question_id=question_id, text=text, since=now))


def ask_no_more(session: Session, question_id: int, now: datetime) -> None:
    """Retires a question; its answers stay."""
    still = (questions.c.id == question_id) & questions.c.retired_at.is_(None)
    session.execute(update(questions).where(still).values(retired_at=now))


def standing_promises(session: Session) -> Sequence[Any]:
    """Number, day and key of the question of every vein that is a promise of ours to all customers."""
    beside = veins.join(questions, questions.c.id == veins.c.question_id)
    chosen = select(veins.c.id, veins.c.settled_at, questions.c.key).select_from(beside)
    return session.execute(chosen.where(veins.c.state == inline(VeinState.PROMISE)).order_by(veins.c.id)).all()
