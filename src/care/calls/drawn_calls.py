"""The calls a draw gives."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from care.db.tables.call import calls
from care.words import CallKind, CallState


class Seat(NamedTuple):
    """One call to be: whose, of which rank in its draw, by whom made, and the chance it was drawn with.

    ``carried_from`` is the week in which their last drawn call lapsed or was skipped, if it did.
    """

    customer_id: int
    rank: int
    caller: str
    seats: int
    seats_of: int
    carried_from: str | None = None


def plan_calls(session: Session, week: str, draw_id: int, seats: Sequence[Seat], beside: int | None) -> list[int]:
    """The ids of the calls of those whom one draw took, in rank; ``beside`` is the call a reserve stands beside."""
    planned = [
        {
            **seat._asdict(),
            "draw_id": draw_id,
            "week": week,
            "kind": CallKind.DRAWN,
            "state": CallState.PLANNED,
            "beside": beside,
            "tries": 0,
            "ics_sequence": 0,
        }
        for seat in seats
    ]
    session.execute(insert(calls), planned)
    mine = (calls.c.draw_id == draw_id) & calls.c.rank.in_([seat.rank for seat in seats])
    return list(session.execute(select(calls.c.id).where(mine).order_by(calls.c.rank)).scalars())
