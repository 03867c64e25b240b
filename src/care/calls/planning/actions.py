"""Where planning meets the store: drawing a week, skipping, adding a chosen call, a week off."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from care.calls import errors
from care.calls.actions import has_plan, planned_call, show_plan, week_to_plan
from care.calls.drawing.actions import draw_week, extend_week, step_up
from care.calls.drawing.draw import frame_of, seats_in
from care.calls.drawing.taking.actions import DrawRequest
from care.calls.records import Plan, PlanPreview, Reserve
from care.customers.actions import restand
from care.settings import Policy
from care.store import calls as store
from care.store import customers as store_customers
from care.store import draws, ledger
from care.store.ledger import LedgerRow
from care.store.settings import policy
from care.times.weeks import Week
from care.times.zones import local_date
from care.words import CallKind, CallState, LedgerKind, Standing


def _check_week(session: Session, week: Week, settings: Policy, now: datetime) -> None:
    this = Week.of(local_date(now, settings.timezone))
    last = draws.last_draw(session)
    if last is not None and now < last.drawn_at:  # first, for then every other reason may be wrong as well
        raise errors.ClockSetBack(last.drawn_at.isoformat())
    if week < this or (last is not None and str(week) < last.week):
        raise errors.WeekBehind(week, last.week if last else None, has_plan(session, week))
    if week > this.next():
        raise errors.WeekAhead(week, this.next())
    off = store.off_weeks(session)
    if str(week) in off:
        raise errors.WeekIsOff(week, off[str(week)])


def plan_week(
    session: Session, week: Week, now: datetime, *, wanted: int | None, callers: Sequence[str], explicit_clock: bool
) -> Plan:
    """Draws the week's calls, or extends a drawn week to ``wanted`` calls with the next in order; None leaves it.

    Raises WeekBehind, WeekAhead, WeekIsOff, ClockSetBack, NobodyToDraw or FewerCalls.
    """
    settings = policy(session)
    _check_week(session, week, settings, now)
    request = DrawRequest(str(week), wanted or settings.calls_per_week, callers, explicit_clock)
    drawn = has_plan(session, week)
    if not drawn:
        draw_week(session, request, settings, now)
    elif wanted is not None:
        extend_week(session, request, settings, now)
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
    behind = min(settings.reserves_for(seats), frame.eligible - seats)
    reserves = tuple(Reserve(seats + rank) for rank in range(1, behind + 1))
    return PlanPreview(str(week), frame, asked, seats, reserves)


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
    _skip(session, row, reason, settings, now)
    return show_plan(session, Week.parse(row.week), now)


def call_off(
    session: Session, customer_id: int, reason: str, now: datetime, *, replace: bool, explicit_clock: bool
) -> None:
    """Takes the open calls of a customer who is not to be called out of the plan.

    ``replace`` lets a reserve step up beside a drawn one: it was the customer who said so, not we.
    """
    settings = policy(session)
    for row in store.open_calls(session, customer_id):
        _skip(session, row, reason, settings, now)
        over = row.week < str(Week.of(local_date(now, settings.timezone)))
        if replace and row.kind is CallKind.DRAWN and not over and not store.stands_beside(session, row.id):
            request = DrawRequest(row.week, settings.calls_per_week, [row.caller], explicit_clock)
            step_up(session, request, row.id, settings, now)


def _skip(session: Session, row: Any, reason: str, settings: Policy, now: datetime) -> None:
    store.change_call(session, row.id, {"state": CallState.SKIPPED, "closed_at": now, "skip_reason": reason})
    fact = {"call": row.id, "kind": row.kind.value, "caller": row.caller}
    ledger.append(session, [LedgerRow(LedgerKind.SKIP, fact, row.customer_id, row.uid)], now)
    restand(session, [row.customer_id], settings, now)


def add_chosen(
    session: Session, customer_id: int, on: date | None, caller: str, now: datetime, *, at: datetime | None = None
) -> int:
    """The id of a chosen call with a customer, beside the draw; an open one they already have is moved to that day."""
    settings = policy(session)
    existing = planned_call(session, customer_id)
    if existing is not None:
        if on is not None:
            move_call(session, existing, on, at)
        return existing
    return new_call(session, customer_id, CallKind.CHOSEN, on or local_date(now, settings.timezone), caller, now, at=at)


def move_call(session: Session, call_id: int, on: date, at: datetime | None) -> None:
    """Notes on which day a planned call is to be made, and when; it stays in the week it was drawn for."""
    store.change_call(session, call_id, {"not_before": on, "starts_at": at, "zone": policy(session).timezone})


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
        "week": str(max(Week.of(on), week_to_plan(session, now))),
        "not_before": on if on > local_date(now, settings.timezone) else None,
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
