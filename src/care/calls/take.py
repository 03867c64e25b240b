"""Taking the next in order of each stratum, as one sealed draw with its calls."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, tuple_
from sqlalchemy.orm import Session

from care import chain
from care.calls.drawn_calls import Seat, plan_calls
from care.calls.errors import ClockSetBack
from care.calls.frame import frame_of, in_order
from care.calls.queries import last_draw
from care.calls.records import DrawRequest
from care.calls.seal import entries_in_rank, seal_of
from care.calls.seats import Shared, Stratum, owed_after, reserves_behind, seat_beside, share_out, tie_by
from care.calls.slots.assign import callers_in_turn
from care.clock import secret_bytes
from care.customers.eligibility import refresh_eligibility
from care.customers.order_queries import (
    ORDER,
    PLACED,
    PlacedRow,
    all_pointers,
    base,
    first_in_order,
    move_pointer,
    still_to_come,
)
from care.db.bulk import added
from care.db.fetch import fetch
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key
from care.db.tables.call import calls
from care.db.tables.columns import inline
from care.db.tables.customer import customers
from care.db.tables.draw import Draw, draw_entries, draws
from care.settings import Policy, draw_policy
from care.times.zones import local_time
from care.words import CallKind, CallState, Eligibility, LedgerKind, Role, Strata

Counts = Mapping[str, Mapping[Eligibility, int]]
"""How many customers of each standing every stratum has."""


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


class _Taken(NamedTuple):
    """What a draw takes from one stratum: the called, those in reserve, and those deferred ahead of them, each why.

    ``still_to_come`` counts those who could be drawn up to the cycle of the last one called.
    """

    called: Sequence[PlacedRow]
    standing_by: Sequence[PlacedRow]
    deferred: Sequence[tuple[PlacedRow, str]]
    still_to_come: int

    @property
    def pointer(self) -> tuple[int, int]:
        """Where the draw has come to with them: cycle and place of the last one called."""
        return self.called[-1].cycle, self.called[-1].place

    @property
    def chance(self) -> tuple[int, int]:
        """The chance of each of the called: so many seats among so many still to come."""
        return len(self.called), self.still_to_come


def take(
    session: Session, request: DrawRequest, seats: Seats, counts: Counts, settings: Policy, now: datetime
) -> list[int]:
    """Seals the next in order as one draw and plans their calls; the ids of these, none without anybody to draw.

    ``counts`` are those of this moment. Raises ClockSetBack where the clock is behind the last draw, unless the seat is
    beside another.
    """
    last = last_draw(session)
    if not _may_take(last, request, seats, settings, now):
        return []
    held_back = _callable_among(session, seats.had) if seats.had else {}
    strata = strata_to_share(counts, last, base(session), held_back)
    shared = _shared(session, strata, request, seats)
    if not shared.picks:
        return []
    behind = reserves_behind(strata, shared, seats.reserves, settings)
    taken = {name: _taken(session, name, n, behind[name], seats.had) for name, n in Counter(shared.picks).items()}
    before = all_pointers(session)
    for name, part in taken.items():
        move_pointer(session, name, *part.pointer)
    sealed = [
        _stratum_facts(stratum.name, counts[stratum.name], taken.get(stratum.name), before.get(stratum.name))
        for stratum in strata
    ]
    if settings.strata is not Strata.NONE:  # what shares are worked out from; a store without strata seals no more
        for facts, stratum in zip(sealed, strata, strict=True):
            facts |= {
                "in_order": stratum.in_order,
                "held_back": held_back.get(stratum.name, 0),
                "owed": shared.owed[stratum.name],
                "base": base(session),
                "beside": seats.beside is not None,
            }
    called = _called_in_turn(shared.picks, taken)
    entries = list(entries_in_rank(_parts(called, taken), lambda: secret_bytes(16).hex()))
    draw_id = _seal(session, request, last, settings, now, sealed, entries)
    lapsed_in = _last_lapse_of(session, [customer.id for customer in called])
    callers = callers_in_turn(len(called), list(request.callers))
    seated = [
        Seat(customer.id, rank, caller, *taken[customer.stratum].chance, lapsed_in.get(customer.id))
        for rank, (customer, caller) in enumerate(zip(called, callers, strict=True), 1)
    ]
    call_ids = plan_calls(session, request.week, draw_id, seated, seats.beside)
    refresh_eligibility(session, [customer.id for customer in called], settings, now)
    return call_ids


def _may_take(last: Draw | None, request: DrawRequest, seats: Seats, settings: Policy, now: datetime) -> bool:
    if last is None:
        return True
    if now < last.drawn_at:
        if seats.beside is not None:
            return False  # the try in vain is kept all the same; only nobody steps up under such a clock
        raise ClockSetBack(local_time(last.drawn_at, settings.timezone))
    return last.week <= request.week  # draws only go forward


def strata_to_share(counts: Counts, last: Draw | None, base: int, held_back: Mapping[str, int]) -> list[Stratum]:
    """The strata of these counts, each with what the last draw of this order left it owed, in the order of names."""
    owed = owed_after(last.strata if last else (), base)
    return [
        Stratum(name, in_order(by), by.get(Eligibility.CALLABLE, 0) - held_back.get(name, 0), owed.get(name, 0))
        for name, by in sorted(counts.items())
        if any(n for standing, n in by.items() if standing is not Eligibility.MERGED)
    ]


def _shared(session: Session, strata: Sequence[Stratum], request: DrawRequest, seats: Seats) -> Shared:
    if seats.beside:
        return seat_beside(strata, seats.stratum)
    return share_out(strata, seats.called, tie_by(draw_key(session), request.week))


def _taken(session: Session, stratum: str, seats: int, reserves: int, had: Collection[int]) -> _Taken:
    ahead: Sequence[PlacedRow] = first_in_order(session, stratum, seats + reserves + len(had))
    drawn = [customer for customer in ahead if customer.id not in had][: seats + reserves]
    end = (drawn[-1].cycle, drawn[-1].place)
    deferred = [(PlacedRow(*row[:-1]), row.standing.value) for row in _waiting_ahead(session, stratum, *end)]
    skipped = [customer for customer in ahead if customer.id in had and (customer.cycle, customer.place) < end]
    deferred += [(customer, CallState.SKIPPED.value) for customer in skipped]
    called = drawn[:seats]
    return _Taken(called, drawn[seats:], deferred, still_to_come(session, stratum, called[-1].cycle))


def _stratum_facts(
    name: str, counts: Mapping[Eligibility, int], taken: _Taken | None, pointer: tuple[int, int] | None
) -> dict[str, Any]:
    """What is sealed of a stratum. ``pointer`` is where the draw before left it; who is taken lies after it."""
    frame = frame_of(counts)
    return {
        "customers": frame.customers,
        "eligible": frame.eligible,
        "excluded": frame.excluded,
        "stratum": name,
        "still_to_come": taken.still_to_come if taken else 0,
        "seats": len(taken.called) if taken else 0,
        "pointer_before": pointer,
        "pointer_after": max(taken.pointer, pointer or taken.pointer) if taken else pointer,
    }


def _called_in_turn(picks: Sequence[str], taken: Mapping[str, _Taken]) -> list[PlacedRow]:
    in_turn = {name: iter(part.called) for name, part in taken.items()}
    return [next(in_turn[name]) for name in picks]


def _parts(called: Sequence[PlacedRow], taken: Mapping[str, _Taken]) -> list[tuple[Role, PlacedRow, str | None]]:
    """Who takes part in a draw, in rank: the called, then those in reserve, then the deferred, stratum by stratum."""
    parts: list[tuple[Role, PlacedRow, str | None]] = [(Role.CALLED, customer, None) for customer in called]
    parts += [(Role.RESERVE, customer, None) for part in taken.values() for customer in part.standing_by]
    parts += [(Role.DEFERRED, customer, why) for part in taken.values() for customer, why in part.deferred]
    return parts


def _seal(
    session: Session,
    request: DrawRequest,
    last: Draw | None,
    settings: Policy,
    now: datetime,
    strata: Sequence[Mapping[str, Any]],
    entries: Sequence[Mapping[str, Any]],
) -> int:
    """The id of the draw, written with its entries and its row in the ledger."""
    fact = {
        "week": request.week,
        "part": last.part + 1 if last and last.week == request.week else 1,
        "seats": sum(stratum["seats"] for stratum in strata),
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
    draw_id = added(session, draws, sealed | {"drawn_at": now, "seal": seal})
    session.execute(insert(draw_entries), [{**entry, "draw_id": draw_id} for entry in entries])
    return draw_id


class _Waiting(NamedTuple):
    """A customer by their place in the order, with why they cannot be drawn."""

    id: int
    uid: str
    stratum: str
    cycle: int
    place: int
    standing: Eligibility


def _waiting_ahead(session: Session, stratum: str, cycle: int, place: int) -> list[_Waiting]:
    """Customers resting or planned whose position lies before that one: deferred, they come first when free."""
    waiting = customers.c.standing.in_((inline(Eligibility.RESTING), inline(Eligibility.PLANNED)))
    before = tuple_(*ORDER) < (cycle, place)
    chosen = select(*PLACED, customers.c.standing).where(waiting, customers.c.stratum == stratum, before)
    return fetch(session, _Waiting, chosen.order_by(*ORDER))


def _callable_among(session: Session, ids: Collection[int]) -> dict[str, int]:
    """How many of these customers could be drawn, by stratum."""
    mine = customers.c.id.in_(list(ids)) & (customers.c.standing == Eligibility.CALLABLE)
    counted = select(customers.c.stratum, func.count()).where(mine).group_by(customers.c.stratum)
    return {stratum: int(n) for stratum, n in session.execute(counted)}


def _last_lapse_of(session: Session, customer_ids: Sequence[int]) -> dict[int, str]:
    """For customers whose latest drawn call lapsed or was skipped: the week it did."""
    latest = (
        select(func.max(calls.c.id))
        .where(calls.c.customer_id.in_(customer_ids), calls.c.kind == CallKind.DRAWN)
        .group_by(calls.c.customer_id)
    )
    gone = calls.c.state.in_((CallState.LAPSED, CallState.SKIPPED))
    lapsed = session.execute(select(calls.c.customer_id, calls.c.week).where(calls.c.id.in_(latest), gone))
    return {row.customer_id: row.week for row in lapsed}
