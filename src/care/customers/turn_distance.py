"""How near their turn a customer is who is taken out of the draw by hand, which the exit test judges later."""

from typing import Any

from sqlalchemy.orm import Session

from care.customers.order_queries import counts_by_stratum, first_in_order, still_to_come
from care.customers.queries import StandingRow
from care.customers.records import CustomerRow
from care.settings import Policy
from care.words import Eligibility

WEEKS_AHEAD = 2
"""So many weeks' calls and reserves are the next in turn: whom somebody might guess and spare."""


def turn_distance(session: Session, row: StandingRow | CustomerRow, settings: Policy) -> dict[str, Any]:
    """What the ledger keeps of a customer who is taken out of the draw by hand; empty if no draw could take them.

    ``among_next`` says whether they were among the next places, ``places`` how many of those lay in their cycle, and
    ``still_to_come`` how many customers of their stratum were still to come in it: all that is needed to say by what
    chance it met somebody so near (``draw.md``, Exits are tested).
    """
    if row.standing is not Eligibility.CALLABLE:
        return {}
    calls = settings.calls_per_week
    window = WEEKS_AHEAD * (calls + settings.reserves_for(calls))
    free = {name: counts.get(Eligibility.CALLABLE, 0) for name, counts in counts_by_stratum(session).items()}
    share = -(-window * free[row.stratum] // sum(free.values()))  # a stratum has its share of the next, rounded up
    ahead = first_in_order(session, row.stratum, share)
    before = still_to_come(session, row.stratum, row.cycle - 1)
    return {
        "among_next": any(one.id == row.id for one in ahead),
        "places": max(0, min(share, free[row.stratum]) - before),
        "still_to_come": still_to_come(session, row.stratum, row.cycle) - before,
    }
