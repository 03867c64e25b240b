"""A week's draw, and its extension."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from care.calls.errors import FewerCalls, NobodyToDraw
from care.calls.frame import frame_of, seats_in, summed
from care.calls.queries import IS_PLANNED, drawn_in, select_calls
from care.calls.records import CallRow, DrawRequest
from care.calls.slots.assign import callers_in_turn
from care.calls.step_up import next_reserve, reserves_of
from care.calls.take import Seats, take
from care.customers.eligibility import end_rests, refresh_eligibility
from care.customers.order_queries import counts_by_stratum
from care.db.fetch import fetch
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.tables.call import calls
from care.db.tables.draw import Draw
from care.settings import Policy
from care.words import CallKind, CallState, LedgerKind, Strata


def draw_week(session: Session, request: DrawRequest, settings: Policy, now: datetime) -> list[int]:
    """Draws and seals a week that has no draw; the ids of its calls.

    Raises NobodyToDraw, and then nothing has changed.
    """
    _lapse_untried(session, request.week, settings, now)
    end_rests(session, settings, now)
    counts = counts_by_stratum(session)
    standings = summed(counts)
    frame = frame_of(standings)
    if not frame.eligible:
        raise NobodyToDraw(frame.customers, frame.excluded)
    seats = seats_in(standings, request.wanted, settings)
    return take(session, request, Seats(seats, settings.reserves_for(seats)), counts, settings, now)


def extend_week(
    session: Session, request: DrawRequest, parts: Sequence[Draw], settings: Policy, now: datetime
) -> list[int]:
    """Adds the next in order until the week has the wanted number of seats; the ids of the added calls.

    ``parts`` are the draws of the week so far. Raises FewerCalls for a smaller number.
    """
    drawn = drawn_in(session, request.week)
    planned = sum(call.beside is None for call in drawn)
    if request.wanted < planned:
        raise FewerCalls(request.wanted, planned)
    counts = counts_by_stratum(session)
    wanted = seats_in(summed(counts), request.wanted, settings)
    callers = callers_in_turn(max(planned, wanted), list(request.callers))[planned:]
    if not callers:
        return []
    end_rests(session, settings, now)
    if settings.strata is not Strata.NONE:
        seats = Seats(len(callers), had={call.customer_id for call in drawn})
        rest = request._replace(callers=callers)
        return take(session, rest, seats, counts_by_stratum(session), settings, now)
    added: list[int] = []
    reserves = reserves_of(session, parts, drawn)
    for caller in callers:
        call_id = next_reserve(session, request._replace(callers=[caller]), reserves, None, settings, now)
        if call_id is None:
            break
        added.append(call_id)
    return added


def _lapse_untried(session: Session, week: str, settings: Policy, now: datetime) -> None:
    """Closes the drawn calls of earlier weeks that nobody tried."""
    untried = _untried_before(session, week)
    if not untried:
        return
    lapsed = calls.c.id.in_([call.id for call in untried])
    session.execute(update(calls).where(lapsed).values(state=CallState.LAPSED, closed_at=now))
    rows = [
        LedgerRow(LedgerKind.LAPSE, {"call": call.id, "week": call.week}, call.customer_id, call.uid)
        for call in untried
    ]
    append_to_ledger(session, rows, now)
    refresh_eligibility(session, [call.customer_id for call in untried], settings, now)


def _untried_before(session: Session, week: str) -> list[CallRow]:
    untried = (calls.c.week < week) & (calls.c.tries == 0) & (calls.c.kind == CallKind.DRAWN)
    return fetch(session, CallRow, select_calls().where(IS_PLANNED, untried).order_by(calls.c.week, calls.c.id))
