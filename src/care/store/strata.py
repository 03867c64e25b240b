"""The strata customers are in, and were in."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, literal, select, update
from sqlalchemy.orm import Session

from care.model.customer import customers
from care.model.journal import journal
from care.model.stratum import strata_before
from care.store.journal import current_change

_C = customers.c


def segments(session: Session) -> Sequence[str | None]:
    """Every segment customers are in, as it is written."""
    return list(session.execute(select(_C.segment).distinct()).scalars())


def pieces(session: Session, size: int) -> Iterator[Sequence[Any]]:
    """What the place of every customer is worked out from, so many at a time, by rising id."""
    chosen, last = select(_C.id, _C.uid, _C.segment, _C.stratum, _C.cycle, _C.place).order_by(_C.id).limit(size), 0
    while rows := session.execute(chosen.where(_C.id > last)).all():
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
    named = [dict(zip(("who", "into", "turn", "at"), one, strict=True)) for one in placed]
    session.connection().execute(moved, named)
    session.execute(delete(journal).where(journal.c.change_id == change, journal.c.noun == "customer"))


def keep_before(session: Session, customer_id: int, stratum: str) -> None:
    """Keeps the stratum one customer leaves."""
    row = {"change_id": current_change(session), "customer_id": customer_id, "stratum": stratum}
    session.execute(insert(strata_before).values(row))


def all_before(session: Session) -> dict[int, list[tuple[int, str]]]:
    """For each customer who ever left a stratum: (change, the stratum left in it), the first change first."""
    found: dict[int, list[tuple[int, str]]] = {}
    for row in session.execute(select(strata_before).order_by(strata_before.c.id)):
        found.setdefault(row.customer_id, []).append((row.change_id, row.stratum))
    return found
