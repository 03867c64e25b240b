"""The order of the draw in the store: who comes next, the pointers, and the sealed rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from care.model.base import inline
from care.model.customer import customers
from care.model.draw import draw_entries, draws, pointers
from care.model.tally import tally
from care.store.rows import added
from care.words import Standing

ORDER = (customers.c.cycle, customers.c.place)
_PLACED = (customers.c.id, customers.c.uid, customers.c.stratum, customers.c.cycle, customers.c.place)


def pointer(session: Session, stratum: str) -> tuple[int, int] | None:
    """How far the draw has come in a stratum: cycle and place, or None before the first draw."""
    found = session.execute(
        select(pointers.c.cycle, pointers.c.place).where(pointers.c.stratum == stratum)
    ).one_or_none()
    return None if found is None else (found.cycle, found.place)


def move_pointer(session: Session, stratum: str, cycle: int, place: int) -> None:
    """Moves the pointer on; it never moves back."""
    here = pointer(session, stratum)
    if here is None:
        session.execute(insert(pointers).values(stratum=stratum, cycle=cycle, place=place))
    elif (cycle, place) > here:
        session.execute(update(pointers).where(pointers.c.stratum == stratum).values(cycle=cycle, place=place))


def first_in_order(session: Session, stratum: str, count: int) -> Sequence[Any]:
    """The next callable customers of a stratum: a walk along the partial index, as long as the answer."""
    callable_ = customers.c.standing == inline(Standing.CALLABLE)
    chosen = select(*_PLACED).where(callable_, customers.c.stratum == stratum)
    return session.execute(chosen.order_by(*ORDER).limit(count)).all()


def waiting_ahead(session: Session, stratum: str, cycle: int, place: int) -> Sequence[Any]:
    """Customers resting or planned whose position lies before that one: deferred, they come first when free."""
    waiting = customers.c.standing.in_((inline(Standing.RESTING), inline(Standing.PLANNED)))
    before = tuple_(*ORDER) < (cycle, place)
    chosen = select(*_PLACED, customers.c.standing).where(waiting, customers.c.stratum == stratum, before)
    return session.execute(chosen.order_by(*ORDER)).all()


def still_to_come(session: Session, stratum: str, cycle: int) -> int:
    """How many callable customers of a stratum are still to come in cycles up to that one, from the counters."""
    counted = select(func.coalesce(func.sum(tally.c.n), 0)).where(
        tally.c.stratum == stratum, tally.c.standing == Standing.CALLABLE, tally.c.cycle <= cycle
    )
    return int(session.execute(counted).scalar_one())


def last_draw(session: Session) -> Any | None:
    """The newest draw, or None."""
    return session.execute(select(draws).order_by(draws.c.id.desc()).limit(1)).one_or_none()


def seal_of_draw(session: Session, draw_id: int) -> str:
    """The seal of one draw."""
    return str(session.execute(select(draws.c.seal).where(draws.c.id == draw_id)).scalar_one())


def draws_of(session: Session, week: str) -> Sequence[Any]:
    """The draw of a week and its supplements, oldest first."""
    return session.execute(select(draws).where(draws.c.week == week).order_by(draws.c.id)).all()


def add_draw(session: Session, values: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> int:
    """Writes a sealed draw with its entries and returns its id."""
    draw_id = added(session, draws, values)
    if entries:
        session.execute(insert(draw_entries), [{**entry, "draw_id": draw_id} for entry in entries])
    return draw_id


def entries_of(session: Session, draw_ids: Sequence[int], role: str) -> Sequence[Any]:
    """The entries of these draws that have that role, in rank."""
    chosen = select(draw_entries).where(draw_entries.c.draw_id.in_(draw_ids), draw_entries.c.role == role)
    return session.execute(chosen.order_by(draw_entries.c.draw_id, draw_entries.c.rank)).all()


def drawn_after(session: Session, week: str) -> datetime | None:
    """When the next week after that one was drawn, or None while it is not."""
    found = select(draws.c.drawn_at).where(draws.c.week > week).order_by(draws.c.week, draws.c.part).limit(1)
    return session.execute(found).scalar_one_or_none()
