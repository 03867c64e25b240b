"""Where the taking of names meets the store: the next in order of each stratum, as one sealed draw."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from care import chain
from care.calls.drawing.draw import dealt, frame_of, in_order
from care.calls.drawing.seal import entry_leaf, seal_of
from care.calls.drawing.seats import Shared, Stratum, owed_after, share_out, tie_by
from care.calls.errors import ClockSetBack
from care.clock import secret_bytes
from care.customers.actions import restand
from care.settings import Policy, draw_policy
from care.store import calls as store
from care.store import draws, ledger
from care.store.ledger import LedgerRow
from care.store.settings import draw_key
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
    last = draws.last_draw(session)
    if last is not None and now < last.drawn_at:
        if seats.beside is not None:
            return None  # the try in vain is kept all the same; only nobody steps up under such a clock
        raise ClockSetBack(local_time(last.drawn_at, settings.timezone))
    if last is not None and last.week > request.week:
        return None  # a later week is drawn, and draws only go forward
    counts = draws.counts_by_stratum(session)
    held_back = draws.callable_among(session, seats.had)
    strata = strata_to_share(counts, last, draws.base(session), held_back)
    tie = tie_by(draw_key(session), request.week)
    shared = _beside(strata, seats.stratum) if seats.beside else share_out(strata, seats.called, tie)
    if not shared.picks:
        return None
    behind = _reserves(strata, shared, seats.reserves, settings)
    taken = {name: _taken(session, name, n, behind[name], seats.had) for name, n in Counter(shared.picks).items()}
    before = {one.name: draws.pointer(session, one.name) for one in strata}
    of = {name: draws.still_to_come(session, name, found.called[-1].cycle) for name, found in taken.items()}
    for name, found in taken.items():
        draws.move_pointer(session, name, found.called[-1].cycle, found.called[-1].place)
    sealed = [
        {
            **_frame(counts[one.name]),
            "stratum": one.name,
            "still_to_come": of.get(one.name, 0),
            "seats": len(taken[one.name].called) if one.name in taken else 0,
            "pointer_before": before[one.name],
            "pointer_after": draws.pointer(session, one.name),
        }
        for one in strata
    ]
    if settings.strata is not Strata.NONE:  # what their shares were dealt from; a store without strata seals no more
        for one, stratum in zip(strata, sealed, strict=True):
            stratum |= {
                "in_order": one.in_order,
                "held_back": held_back.get(one.name, 0),
                "owed": shared.owed[one.name],
                "base": draws.base(session),
                "beside": seats.beside is not None,
            }
    in_turn = {name: iter(found.called) for name, found in taken.items()}
    called = [next(in_turn[name]) for name in shared.picks]
    entries = list(_entries(called, taken))
    draw_id = _seal(session, request, settings, now, sealed, entries)
    carried = store.last_lapse_of(session, [row.id for row in called])
    call_id = None
    for rank, (row, caller) in enumerate(zip(called, dealt(len(called), list(request.callers)), strict=True), 1):
        chance = (len(taken[row.stratum].called), of[row.stratum])
        seat = Seat(row.id, draw_id, rank, caller, chance, seats.beside)
        call_id = plan_call(session, request.week, seat, carried.get(row.id))
    restand(session, [row.id for row in called], settings, now)
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
    ahead = draws.first_in_order(session, stratum, seats + reserves + len(had))
    drawn = [row for row in ahead if row.id not in had][: seats + reserves]
    end = (drawn[-1].cycle, drawn[-1].place)
    deferred = [(row, row.standing.value) for row in draws.waiting_ahead(session, stratum, *end)]
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
    last = draws.last_draw(session)
    fact = {
        "week": request.week,
        "part": len(draws.draws_of(session, request.week)) + 1,
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
        "ledger_head": ledger.append(session, [LedgerRow(LedgerKind.DRAW, fact)], now),
        "seal_before": last.seal if last else chain.START,
    }
    seal = seal_of(sealed, [entry["leaf"] for entry in entries])
    return draws.add_draw(session, sealed | {"drawn_at": now, "seal": seal}, entries)


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
    return store.add_call(session, call)
