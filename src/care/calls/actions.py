"""Where the plan meets the store: drawing a week, showing it, and what may be done to a planned call."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from care.calls import errors
from care.calls.drawing.actions import DrawRequest, draw_week, extend_week, frame_of, seats_in
from care.calls.records import AttemptRecord, CallRecord, Chance, Frame, Plan, PlanPreview, Reserve
from care.customers.actions import restand
from care.customers.records import Person
from care.settings import Policy
from care.store import calls as store
from care.store import customers as store_customers
from care.store import draws, ledger
from care.store.issues import untold_by_customer
from care.store.ledger import LedgerRow
from care.store.settings import policy
from care.times.weeks import Week
from care.times.zones import local_date
from care.words import CallKind, CallState, LedgerKind, Role, Standing

SATURDAY = 6


def week_to_plan(session: Session, now: datetime) -> Week:
    """The week a bare ``care plan`` means: this one, or the coming one from Saturday on."""
    today = local_date(now, policy(session).timezone)
    this = Week.of(today)
    return this.next() if today.isoweekday() >= SATURDAY else this


def has_plan(session: Session, week: Week) -> bool:
    """Whether the week was drawn."""
    return bool(draws.draws_of(session, str(week)))


def _check_week(session: Session, week: Week, settings: Policy, now: datetime) -> None:
    this = Week.of(local_date(now, settings.timezone))
    last = draws.last_draw(session)
    if week < this or (last is not None and str(week) < last.week):
        raise errors.WeekBehind(week, last.week if last else None)
    if week > this.next():
        raise errors.WeekAhead(week, this.next())
    if last is not None and now < last.drawn_at:
        raise errors.ClockSetBack(last.drawn_at.isoformat())
    off = store.off_weeks(session)
    if str(week) in off:
        raise errors.WeekIsOff(week, off[str(week)])


def plan_week(
    session: Session, week: Week, now: datetime, *, wanted: int | None, callers: Sequence[str], explicit_clock: bool
) -> Plan:
    """Draws the week's calls, or extends a drawn week to ``wanted`` calls with the next in order.

    Raises WeekBehind, WeekAhead, WeekIsOff, ClockSetBack, NobodyToDraw or FewerCalls.
    """
    settings = policy(session)
    _check_week(session, week, settings, now)
    request = DrawRequest(str(week), wanted or settings.calls_per_week, callers, explicit_clock)
    drawn = has_plan(session, week)
    (extend_week if drawn else draw_week)(session, request, settings, now)
    return show_plan(session, week, now, new=not drawn)


def preview(session: Session, week: Week, now: datetime, wanted: int | None) -> PlanPreview:
    """What drawing that week now would be made from, without drawing. Raises as ``plan_week`` does."""
    settings = policy(session)
    _check_week(session, week, settings, now)
    standings = dict(store_customers.standings(session))
    for standing, n in store_customers.waking_counts(session, local_date(now, settings.timezone)).items():
        standings[standing] = standings.get(standing, 0) - n
        standings[Standing.CALLABLE] = standings.get(Standing.CALLABLE, 0) + n
    frame = frame_of(standings)
    asked = wanted or settings.calls_per_week
    seats = min(frame.eligible, seats_in(standings, asked, settings))
    return PlanPreview(str(week), frame, asked, seats, min(settings.reserves_for(seats), frame.eligible - seats))


def show_plan(session: Session, week: Week, now: datetime, *, new: bool = False) -> Plan:
    """The plan of a week as it stands, drawn or not."""
    settings = policy(session)
    parts = draws.draws_of(session, str(week))
    rows = store.calls_of_week(session, str(week))
    records = call_records(session, rows, week)
    frame, wanted, bounded = None, settings.calls_per_week, None
    reserves: tuple[Reserve, ...] = ()
    if parts:
        stratum = parts[0].strata[0]
        frame = Frame(stratum["customers"], stratum["eligible"], stratum["excluded"])
        wanted = max(part.asked for part in parts)
        had = {row.customer_id for row in rows}
        entries = draws.entries_of(session, [part.id for part in parts], Role.RESERVE)
        reserves = tuple(Reserve(entry.rank) for entry in entries if entry.customer_id not in had)
        seats = sum(call.beside is None and call.draw_id is not None and call.week == str(week) for call in rows)
        bounded = seats if seats < wanted else None
    return Plan(
        week=str(week),
        monday=week.monday,
        sunday=week.sunday,
        drawn_at=parts[0].drawn_at if parts else None,
        seal=parts[-1].seal if parts else None,
        frame=frame,
        calls=records,
        reserves=reserves,
        held=sum(call.state is CallState.HELD for call in records),
        wanted=wanted,
        carried=sum(call.carried_from is not None or call.week < str(week) for call in records),
        off=store.off_weeks(session).get(str(week)),
        bounded=bounded,
        new=new,
    )


def call_records(session: Session, rows: Sequence[Any], shown: Week) -> tuple[CallRecord, ...]:
    """Calls as records, with their tries and what the plan of the week shown says of each."""
    tries: dict[int, list[AttemptRecord]] = {}
    for one in store.attempts_of(session, [row.id for row in rows]):
        tries.setdefault(one.call_id, []).append(AttemptRecord(one.at, one.outcome, one.caller))
    untold = untold_by_customer(session, [row.customer_id for row in rows])
    return tuple(_record(row, tuple(tries.get(row.id, ())), untold, shown) for row in rows)


def _record(row: Any, tries: tuple[AttemptRecord, ...], untold: Mapping[int, Sequence[Any]], shown: Week) -> CallRecord:
    notes = [f"tell: i{issue.id} {issue.state.value}" for issue in untold.get(row.customer_id, ())]
    if row.carried_from or (row.week < str(shown) and row.state is CallState.PLANNED):
        notes.append(f"from week {Week.parse(row.carried_from or row.week).number}")
    if row.beside:
        notes.append(f"beside c{row.beside}")
    return CallRecord(
        id=row.id,
        kind=row.kind,
        state=row.state,
        customer=Person(row.customer_id, row.name, row.company, row.phone, row.customer_zone),
        caller=row.caller,
        week=row.week,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        drawn_in=row.week if row.draw_id else None,
        chance=Chance(row.seats, row.seats_of) if row.seats and row.seats_of else None,
        attempts=tries,
        carried_from=row.carried_from,
        beside=row.beside,
        skip_reason=row.skip_reason,
        notes=tuple(notes),
    )


def one_call(session: Session, call_id: int, now: datetime) -> CallRecord:
    """One call. Raises NoSuchCall."""
    row = store.call_row(session, call_id)
    if row is None:
        raise errors.NoSuchCall(f"c{call_id}")
    return call_records(session, [row], Week.of(local_date(now, policy(session).timezone)))[0]


def next_call(session: Session, now: datetime) -> CallRecord | None:
    """The call to make next: planned, not tried today, in the order of the plan; None when all are made."""
    settings = policy(session)
    today = local_date(now, settings.timezone)
    rows = [row for row in store.open_calls(session) if row.week <= str(Week.of(today).next())]
    records = call_records(session, rows, Week.of(today))
    fresh = [one for one in records if not any(local_date(t.at, settings.timezone) == today for t in one.attempts)]
    return min(
        fresh, key=lambda one: (one.starts_at is None, one.starts_at or now, len(one.attempts), one.id), default=None
    )


def planned_call(session: Session, customer_id: int) -> int | None:
    """The id of the customer's open call, the earliest if there are several, or None."""
    rows = store.open_calls(session, customer_id)
    return rows[0].id if rows else None


def skip_call(session: Session, call_id: int, reason: str, now: datetime) -> Plan:
    """Takes a call out of the plan; its customer keeps the place and so comes first next week.

    Raises NoSuchCall, CallIsOver.
    """
    settings = policy(session)
    row = store.call_row(session, call_id)
    if row is None:
        raise errors.NoSuchCall(f"c{call_id}")
    if row.state is not CallState.PLANNED:
        raise errors.CallIsOver(call_id, row.name, row.state.value)
    store.change_call(session, call_id, {"state": CallState.SKIPPED, "closed_at": now, "skip_reason": reason})
    fact = {"call": call_id, "kind": row.kind.value, "reason": reason, "caller": row.caller}
    ledger.append(session, [LedgerRow(LedgerKind.SKIP, fact, row.customer_id, row.uid)], now)
    restand(session, [row.customer_id], settings, now)
    return show_plan(session, Week.parse(row.week), now)


def add_chosen(
    session: Session, customer_id: int, on: date | None, caller: str, now: datetime, *, at: datetime | None = None
) -> int:
    """The id of a chosen call with a customer, beside the draw; an open one they already have is kept as it is."""
    settings = policy(session)
    existing = planned_call(session, customer_id)
    if existing is not None:
        return existing
    return new_call(session, customer_id, CallKind.CHOSEN, on or local_date(now, settings.timezone), caller, now, at=at)


def new_call(
    session: Session,
    customer_id: int,
    kind: CallKind,
    on: date,
    caller: str,
    now: datetime,
    *,
    at: datetime | None = None,
) -> int:
    """The id of a planned call that no draw gave."""
    settings = policy(session)
    call = {
        "customer_id": customer_id,
        "week": str(Week.of(on)),
        "kind": kind,
        "state": CallState.PLANNED,
        "caller": caller,
        "starts_at": at,
        "zone": settings.timezone if at else None,
        "tries": 0,
        "ics_sequence": 0,
    }
    call_id = store.add_call(session, call)
    restand(session, [customer_id], settings, now)
    row = store_customers.customer_of(session, customer_id)
    fact = {"reason": Standing.PLANNED.value, "call": call_id, "kind": kind.value}
    ledger.append(session, [LedgerRow(LedgerKind.OUT, fact, customer_id, row.uid)], now)
    return call_id


def take_week_off(session: Session, week: Week, reason: str, now: datetime) -> Plan:
    """Marks a week without a plan as off. Raises WrongUsage where it is drawn already or over."""
    if has_plan(session, week):
        raise errors.WeekIsDrawn(week)
    if week < Week.of(local_date(now, policy(session).timezone)):
        raise errors.WeekBehind(week, None)
    if str(week) not in store.off_weeks(session):
        store.mark_off(session, str(week), reason)
    return show_plan(session, week, now)
