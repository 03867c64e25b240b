"""Where the draw meets the store: a week's draw, its extension, and the reserves who step up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from care.calls.errors import FewerCalls, NobodyToDraw
from care.calls.frame import chance_in, dealt, frame_of, seats_in
from care.calls.queries import IS_PLANNED, call_row, change_call, drawn_in, select_calls
from care.calls.taking import DrawRequest, Seat, Seats, plan_call, take
from care.customers import queries
from care.customers.eligibility import end_rests, refresh_eligibility
from care.customers.order_queries import draws_of, entries_of, move_pointer
from care.customers.queries import customer_of, customer_row, standings
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.tables.call import calls
from care.settings import Policy
from care.words import CallKind, CallState, LedgerKind, Role, Standing, Strata


def draw_week(session: Session, request: DrawRequest, settings: Policy, now: datetime) -> None:
    """Draws and seals a week that has no draw. Raises NobodyToDraw, and then nothing has changed."""
    _lapse_untried(session, request.week, settings, now)
    end_rests(session, settings, now)
    standings = queries.standings(session)
    frame = frame_of(standings)
    if not frame.eligible:
        raise NobodyToDraw(frame.customers, frame.excluded)
    seats = seats_in(standings, request.wanted, settings)
    take(session, request, settings, now, Seats(seats, settings.reserves_for(seats)))


def extend_week(session: Session, request: DrawRequest, settings: Policy, now: datetime) -> None:
    """Adds the next in order until the week has the wanted number of seats. Raises FewerCalls for a smaller number."""
    calls = drawn_in(session, request.week)
    planned = sum(call.beside is None for call in calls)
    if request.wanted < planned:
        raise FewerCalls(request.wanted, planned)
    wanted = seats_in(standings(session), request.wanted, settings)
    callers = dealt(max(planned, wanted), list(request.callers))[planned:]
    if settings.strata is not Strata.NONE and callers:
        end_rests(session, settings, now)
        had = {call.customer_id for call in calls}
        take(session, request._replace(callers=callers), settings, now, Seats(len(callers), had=had))
        return
    for caller in callers:
        if step_up(session, request._replace(callers=[caller]), None, settings, now) is None:
            return


def step_up(session: Session, request: DrawRequest, beside: int | None, settings: Policy, now: datetime) -> int | None:
    """The id of the call of the week's next reserve, or None when nobody is left to call.

    ``beside`` is the call that did not reach its customer, whose stratum the reserve is of, or None where the week is
    extended. When the reserves have run out, the next in order is drawn and sealed as a supplement.
    """
    end_rests(session, settings, now)  # who steps up, too, is one of all who could be drawn on that day
    parts = {part.id: part for part in draws_of(session, request.week)}
    had = {call.customer_id for call in drawn_in(session, request.week)}
    missed = None if beside is None else call_row(session, beside)
    stratum = customer_of(session, missed.customer_id).stratum if missed else ""
    entries = entries_of(session, list(parts))
    for entry in entries:
        if entry.role is not Role.RESERVE or entry.stratum != stratum or entry.customer_id in had:
            continue
        row = customer_row(session, entry.customer_id or 0)
        if row is None or row.standing is not Standing.CALLABLE or _elsewhere(row, entry):
            continue
        mine = [one for one in entries if one.draw_id == entry.draw_id]
        chance = chance_in(parts[entry.draw_id].strata, mine, entry)
        seat = Seat(entry.customer_id, entry.draw_id, entry.rank, request.callers[0], chance, beside)
        call_id = plan_call(session, request.week, seat, None)
        move_pointer(session, entry.stratum, entry.cycle, entry.place)
        fact = {"week": request.week, "call": call_id, "beside": beside}
        append_to_ledger(session, [LedgerRow(LedgerKind.STEP, fact, row.id, row.uid)], now)
        refresh_eligibility(session, [row.id], settings, now)
        return call_id
    return take(session, request, settings, now, Seats(1, beside=beside, stratum=stratum, had=had))


def _elsewhere(row: Any, entry: Any) -> bool:
    """Whether a reserve no longer stands where the seal says: they left the order and came back into it."""
    return bool((row.uid, row.stratum, row.cycle, row.place) != (entry.uid, entry.stratum, entry.cycle, entry.place))


def _lapse_untried(session: Session, week: str, settings: Policy, now: datetime) -> None:
    lapsed = untried_before(session, week)
    for call in lapsed:
        change_call(session, call.id, {"state": CallState.LAPSED, "closed_at": now})
    facts = [({"call": call.id, "week": call.week}, call) for call in lapsed]
    append_to_ledger(
        session, [LedgerRow(LedgerKind.LAPSE, fact, call.customer_id, call.uid) for fact, call in facts], now
    )
    refresh_eligibility(session, [call.customer_id for call in lapsed], settings, now)


def untried_before(session: Session, week: str) -> Sequence[Any]:
    """Drawn calls of earlier weeks that nobody tried."""
    untried = (calls.c.week < week) & (calls.c.tries == 0) & (calls.c.kind == CallKind.DRAWN)
    return session.execute(select_calls().where(IS_PLANNED, untried).order_by(calls.c.week, calls.c.id)).all()
