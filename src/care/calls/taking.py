"""Where the taking of names meets the store: the next in order of each stratum, as one sealed draw."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, tuple_
from sqlalchemy.orm import Session

from care import chain
from care.calls.errors import ClockSetBack
from care.calls.frame import dealt, frame_of, in_order
from care.calls.queries import add_call
from care.calls.seal import entry_leaf, seal_of
from care.calls.seats import Shared, Stratum, owed_after, share_out, tie_by
from care.clock import secret_bytes
from care.customers.eligibility import refresh_eligibility
from care.customers.order_queries import (
    ORDER,
    PLACED,
    base,
    counts_by_stratum,
    draws_of,
    first_in_order,
    last_draw,
    move_pointer,
    pointer,
    still_to_come,
)
from care.db.bulk import added
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key
from care.db.tables.call import calls
from care.db.tables.columns import inline
from care.db.tables.customer import customers
from care.db.tables.draw import draw_entries, draws
from care.settings import Policy, draw_policy
from care.times.zones import local_time
from care.words import CallKind, CallState, LedgerKind, Role, Standing, Strata


class DrawRequest(NamedTuple):
    """What a draw is asked for. ``explicit_clock`` says that the clock was set by hand, which the seal records."""

    week: str
    wanted: int
    callers: Sequence[str]
    explicit_clock: bool


class Seats(NamedTuple):
    """How many are to be called, and how many stand behind them.

    ``beside`` is the call that did not reach its customer and that the one seat stands beside, or None; ``stratum`` is
    then the one it should come from. ``had`` are customers who had a call of this week: those of them who were skipped
    keep their place for the next one.
    """

    called: int
    reserves: int = 0
    beside: int | None = None
    stratum: str = ""
    had: Collection[int] = ()


class Seat(NamedTuple):
    """One call to be: whose, from which entry of a draw, by whom made, and the chance it was drawn with."""

    customer_id: int
    draw_id: int
    rank: int
    caller: str
    chance: tuple[int, int]
    beside: int | None


class _Taken(NamedTuple):
    """What was taken from one stratum: the called, those in reserve, and those deferred ahead of them, each why."""

    called: Sequence[Any]
    standing_by: Sequence[Any]
    deferred: Sequence[tuple[Any, str]]


def take(session: Session, request: DrawRequest, settings: Policy, now: datetime, seats: Seats) -> int | None:
    """Seals the next in order as one draw and plans their calls; the id of the last call, or None without anybody.

    Raises ClockSetBack where the clock is behind the last draw, unless the seat is beside another.
    """
    last = last_draw(session)
    if last is not None and now < last.drawn_at:
        if seats.beside is not None:
            return None  # the try in vain is kept all the same; only nobody steps up under such a clock
        raise ClockSetBack(local_time(last.drawn_at, settings.timezone))
    if last is not None and last.week > request.week:
        return None  # a later week is drawn, and draws only go forward
    counts = counts_by_stratum(session)
    held_back = callable_among(session, seats.had)
    strata = strata_to_share(counts, last, base(session), held_back)
    tie = tie_by(draw_key(session), request.week)
    shared = _beside(strata, seats.stratum) if seats.beside else share_out(strata, seats.called, tie)
    if not shared.picks:
        return None
    behind = _reserves(strata, shared, seats.reserves, settings)
    taken = {name: _taken(session, name, n, behind[name], seats.had) for name, n in Counter(shared.picks).items()}
    before = {one.name: pointer(session, one.name) for one in strata}
    of = {name: still_to_come(session, name, found.called[-1].cycle) for name, found in taken.items()}
    for name, found in taken.items():
        move_pointer(session, name, found.called[-1].cycle, found.called[-1].place)
    sealed = [
        {
            **_frame(counts[one.name]),
            "stratum": one.name,
            "still_to_come": of.get(one.name, 0),
            "seats": len(taken[one.name].called) if one.name in taken else 0,
            "pointer_before": before[one.name],
            "pointer_after": pointer(session, one.name),
        }
        for one in strata
    ]
    if settings.strata is not Strata.NONE:  # what their shares were dealt from; a store without strata seals no more
        for one, stratum in zip(strata, sealed, strict=True):
            stratum |= {
                "in_order": one.in_order,
                "held_back": held_back.get(one.name, 0),
                "owed": shared.owed[one.name],
                "base": base(session),
                "beside": seats.beside is not None,
            }
    in_turn = {name: iter(found.called) for name, found in taken.items()}
    called = [next(in_turn[name]) for name in shared.picks]
    entries = list(_entries(called, taken))
    draw_id = _seal(session, request, settings, now, sealed, entries)
    carried = last_lapse_of(session, [row.id for row in called])
    call_id = None
    for rank, (row, caller) in enumerate(zip(called, dealt(len(called), list(request.callers)), strict=True), 1):
        chance = (len(taken[row.stratum].called), of[row.stratum])
        seat = Seat(row.id, draw_id, rank, caller, chance, seats.beside)
        call_id = plan_call(session, request.week, seat, carried.get(row.id))
    refresh_eligibility(session, [row.id for row in called], settings, now)
    return call_id


def strata_to_share(
    counts: Mapping[str, Mapping[Standing, int]], last: Any | None, base: int, held_back: Mapping[str, int]
) -> list[Stratum]:
    """The strata of these counts, each with what the last draw of this order left it owed, in the order of names."""
    owed = owed_after(last.strata if last else (), base)
    return [
        Stratum(name, in_order(there), there.get(Standing.CALLABLE, 0) - held_back.get(name, 0), owed.get(name, 0))
        for name, there in sorted(counts.items())
        if any(n for standing, n in there.items() if standing is not Standing.MERGED)
    ]


def _beside(strata: Sequence[Stratum], wanted: str) -> Shared:
    """One seat beside another, from its stratum where somebody is free there: nobody is owed more or less for it."""
    free = sorted((one for one in strata if one.free), key=lambda one: (one.name != wanted, -one.owed, one.name))
    return Shared(tuple(one.name for one in free[:1]), {one.name: one.owed for one in strata})


def _reserves(strata: Sequence[Stratum], shared: Shared, wanted: int, settings: Policy) -> Mapping[str, int]:
    """How many stand behind the called of each stratum: a number that was set is dealt as the seats are."""
    seats = Counter(shared.picks)
    if not wanted or settings.reserves is None:
        return Counter({name: settings.reserves_for(n) if wanted else 0 for name, n in seats.items()})
    left = [one._replace(free=one.free - seats[one.name], owed=seats[one.name]) for one in strata if seats[one.name]]
    return Counter(share_out(left, wanted, lambda name: shared.picks.index(name)).picks)


def _frame(counts: Mapping[Standing, int]) -> dict[str, Any]:
    frame = frame_of(counts)
    return {"customers": frame.customers, "eligible": frame.eligible, "excluded": frame.excluded}


def _taken(session: Session, stratum: str, seats: int, reserves: int, had: Collection[int]) -> _Taken:
    ahead = first_in_order(session, stratum, seats + reserves + len(had))
    drawn = [row for row in ahead if row.id not in had][: seats + reserves]
    end = (drawn[-1].cycle, drawn[-1].place)
    deferred = [(row, row.standing.value) for row in waiting_ahead(session, stratum, *end)]
    skipped = [row for row in ahead if row.id in had and (row.cycle, row.place) < end]
    return _Taken(drawn[:seats], drawn[seats:], [*deferred, *((row, CallState.SKIPPED.value) for row in skipped)])


def _entries(called: Sequence[Any], taken: Mapping[str, _Taken]) -> Iterator[dict[str, Any]]:
    roles: list[tuple[Role, Any, str | None]] = [(Role.CALLED, row, None) for row in called]
    roles += [(Role.RESERVE, row, None) for found in taken.values() for row in found.standing_by]
    roles += [(Role.DEFERRED, row, why) for found in taken.values() for row, why in found.deferred]
    for rank, (role, row, reason) in enumerate(roles, 1):
        salt = secret_bytes(16).hex()
        yield {
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


def _seal(
    session: Session,
    request: DrawRequest,
    settings: Policy,
    now: datetime,
    strata: Sequence[Mapping[str, Any]],
    entries: Sequence[Mapping[str, Any]],
) -> int:
    last = last_draw(session)
    fact = {
        "week": request.week,
        "part": len(draws_of(session, request.week)) + 1,
        "seats": sum(one["seats"] for one in strata),
        "reserves": sum(entry["role"] is Role.RESERVE for entry in entries),
    }
    sealed = fact | {
        "drawn_at": now.astimezone(UTC).isoformat(),
        "explicit_clock": request.explicit_clock,
        "asked": request.wanted,
        "policy_calls": settings.calls_per_week,
        "policy": chain.digest(chain.canonical(draw_policy(settings))),
        "strata": list(strata),
        "ledger_head": append_to_ledger(session, [LedgerRow(LedgerKind.DRAW, fact)], now),
        "seal_before": last.seal if last else chain.START,
    }
    seal = seal_of(sealed, [entry["leaf"] for entry in entries])
    return add_draw(session, sealed | {"drawn_at": now, "seal": seal}, entries)


def plan_call(session: Session, week: str, seat: Seat, carried_from: str | None) -> int:
    """The id of the call of somebody who was drawn."""
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
    return add_call(session, call)


def last_lapse_of(session: Session, customer_ids: Sequence[int]) -> dict[int, str]:
    """For customers whose latest drawn call lapsed or was skipped: the week it did."""
    latest = (
        select(func.max(calls.c.id))
        .where(calls.c.customer_id.in_(customer_ids), calls.c.kind == CallKind.DRAWN)
        .group_by(calls.c.customer_id)
    )
    gone = calls.c.state.in_((CallState.LAPSED, CallState.SKIPPED))
    found = session.execute(select(calls.c.customer_id, calls.c.week).where(calls.c.id.in_(latest), gone))
    return {row.customer_id: row.week for row in found}


def waiting_ahead(session: Session, stratum: str, cycle: int, place: int) -> Sequence[Any]:
    """Customers resting or planned whose position lies before that one: deferred, they come first when free."""
    waiting = customers.c.standing.in_((inline(Standing.RESTING), inline(Standing.PLANNED)))
    before = tuple_(*ORDER) < (cycle, place)
    chosen = select(*PLACED, customers.c.standing).where(waiting, customers.c.stratum == stratum, before)
    return session.execute(chosen.order_by(*ORDER)).all()


def callable_among(session: Session, ids: Collection[int]) -> dict[str, int]:
    """How many of these customers could be drawn, by stratum."""
    mine = customers.c.id.in_(list(ids)) & (customers.c.standing == Standing.CALLABLE)
    counted = select(customers.c.stratum, func.count()).where(mine).group_by(customers.c.stratum)
    return {stratum: int(n) for stratum, n in session.execute(counted)}


def add_draw(session: Session, values: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> int:
    """Writes a sealed draw with its entries and returns its id."""
    draw_id = added(session, draws, values)
    if entries:
        session.execute(insert(draw_entries), [{**entry, "draw_id": draw_id} for entry in entries])
    return draw_id
