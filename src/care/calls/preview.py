"""What a draw would be made from."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from care.calls.frame import frame_of, seats_in
from care.calls.plan import check_week
from care.calls.queries import has_plan, last_draw, off_weeks, open_calls
from care.calls.records import PlanPreview, Reserve
from care.calls.slots.diary import Diary
from care.calls.slots.propose import BusyTimes, with_times
from care.customers.queries import standings
from care.db.settings import policy
from care.db.tables.customer import customers
from care.settings import Policy
from care.times.weeks import Week
from care.times.zones import local_date
from care.words import Eligibility


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
    check_week(week, last_draw(session), off_weeks(session), settings, now, drawn=has_plan(session, week))
    counts = standings(session)
    for standing, n in _waking_counts(session, local_date(now, settings.timezone)).items():
        counts[standing] = counts.get(standing, 0) - n
        counts[Eligibility.CALLABLE] = counts.get(Eligibility.CALLABLE, 0) + n
    frame = frame_of(counts)
    asked = wanted or settings.calls_per_week
    seats = min(frame.eligible, seats_in(counts, asked, settings))
    behind = min(settings.reserves_for(seats), frame.eligible - seats)
    reserves = tuple(Reserve(seats + rank) for rank in range(1, behind + 1))
    free = _count_free(session, week, settings, now, busy or {}, callers or settings.callers)
    timed = None if free is None else min(seats, free)
    return PlanPreview(str(week), frame, asked, seats, reserves, timed=timed, free=free)


def _count_free(
    session: Session, week: Week, settings: Policy, now: datetime, busy: BusyTimes, callers: Sequence[str]
) -> int | None:
    """How many calls the slots of the callers still hold in a week; None while nobody has set any."""
    if not settings.slots:
        return None
    diary = Diary(settings, week.days(), now, busy, with_times(open_calls(session), settings))
    return sum(len(diary.starts_of(name)) for name in callers)


def _waking_counts(session: Session, today: date) -> dict[Eligibility, int]:
    """How many of those whose pause or rest is over stand where still, for a plan that is only looked at."""
    due = or_(customers.c.paused_until <= today, customers.c.free_on <= today)
    asleep = customers.c.standing.in_((Eligibility.PAUSED, Eligibility.RESTING))
    counted = select(customers.c.standing, func.count()).where(due, asleep).group_by(customers.c.standing)
    return {Eligibility(standing): int(n) for standing, n in session.execute(counted)}
