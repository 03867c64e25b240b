"""Switching the strata: the whole order is made anew, and recorded as such."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, literal, select, update
from sqlalchemy.orm import Session

from care.customers.order import MOST_STRATA, Position, stratum_of, switched
from care.customers.order_queries import BASE, BASE_KEY, all_pointers
from care.db.fetch import fetch
from care.db.journal import current_change
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, policy, put_setting
from care.db.tables.customer import customers
from care.db.tables.draw import strata_before
from care.db.tables.journal import journal
from care.db.tables.tally import tally
from care.errors import WrongUsage
from care.text import fold
from care.words import LedgerKind, Strata

PIECE = 2000
"""Customers placed anew at once."""


def switch_strata(session: Session, now: datetime) -> None:
    """Places every customer anew, in the strata the policy now names, and records the switch.

    Whoever was not drawn yet in their cycle comes into the first cycle of the new order, the others into the one after,
    so that nobody has two turns and nobody loses one. Raises WrongUsage where there are too many segments.
    """
    settings, key = policy(session), draw_key(session)
    if settings.strata is Strata.SEGMENT:
        names = {fold(name) for name in segments(session) if name}
        if len(names) > MOST_STRATA:
            raise WrongUsage(
                f"customers have {len(names):,} segments, and at most {MOST_STRATA} can be drawn by their share. "
                "Give them fewer with care customers edit WHO --segment, or another column with import --map."
            )
    pointers = all_pointers(session)
    base = highest_cycle(session) + 1
    count = 0
    for rows in pieces(session, PIECE):
        placed = []
        for row in rows:
            here = switched(key, row.uid, Position(row.cycle, row.place), pointers.get(row.stratum), base)
            placed.append((row.id, stratum_of(row.segment, settings.strata), here.cycle, here.place))
        place(session, placed)
        count += len(placed)
    put_base(session, base)
    fact = {"strata": settings.strata.value, "base": base, "customers": count}
    append_to_ledger(session, [LedgerRow(LedgerKind.STRATUM, fact)], now)


def put_base(session: Session, cycle: int) -> None:
    """Begins the order anew with that cycle."""
    put_setting(session, BASE, cycle)
    session.info.pop(BASE_KEY, None)


def highest_cycle(session: Session) -> int:
    """The highest cycle anybody is in, from the counters."""
    return int(session.execute(select(func.max(tally.c.cycle))).scalar_one() or 0)


_C = customers.c


def segments(session: Session) -> Sequence[str | None]:
    """Every segment customers are in, as it is written."""
    return list(session.execute(select(_C.segment).distinct()).scalars())


class SegmentRow(NamedTuple):
    """What a customer's place in the new order is worked out from."""

    id: int
    uid: str
    segment: str | None
    stratum: str
    cycle: int
    place: int


def pieces(session: Session, size: int) -> Iterator[list[SegmentRow]]:
    """Every customer, so many at a time, by rising id."""
    chosen, last = select(*(_C[name] for name in SegmentRow._fields)).order_by(_C.id).limit(size), 0
    while rows := fetch(session, SegmentRow, chosen.where(_C.id > last)):
        yield rows
        last = rows[-1].id


def place(session: Session, placed: Sequence[tuple[int, str, int, int]]) -> None:
    """Gives customers, by rising id, their stratum, cycle and place, and keeps the stratum they leave.

    No row images are kept of it: a switch is never taken back, and a million of them would double the store.
    """
    change = current_change(session)
    ids = _C.id.between(placed[0][0], placed[-1][0])
    before = select(literal(change), _C.id, _C.stratum).where(ids)
    session.execute(insert(strata_before).from_select(["change_id", "customer_id", "stratum"], before))
    mine = update(customers).where(_C.id == bindparam("who"))
    moved = mine.values(stratum=bindparam("into"), cycle=bindparam("turn"), place=bindparam("at"))
    named = [dict(zip(("who", "into", "turn", "at"), row, strict=True)) for row in placed]
    session.connection().execute(moved, named)
    session.execute(delete(journal).where(journal.c.change_id == change, journal.c.noun == "customer"))
