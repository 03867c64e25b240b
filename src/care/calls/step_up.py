"""Reserves of a week's draw who step up, and whom is drawn when they have run out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from care.calls.drawn_calls import Seat, plan_calls
from care.calls.frame import chance_in
from care.calls.queries import call_row, drawn_in, draws_of, entries_of
from care.calls.records import CallRow, DrawRequest
from care.calls.take import Seats, take
from care.customers.eligibility import end_rests, refresh_eligibility
from care.customers.order_queries import counts_by_stratum, move_pointer
from care.customers.queries import customer_of, customer_row
from care.customers.records import CustomerRow
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.tables.draw import Draw, DrawEntry
from care.settings import Policy
from care.words import Eligibility, LedgerKind, Role


class Reserves(NamedTuple):
    """Those in reserve of one stratum of a week who had no call of it, in rank; each is asked for once.

    ``parts`` and ``entries`` are the draws they stand in, and ``had`` everybody who had a call of the week.
    """

    parts: Mapping[int, Draw]
    entries: Sequence[DrawEntry]
    had: frozenset[int]
    stratum: str
    waiting: Iterator[DrawEntry]


def step_up(session: Session, request: DrawRequest, beside: int, settings: Policy, now: datetime) -> int | None:
    """The id of the call of the week's next reserve, or None when nobody is left to call.

    ``beside`` is the call that did not reach its customer, whose stratum the reserve is of. When the reserves have run
    out, the next in order is drawn and sealed as a supplement.
    """
    end_rests(session, settings, now)  # who steps up, too, is one of all who could be drawn on that day
    missed = call_row(session, beside)
    stratum = customer_of(session, missed.customer_id).stratum if missed else ""
    reserves = reserves_of(session, draws_of(session, request.week), drawn_in(session, request.week), stratum)
    return next_reserve(session, request, reserves, beside, settings, now)


def reserves_of(session: Session, parts: Sequence[Draw], drawn: Sequence[CallRow], stratum: str = "") -> Reserves:
    """The reserves of the draws of one week. ``drawn`` are the calls these gave."""
    had = frozenset(call.customer_id for call in drawn)
    entries = entries_of(session, parts)
    waiting = (
        entry
        for entry in entries
        if entry.role is Role.RESERVE and entry.stratum == stratum and entry.customer_id not in had
    )
    return Reserves({part.id: part for part in parts}, entries, had, stratum, waiting)


def next_reserve(
    session: Session, request: DrawRequest, reserves: Reserves, beside: int | None, settings: Policy, now: datetime
) -> int | None:
    """The id of the call of the next of these reserves, or of a supplement; None when nobody is left to call.

    ``beside`` is the call that did not reach its customer, or None where the week is extended.
    """
    for entry in reserves.waiting:
        customer = customer_row(session, entry.customer_id or 0)
        if customer is not None and _can_step_up(customer, entry):
            return _plan_reserve(session, request, reserves, entry, customer, beside, settings, now)
    seats = Seats(1, beside=beside, stratum=reserves.stratum, had=reserves.had)
    return next(iter(take(session, request, seats, counts_by_stratum(session), settings, now)), None)


def _can_step_up(customer: CustomerRow, entry: DrawEntry) -> bool:
    """Whether a reserve can be called and stands where the seal says: they may have left the order and come back."""
    position = (customer.uid, customer.stratum, customer.cycle, customer.place)
    return customer.standing is Eligibility.CALLABLE and position == (
        entry.uid,
        entry.stratum,
        entry.cycle,
        entry.place,
    )


def _plan_reserve(
    session: Session,
    request: DrawRequest,
    reserves: Reserves,
    entry: DrawEntry,
    customer: CustomerRow,
    beside: int | None,
    settings: Policy,
    now: datetime,
) -> int:
    of_draw = [other for other in reserves.entries if other.draw_id == entry.draw_id]
    chance = chance_in(reserves.parts[entry.draw_id].strata, of_draw, entry)
    seat = Seat(customer.id, entry.rank, request.callers[0], *chance)
    [call_id] = plan_calls(session, request.week, entry.draw_id, [seat], beside)
    move_pointer(session, entry.stratum, customer.cycle, customer.place)
    fact = {"week": request.week, "call": call_id, "beside": beside}
    append_to_ledger(session, [LedgerRow(LedgerKind.STEP, fact, customer.id, customer.uid)], now)
    refresh_eligibility(session, [customer.id], settings, now)
    return call_id
