"""Planning a week: its draw, and the times of its calls."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from care.calls import errors
from care.calls.draw import draw_week, extend_week
from care.calls.queries import drawn_in, draws_of, last_draw, off_weeks, open_calls
from care.calls.records import DrawRequest, NoTime, Plan
from care.calls.slots.give_time import write_times
from care.calls.slots.propose import BusyTimes, propose_times, untimed_in
from care.calls.week import show_plan
from care.db.settings import policy
from care.db.tables.draw import Draw
from care.settings import Policy
from care.times.weeks import Week
from care.times.zones import local_date, local_time


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
    parts = draws_of(session, str(week))
    check_week(week, last_draw(session), off_weeks(session), settings, now, drawn=bool(parts))
    request = DrawRequest(str(week), wanted or settings.calls_per_week, callers, explicit_clock)
    new: list[int] = []
    if not parts:
        new = draw_week(session, request, settings, now)
    elif wanted is not None:
        new = extend_week(session, request, parts, settings, now)
    planned, drawn = open_calls(session), drawn_in(session, str(week))
    untimed = untimed_in(week, planned)
    proposal = propose_times(week, untimed, planned, drawn, settings, now, busy or {}, callers=callers, new=new)
    write_times(session, proposal, settings)
    return show_plan(session, week, new=not parts, no_time=proposal.no_time)


def check_week(
    week: Week, last: Draw | None, off: Mapping[str, str], settings: Policy, now: datetime, *, drawn: bool
) -> None:
    """Raises where a week cannot be planned now: ClockSetBack, WeekBehind, WeekAhead or WeekIsOff.

    ``last`` is the last draw there was, ``off`` the weeks marked off with the reason of each, and ``drawn`` says
    whether the week has a plan.
    """
    this = Week.of(local_date(now, settings.timezone))
    if last is not None and now < last.drawn_at:  # first, for then every other reason may be wrong as well
        raise errors.ClockSetBack(local_time(last.drawn_at, settings.timezone))
    if week < this or (last is not None and str(week) < last.week):
        raise errors.WeekBehind(week, last.week if last else None, drawn)
    if week > this.next():
        raise errors.WeekAhead(week, this.next())
    if str(week) in off:
        raise errors.WeekIsOff(week, off[str(week)])


def times_missing(
    session: Session, week: Week, now: datetime, busy: BusyTimes | None = None
) -> tuple[bool, tuple[NoTime, ...]]:
    """Whether planning a drawn week again would give a call a time, and the calls that would still have none."""
    settings = policy(session)
    if not settings.slots or week < Week.of(local_date(now, settings.timezone)):
        return False, ()
    planned, drawn = open_calls(session), drawn_in(session, str(week))
    untimed = untimed_in(week, planned)
    proposal = propose_times(week, untimed, planned, drawn, settings, now, busy or {})
    return bool(proposal.starts), proposal.no_time
