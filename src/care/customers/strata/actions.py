"""Where a switch of the strata meets the store: the whole order is made anew, and recorded as such."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.customers.order import MOST_STRATA, Position, stratum_of, switched
from care.errors import WrongUsage
from care.store import draws, ledger, strata
from care.store.ledger import LedgerRow
from care.store.settings import draw_key, policy
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
        names = {fold(name) for name in strata.segments(session) if name}
        if len(names) > MOST_STRATA:
            raise WrongUsage(
                f"customers have {len(names):,} segments, and at most {MOST_STRATA} can be drawn by their share. "
                "Give them fewer with care customers edit WHO --segment, or another column with import --map."
            )
    pointers = {name: Position(*here) for name, here in draws.all_pointers(session).items()}
    base = draws.highest_cycle(session) + 1
    count = 0
    for rows in strata.pieces(session, PIECE):
        placed = []
        for row in rows:
            here = switched(key, row.uid, Position(row.cycle, row.place), pointers.get(row.stratum), base)
            placed.append((row.id, stratum_of(row.segment, settings.strata), here.cycle, here.place))
        strata.place(session, placed)
        count += len(placed)
    draws.put_base(session, base)
    fact = {"strata": settings.strata.value, "base": base, "customers": count}
    ledger.append(session, [LedgerRow(LedgerKind.STRATUM, fact)], now)
