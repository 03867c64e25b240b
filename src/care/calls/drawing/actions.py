"""Where the draw meets the store: taking the next in order, sealing what was taken, and the reserves behind them."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from care import chain
from care.calls.drawing.draw import ALL, dealt, frame_of, seats_in
from care.calls.drawing.seal import entry_leaf, seal_of
from care.calls.errors import ClockSetBack, FewerCalls, NobodyToDraw
from care.clock import secret_bytes
from care.customers.actions import restand, wake
from care.settings import Policy, draw_policy
from care.store import calls as store
from care.store import customers as store_customers
from care.store import draws, ledger
from care.store.ledger import LedgerRow
from care.words import CallKind, CallState, LedgerKind, Role, Standing


class DrawRequest(NamedTuple):
    """What a draw is asked for. ``explicit_clock`` says that the clock was set by hand, which the seal records."""

    week: str
    wanted: int
    callers: Sequence[str]
    explicit_clock: bool


def draw_week(session: Session, request: DrawRequest, settings: Policy, now: datetime) -> None:
    """Draws and seals a week that has no draw. Raises NobodyToDraw, and then nothing has changed."""
    _lapse_untried(session, request.week, settings, now)
    wake(session, settings, now)
    standings = store_customers.standings(session)
    frame = frame_of(standings)
    if not frame.eligible:
        raise NobodyToDraw(frame.customers, frame.excluded)
    seats = seats_in(standings, request.wanted, settings)
    _take(session, request, settings, now, seats, settings.reserves_for(seats))


def extend_week(session: Session, request: DrawRequest, settings: Policy, now: datetime) -> None:
    """Adds the next in order until the week has the wanted number of seats. Raises FewerCalls for a smaller number."""
    planned = sum(call.beside is None for call in store.drawn_in(session, request.week))
    if request.wanted < planned:
        raise FewerCalls(request.wanted, planned)
    wanted = seats_in(store_customers.standings(session), request.wanted, settings)
    for seat in range(planned, wanted):
        caller = dealt(seat + 1, list(request.callers))[-1]
        if step_up(session, request._replace(callers=[caller]), None, settings, now) is None:
            return


def step_up(session: Session, request: DrawRequest, beside: int | None, settings: Policy, now: datetime) -> int | None:
    """The id of the call of the week's next reserve, or None when nobody is left to call.

    ``beside`` is the call that did not reach its customer, or None where the week is extended. When the reserves have
    run out, the next in order is drawn and sealed as a supplement.
    """
    wake(session, settings, now)  # who steps up, too, is one of all who could be drawn on that day
    parts = {part.id: part for part in draws.draws_of(session, request.week)}
    had = {call.customer_id for call in store.drawn_in(session, request.week)}
    for entry in draws.entries_of(session, list(parts), Role.RESERVE):
        row = None if entry.customer_id in had else store_customers.customer_row(session, entry.customer_id or 0)
        if row is None or row.standing is not Standing.CALLABLE or _elsewhere(row, entry):
            continue
        of = parts[entry.draw_id].strata[0]["still_to_come"]
        seat = _Seat(entry.customer_id, entry.draw_id, entry.rank, request.callers[0], (entry.rank, of), beside)
        call_id = _plan(session, request.week, seat, None)
        draws.move_pointer(session, entry.stratum, entry.cycle, entry.place)
        fact = {"week": request.week, "call": call_id, "beside": beside}
        ledger.append(session, [LedgerRow(LedgerKind.STEP, fact, row.id, row.uid)], now)
        restand(session, [row.id], settings, now)
        return call_id
    return _take(session, request, settings, now, 1, 0, beside, had)


def _elsewhere(row: Any, entry: Any) -> bool:
    """Whether a reserve no longer stands where the seal says: they left the order and came back into it."""
    return bool((row.uid, row.cycle, row.place) != (entry.uid, entry.cycle, entry.place))


def _lapse_untried(session: Session, week: str, settings: Policy, now: datetime) -> None:
    lapsed = store.untried_before(session, week)
    for call in lapsed:
        store.change_call(session, call.id, {"state": CallState.LAPSED, "closed_at": now})
    facts = [({"call": call.id, "week": call.week}, call) for call in lapsed]
    ledger.append(session, [LedgerRow(LedgerKind.LAPSE, fact, call.customer_id, call.uid) for fact, call in facts], now)
    restand(session, [call.customer_id for call in lapsed], settings, now)


def _take(
    session: Session,
    request: DrawRequest,
    settings: Policy,
    now: datetime,
    seats: int,
    reserves: int,
    beside: int | None = None,
    had: Collection[int] = (),
) -> int | None:
    """Seals the next in order as one draw and plans their calls; the id of the last call, or None without anybody.

    Those who ``had`` a call of this week, and were skipped, keep their place for the next one.
    """
    last = draws.last_draw(session)
    if last is not None and now < last.drawn_at:
        raise ClockSetBack(last.drawn_at.isoformat())
    if last is not None and last.week > request.week:
        return None  # a later week is drawn, and draws only go forward
    ahead = draws.first_in_order(session, ALL, seats + reserves + len(had))
    drawn = [row for row in ahead if row.id not in had][: seats + reserves]
    called, standing_by = drawn[:seats], drawn[seats:]
    if not called:
        return None
    frame = frame_of(store_customers.standings(session))
    end = (drawn[-1].cycle, drawn[-1].place)
    deferred = draws.waiting_ahead(session, ALL, *end)
    of = draws.still_to_come(session, ALL, called[-1].cycle)
    before = draws.pointer(session, ALL)
    draws.move_pointer(session, ALL, called[-1].cycle, called[-1].place)
    stratum = {
        "stratum": ALL,
        "customers": frame.customers,
        "eligible": frame.eligible,
        "excluded": frame.excluded,
        "still_to_come": of,
        "seats": len(called),
        "pointer_before": before,
        "pointer_after": draws.pointer(session, ALL),
    }
    roles: list[tuple[Role, Any, str | None]] = [(Role.CALLED, row, None) for row in called]
    roles += [(Role.RESERVE, row, None) for row in standing_by]
    roles += [(Role.DEFERRED, row, row.standing.value) for row in deferred]
    skipped = [row for row in ahead if row.id in had and (row.cycle, row.place) < end]
    roles += [(Role.DEFERRED, row, CallState.SKIPPED.value) for row in skipped]
    entries = [_entry(rank, role, row, reason) for rank, (role, row, reason) in enumerate(roles, 1)]
    draw_id = _seal(session, request, settings, now, stratum, entries)
    carried = store.last_lapse_of(session, [row.id for row in called])
    call_id = None
    for rank, (row, caller) in enumerate(zip(called, dealt(len(called), list(request.callers)), strict=True), 1):
        seat = _Seat(row.id, draw_id, rank, caller, (len(called), of), beside)
        call_id = _plan(session, request.week, seat, carried.get(row.id))
    restand(session, [row.id for row in called], settings, now)
    return call_id


def _seal(
    session: Session,
    request: DrawRequest,
    settings: Policy,
    now: datetime,
    stratum: dict[str, Any],
    entries: list[dict[str, Any]],
) -> int:
    last = draws.last_draw(session)
    fact = {
        "week": request.week,
        "part": len(draws.draws_of(session, request.week)) + 1,
        "seats": stratum["seats"],
        "reserves": sum(entry["role"] is Role.RESERVE for entry in entries),
    }
    sealed = fact | {
        "drawn_at": now.astimezone(UTC).isoformat(),
        "explicit_clock": request.explicit_clock,
        "asked": request.wanted,
        "policy_calls": settings.calls_per_week,
        "policy": chain.digest(chain.canonical(draw_policy(settings))),
        "strata": [stratum],
        "ledger_head": ledger.append(session, [LedgerRow(LedgerKind.DRAW, fact)], now),
        "seal_before": last.seal if last else chain.START,
    }
    seal = seal_of(sealed, [entry["leaf"] for entry in entries])
    return draws.add_draw(session, sealed | {"drawn_at": now, "seal": seal}, entries)


def _entry(rank: int, role: Role, row: Any, reason: str | None) -> dict[str, Any]:
    salt = secret_bytes(16).hex()
    return {
        "rank": rank,
        "role": role,
        "reason": reason,
        "stratum": row.stratum,
        "customer_id": row.id,
        "uid": row.uid,
        "salt": salt,
        "cycle": row.cycle,
        "place": row.place,
        "leaf": entry_leaf(salt, row.uid, row.cycle, row.place, role, reason),
    }


class _Seat(NamedTuple):
    customer_id: int
    draw_id: int
    rank: int
    caller: str
    chance: tuple[int, int]
    beside: int | None


def _plan(session: Session, week: str, seat: _Seat, carried_from: str | None) -> int:
    call = {
        "customer_id": seat.customer_id,
        "draw_id": seat.draw_id,
        "week": week,
        "kind": CallKind.DRAWN,
        "state": CallState.PLANNED,
        "caller": seat.caller,
        "rank": seat.rank,
        "seats": seat.chance[0],
        "seats_of": seat.chance[1],
        "beside": seat.beside,
        "carried_from": carried_from,
        "tries": 0,
        "ics_sequence": 0,
    }
    return store.add_call(session, call)
