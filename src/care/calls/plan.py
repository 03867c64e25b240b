"""Where planning meets the store: drawing a week, skipping, adding a chosen call, a week off."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, insert, or_, select
from sqlalchemy.orm import Session

from care.calls import errors
from care.calls.draw import draw_week, extend_week
from care.calls.frame import frame_of, seats_in
from care.calls.queries import drawn_in, off_weeks
from care.calls.records import NoTime, Plan, PlanPreview, Reserve
from care.calls.slots.propose import BusyTimes, count_free, propose_times, untimed_calls, write_times
from care.calls.taking import DrawRequest
from care.calls.week import has_plan, show_plan
from care.customers import queries
from care.customers.order_queries import last_draw
from care.db.settings import policy
from care.db.tables.call import weeks_off
from care.db.tables.customer import customers
from care.settings import Policy
from care.times.weeks import Week
from care.times.zones import local_date, local_time
from care.words import Standing


def _check_week(session: Session, week: Week, settings: Policy, now: datetime) -> None:
    this = Week.of(local_date(now, settings.timezone))
    last = last_draw(session)
    if last is not None and now < last.drawn_at:  # first, for then every other reason may be wrong as well
        raise errors.ClockSetBack(local_time(last.drawn_at, settings.timezone))
    if week < this or (last is not None and str(week) < last.week):
        raise errors.WeekBehind(week, last.week if last else None, has_plan(session, week))
    if week > this.next():
        raise errors.WeekAhead(week, this.next())
    off = off_weeks(session)
    if str(week) in off:
        raise errors.WeekIsOff(week, off[str(week)])


def plan_week(
    session: Session,
    week: Week,
    now: datetime,
    *,
    wanted: int | None,
    callers: Sequence[str],
    explicit_clock: bool,
    busy: BusyTimes | None = None,
) -> Plan:
    """Draws the week's calls, or extends a drawn week to ``wanted`` calls with the next in order; None leaves it.

    Calls that have no time get one in the slots of whoever makes them, beside the ``busy`` times of each caller. Raises
    WeekBehind, WeekAhead, WeekIsOff, ClockSetBack, NobodyToDraw or FewerCalls.
    """
    settings = policy(session)
    _check_week(session, week, settings, now)
    request = DrawRequest(str(week), wanted or settings.calls_per_week, callers, explicit_clock)
    drawn = has_plan(session, week)
    before = {row.id for row in drawn_in(session, str(week))}
    if not drawn:
        draw_week(session, request, settings, now)
    elif wanted is not None:
        extend_week(session, request, settings, now)
    new = {row.id for row in drawn_in(session, str(week))} - before
    rows = untimed_calls(session, week)
    proposal = propose_times(session, week, settings, now, busy or {}, rows, callers, new)
    write_times(session, proposal, settings)
    return show_plan(session, week, now, new=not drawn, no_time=proposal.no_time)


def times_missing(
    session: Session, week: Week, now: datetime, busy: BusyTimes | None = None
) -> tuple[bool, tuple[NoTime, ...]]:
    """Whether planning a drawn week again would give a call a time, and the calls that would still have none."""
    settings = policy(session)
    if not settings.slots or week < Week.of(local_date(now, settings.timezone)):
        return False, ()
    rows = untimed_calls(session, week)
    proposal = propose_times(session, week, settings, now, busy or {}, rows)
    return bool(proposal.starts), proposal.no_time


def preview(
    session: Session,
    week: Week,
    now: datetime,
    wanted: int | None,
    callers: Sequence[str] = (),
    busy: BusyTimes | None = None,
) -> PlanPreview:
    """What drawing that week now would be made from, without drawing. Raises as ``plan_week`` does.

    The slots are counted and nobody's hours are looked at: even that would say something of who comes next.
    """
    settings = policy(session)
    _check_week(session, week, settings, now)
    standings = dict(queries.standings(session))
    for standing, n in waking_counts(session, local_date(now, settings.timezone)).items():
        standings[standing] = standings.get(standing, 0) - n
        standings[Standing.CALLABLE] = standings.get(Standing.CALLABLE, 0) + n
    frame = frame_of(standings)
    asked = wanted or settings.calls_per_week
    seats = min(frame.eligible, seats_in(standings, asked, settings))
    behind = min(settings.reserves_for(seats), frame.eligible - seats)
    reserves = tuple(Reserve(seats + rank) for rank in range(1, behind + 1))
    free = count_free(session, week, settings, now, busy or {}, callers or settings.callers)
    timed = None if free is None else min(seats, free)
    return PlanPreview(str(week), frame, asked, seats, reserves, timed=timed, free=free)


def take_week_off(session: Session, week: Week, reason: str, now: datetime) -> Plan:
    """Marks a week without a plan as off. Raises WrongUsage where it is drawn already or over."""
    if has_plan(session, week):
        raise errors.WeekIsDrawn(week)
    if week < Week.of(local_date(now, policy(session).timezone)):
        raise errors.WeekBehind(week, None)
    if str(week) not in off_weeks(session):
        mark_off(session, str(week), reason)
    return show_plan(session, week, now)


def mark_off(session: Session, week: str, reason: str) -> None:
    """Marks a week off."""
    session.execute(insert(weeks_off).values(week=week, reason=reason))


def waking_counts(session: Session, today: date) -> dict[Standing, int]:
    """How many of those whose pause or rest is over stand where still, for a plan that is only looked at."""
    due = or_(customers.c.paused_until <= today, customers.c.free_on <= today)
    asleep = customers.c.standing.in_((Standing.PAUSED, Standing.RESTING))
    counted = select(customers.c.standing, func.count()).where(due, asleep).group_by(customers.c.standing)
    return {Standing(standing): int(n) for standing, n in session.execute(counted)}
