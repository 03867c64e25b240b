"""The order of the draw in the store: how far each stratum has come, who is next, and the sealed draws."""

from typing import NamedTuple

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from care.customers.order import Position
from care.db.fetch import fetch, fetch_one
from care.db.tables.columns import inline
from care.db.tables.customer import customers
from care.db.tables.draw import Pointer, pointers
from care.db.tables.setting import settings
from care.db.tables.tally import tally
from care.words import Eligibility

ORDER = (customers.c.cycle, customers.c.place)

BASE = "first cycle"
"""The setting no person sets: the first cycle of the order as it is now."""

BASE_KEY = "base"

PLACED = (customers.c.id, customers.c.uid, customers.c.stratum, customers.c.cycle, customers.c.place)


class PlacedRow(NamedTuple):
    """A customer and their position: the ``PLACED`` columns."""

    id: int
    uid: str
    stratum: str
    cycle: int
    place: int


def base(session: Session) -> int:
    """The first cycle of the order as it is now: it is made anew when the strata are switched."""
    if BASE_KEY not in session.info:
        found = session.execute(select(settings.c.value).where(settings.c.key == BASE)).scalar_one_or_none()
        session.info[BASE_KEY] = 1 if found is None else int(found)
    return int(session.info[BASE_KEY])


def pointer(session: Session, stratum: str) -> Position | None:
    """How far the draw has come in a stratum, or None before the first draw of the order as it is now."""
    position = _stored_pointer(session, stratum)
    return None if position is None or position.cycle < base(session) else position


def _stored_pointer(session: Session, stratum: str) -> Position | None:
    row = fetch_one(session, Pointer, select(pointers).where(pointers.c.stratum == stratum))
    return None if row is None else Position(row.cycle, row.place)


def all_pointers(session: Session) -> dict[str, Position]:
    """Every pointer of the order as it is now, by stratum."""
    rows = fetch(session, Pointer, select(pointers).where(pointers.c.cycle >= base(session)))
    return {row.stratum: Position(row.cycle, row.place) for row in rows}


def move_pointer(session: Session, stratum: str, cycle: int, place: int) -> None:
    """Moves the pointer on; it never moves back."""
    here = _stored_pointer(session, stratum)
    if here is None:
        session.execute(insert(pointers).values(stratum=stratum, cycle=cycle, place=place))
    elif (cycle, place) > here:
        session.execute(update(pointers).where(pointers.c.stratum == stratum).values(cycle=cycle, place=place))


def first_in_order(session: Session, stratum: str, count: int) -> list[PlacedRow]:
    """The next callable customers of a stratum: a walk along the partial index, as long as the answer."""
    callable_ = customers.c.standing == inline(Eligibility.CALLABLE)
    chosen = select(*PLACED).where(callable_, customers.c.stratum == stratum)
    return fetch(session, PlacedRow, chosen.order_by(*ORDER).limit(count))


def still_to_come(session: Session, stratum: str, cycle: int) -> int:
    """How many callable customers of a stratum are still to come in cycles up to that one, from the counters."""
    counted = select(func.coalesce(func.sum(tally.c.n), 0)).where(
        tally.c.stratum == stratum, tally.c.standing == Eligibility.CALLABLE, tally.c.cycle <= cycle
    )
    return int(session.execute(counted).scalar_one())


def counts_by_stratum(session: Session) -> dict[str, dict[Eligibility, int]]:
    """How many customers of each standing every stratum has, from the counters."""
    counted = select(tally.c.stratum, tally.c.standing, func.sum(tally.c.n)).group_by(tally.c.stratum, tally.c.standing)
    counts: dict[str, dict[Eligibility, int]] = {}
    for stratum, standing, n in session.execute(counted):
        counts.setdefault(stratum, {})[Eligibility(standing)] = int(n)
    return counts
