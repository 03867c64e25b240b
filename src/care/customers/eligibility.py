"""Whether a customer could be drawn, and if not, why."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.customers.order import Position, entering
from care.customers.order_queries import pointer
from care.customers.queries import StandingRow, change_customer, standing_rows
from care.customers.turn_distance import turn_distance
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key
from care.db.tables.customer import customers
from care.settings import Policy
from care.times.zones import local_date
from care.words import IN_THE_ORDER, Eligibility, LedgerKind, Status, Usable


def refresh_eligibility(
    session: Session,
    ids: Sequence[int],
    settings: Policy,
    now: datetime,
    *,
    by_hand: bool = False,
    later: list[LedgerRow] | None = None,
) -> None:
    """Works out standing and position of these customers anew, and records who left and who entered the order.

    The ledger gets the standing and never the words of why: it cannot be erased, and words may be somebody's secret.
    ``by_hand`` says that somebody chose just these customers: how near their turn they were is recorded as well.
    ``later`` takes what is to be recorded where something else must be on record first.
    """
    today, key = local_date(now, settings.timezone), draw_key(session)
    recorded: list[LedgerRow] = []
    for row in standing_rows(session, list(ids)):
        standing = eligibility_of(facts_of(row), settings.statuses, today)
        if standing is row.standing:
            continue
        changed: dict[str, Any] = {"standing": standing}
        was_in, is_in = row.standing in IN_THE_ORDER, standing in IN_THE_ORDER
        if is_in and not was_in:
            place = entering(key, row.uid, Position(row.cycle, row.place), pointer(session, row.stratum))
            changed |= {"cycle": place.cycle, "place": place.place}
            entered = {"cycle": place.cycle, "standing": standing.value}
            recorded.append(LedgerRow(LedgerKind.IN, entered, row.id, row.uid))
        elif was_in and not is_in:
            until = row.paused_until.isoformat() if standing is Eligibility.PAUSED and row.paused_until else None
            facts_out = {"reason": standing.value, "until": until}
            facts_out |= turn_distance(session, row, settings) if by_hand else {}
            recorded.append(LedgerRow(LedgerKind.OUT, facts_out, row.id, row.uid))
        change_customer(session, row.id, changed)
    if later is None:
        append_to_ledger(session, recorded, now)
    else:
        later += recorded


def end_rests(session: Session, settings: Policy, now: datetime) -> None:
    """Brings back everyone whose pause or rest is over; the one step of a draw that grows with their number."""
    today = local_date(now, settings.timezone)
    ids = ids_with_rest_over(session, today)
    clear_past_dates(session, today)
    for start in range(0, len(ids), 1000):
        refresh_eligibility(session, ids[start : start + 1000], settings, now)


class EligibilityFacts(NamedTuple):
    """What a standing is worked out from; ``phones`` is the usability of each of their numbers."""

    status: Status
    phones: tuple[Usable, ...] = ()
    dnc_reason: str | None = None
    merged_into: int | None = None
    paused_until: date | None = None
    free_on: date | None = None
    planned: int = 0


def facts_of(row: StandingRow) -> EligibilityFacts:
    """What the standing of a stored customer is worked out from."""
    phones = tuple(Usable(word) for word in row.phones.split(",")) if row.phones else ()
    return EligibilityFacts(
        row.status, phones, row.dnc_reason, row.merged_into, row.paused_until, row.free_on, row.planned
    )


_BY_STATUS = {
    Status.PROSPECT: Eligibility.PROSPECT,
    Status.ACTIVE: Eligibility.ACTIVE,
    Status.FORMER: Eligibility.FORMER,
}


def eligibility_of(facts: EligibilityFacts, statuses: Collection[Status], today: date) -> Eligibility:
    """The first reason that applies, in the order of ``Eligibility``; ``callable`` when none does.

    ``paused_until`` and ``free_on`` are the first days on which the customer can be drawn again.
    """
    if facts.merged_into is not None:
        return Eligibility.MERGED
    if facts.dnc_reason is not None:
        return Eligibility.DO_NOT_CALL
    if facts.status not in statuses:
        return _BY_STATUS[facts.status]
    if all(phone is Usable.NO for phone in facts.phones):
        return Eligibility.NO_PHONE
    if facts.planned:
        return Eligibility.PLANNED
    if facts.paused_until is not None and facts.paused_until > today:
        return Eligibility.PAUSED
    if facts.free_on is not None and facts.free_on > today:
        return Eligibility.RESTING
    return Eligibility.CALLABLE


def ids_with_rest_over(session: Session, today: date) -> list[int]:
    """Customers whose pause or rest has come to its end by today, through the indexes of those dates."""
    paused = select(customers.c.id).where(customers.c.paused_until <= today)
    resting = select(customers.c.id).where(customers.c.free_on <= today)
    return sorted({*session.execute(paused).scalars(), *session.execute(resting).scalars()})


def clear_past_dates(session: Session, today: date) -> None:
    """Clears pauses and rests that are over, so that nobody comes back twice."""
    paused = update(customers).where(customers.c.paused_until <= today)
    session.execute(paused.values(paused_until=None, pause_reason=None))
    session.execute(update(customers).where(customers.c.free_on <= today).values(free_on=None))
