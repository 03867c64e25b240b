"""A draw with a fault in it: the verifier, which shares no code with it, says so on a store the fault made."""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from care.calls.frame import chance_in, excluded_by_reason, seats_for
from care.calls.queries import draws_of, last_draw
from care.calls.seal import entry_leaf, seal_of
from care.calls.seats import Shared, owed_after, share_out, tie_by
from care.calls.skip import skip_call
from care.calls.take import _callable_among, _waiting_ahead
from care.calls.tries import Try, record_try
from care.customers.add import add_customer
from care.customers.edit import Edit, edit_customer
from care.customers.order import (
    Position,
    crossed_over,
    entering,
    joining,
    moved_on,
    place_of,
    position_in,
    stratum_of,
    switched,
)
from care.customers.order_queries import first_in_order, move_pointer, still_to_come
from care.customers.policy import change_setting
from care.person.leave import pause_customer
from care.times.weeks import Week
from care.verify.check import verify
from care.words import Outcome, Strata
from stores import MONDAY, Store, draft, in_segments, phone


def eventful_weeks(store: Store) -> None:
    """Weeks in which everything happens that the rules of the order are about."""
    store.take(in_segments(24, "Retail", "trade", None))
    setting(store, "rest_days", 14, 0)
    store.plan(Week(2026, 48), MONDAY, wanted=8)
    end_calls(store, 0, unreached=1)
    setting(store, "strata", "segment", 1)
    store.plan(Week(2026, 49), day(7), wanted=4)
    with store.changing(day(8)) as session:
        skip_call(session, planned(store)[-1], "ill", day(8))
        edit_customer(session, drawn(store, planned(store)[1]), Edit(segment="Trade"), day(8))
        edit_customer(session, drawn(store, planned(store)[2]), Edit(segment="retail"), day(8))
    store.plan(Week(2026, 49), day(8), wanted=6)
    for number in (1, 2, 3):
        with store.changing(day(9)) as session:
            pause_customer(session, number, date(2026, 12, 12), None, day(9))
    end_calls(store, 9, unreached=2)
    with store.changing(day(10)) as session:
        for number in range(6):
            add_customer(session, draft(f"New {number}", phone(900 + number), segment="retail"), day(10))
    for week in range(2, 4):
        store.plan(Week.of(day(7 * week).date()), day(7 * week), wanted=6)
        end_calls(store, 7 * week, unreached=0)
    store.plan(Week.of(day(22).date()), day(22), wanted=7)


def day(number: int) -> Any:
    return MONDAY + timedelta(days=number)


def setting(store: Store, key: str, value: object, on: int) -> None:
    with store.changing(day(on)) as session:
        change_setting(session, key, value, day(on))


def planned(store: Store) -> list[int]:
    return [number for (number,) in store.rows("SELECT id FROM call WHERE state = 'planned' ORDER BY id")]


def drawn(store: Store, call: int) -> int:
    return int(store.one("SELECT customer_id FROM call WHERE id = ?", call))


def end_calls(store: Store, on: int, unreached: int) -> None:
    """Tries every open call: the first few in vain, so that reserves step up, and the others are held."""
    for number, call in enumerate(planned(store)):
        outcome = Outcome.NO_ANSWER if number < unreached else Outcome.REACHED
        with store.changing(day(on)) as session:
            record_try(session, call, Try(day(on), "Ann", outcome, explicit_clock=True), day(on))


def equal_shares(strata: Any, seats: int, tie: Any) -> Shared:
    return share_out([stratum._replace(in_order=1) for stratum in strata], seats, tie)


def no_leaves(draw: Any, leaves: Any) -> str:
    return seal_of(draw, [])


def first_draw(session: Any) -> Any:
    last = last_draw(session)
    return None if last is None else last._replace(seal=draws_of(session, "2026-W48")[0].seal)


def less_than_rank(strata: Any, entries: Any, entry: Any) -> tuple[int, int]:
    seats, of = chance_in(strata, entries, entry)
    return seats - 1, of


def behind_the_pointer(key: bytes, uid: str, pointer: Any, base: int = 1) -> Position:
    return position_in(key, uid, pointer.cycle if pointer else base)


def two_cycles_on(key: bytes, uid: str, position: Any, pointer: Any) -> Position:
    return position_in(key, uid, moved_on(key, uid, position, pointer).cycle + 1)


def same_cycle(key: bytes, uid: str, pointer: Any, base: int = 1) -> Position:
    return position_in(key, uid, pointer.cycle if pointer else base)


FAULTS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "rank <= made rank <": (chance_in, less_than_rank),
    "one call more": (seats_for, lambda wanted, *facts: seats_for(wanted, *facts) + 1),
    "reasons lost": (excluded_by_reason, lambda standings: {}),
    "seats by equal shares": (share_out, equal_shares),
    "what was owed forgotten": (owed_after, lambda sealed, base: {}),
    "ties without the key": (tie_by, lambda key, week: lambda name: len(name)),
    "held back counted in": (_callable_among, lambda session, ids: {}),
    "leaves without a salt": (entry_leaf, lambda salt, *facts: entry_leaf("", *facts)),
    "a seal without leaves": (seal_of, no_leaves),
    "the wrong seal before": (last_draw, first_draw),
    "one place for all cycles": (place_of, lambda key, uid, cycle: place_of(key, uid, 1)),
    "62 bits of a place": (place_of, lambda key, uid, cycle: place_of(key, uid, cycle) >> 1),
    "newcomers behind the pointer": (joining, behind_the_pointer),
    "a passed place kept": (entering, lambda key, uid, position, pointer: position),
    "two cycles on": (moved_on, two_cycles_on),
    "crossing into the running cycle": (crossed_over, same_cycle),
    "nobody had their turn at the switch": (
        switched,
        lambda key, uid, position, pointer, base: position_in(key, uid, base),
    ),
    "strata as they are written": (
        stratum_of,
        lambda segment, strata: (segment or "") if strata is Strata.SEGMENT else "",
    ),
    "the next in order left out": (
        first_in_order,
        lambda session, stratum, count: first_in_order(session, stratum, count + 1)[1:],
    ),
    "still to come < made <=": (
        still_to_come,
        lambda session, stratum, cycle: still_to_come(session, stratum, cycle - 1),
    ),
    "those who rest not named": (_waiting_ahead, lambda *facts: []),
    "the pointer not moved": (move_pointer, lambda *facts: None),
}


def plant(monkeypatch: pytest.MonkeyPatch, sound: Callable[..., Any], broken: Callable[..., Any]) -> None:
    """Puts the broken function wherever care knows the sound one; the verifier must not know it."""
    name = sound.__name__
    knows = [module for module in list(sys.modules.values()) if vars(module).get(name) is sound]
    inside = [module for module in knows if module.__name__.startswith("care.")]
    assert inside
    assert not [module for module in inside if module.__name__.startswith("care.verify")]
    for module in inside:
        monkeypatch.setattr(module, name, broken)


def problems(store: Store) -> list[str]:
    with store.reading() as session:
        return [problem.what for problem in verify(session, None).problems]


def test_the_sound_draw_is_clean(store: Store) -> None:
    eventful_weeks(store)
    assert problems(store) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_draw_is_named(store: Store, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as planted:
        plant(planted, *FAULTS[fault])
        eventful_weeks(store)
    assert problems(store), fault
