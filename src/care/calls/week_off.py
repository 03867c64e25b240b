"""Weeks in which nobody calls."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from care.calls import errors
from care.calls.queries import has_plan, off_weeks
from care.calls.records import Plan
from care.calls.week import show_plan
from care.db.settings import policy
from care.db.tables.call import weeks_off
from care.times.weeks import Week
from care.times.zones import local_date


def take_week_off(session: Session, week: Week, reason: str, now: datetime) -> Plan:
    """Marks a week without a plan as off. Raises WrongUsage where it is drawn already or over."""
    if has_plan(session, week):
        raise errors.WeekIsDrawn(week)
    if week < Week.of(local_date(now, policy(session).timezone)):
        raise errors.WeekBehind(week, None)
    if str(week) not in off_weeks(session):
        session.execute(insert(weeks_off).values(week=str(week), reason=reason))
    return show_plan(session, week)
