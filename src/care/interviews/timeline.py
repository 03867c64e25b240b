"""Where the timeline meets the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from care.calls.queries import select_calls
from care.customers.records import Moment
from care.db.tables.call import calls
from care.interviews.queries import answers_of, gold_of
from care.interviews.versions import earlier_versions
from care.issues.queries import issues_of_customer
from care.owed.queries import promises_with
from care.touches.touch import touches_with
from care.words import CallState


def timeline(session: Session, customer_id: int, *, earlier: bool = False) -> tuple[Moment, ...]:
    """Calls, answers, touches, issues and promises of one customer, the newest first.

    What was said in one talk stays in its order, below the talk. ``earlier`` adds how talks were recorded before they
    were put right, at the moment they were.
    """
    calls = calls_of_customer(session, customer_id)
    moments = [_call(row) for row in calls if row.held_at or row.closed_at]
    held = {row.id: row for row in calls if row.held_at}
    for one in answers_of(session, list(held)):
        if one.words:
            talk = held[one.call_id]
            moments.append(Moment(talk.held_at, one.key, one.words, caller=talk.caller, private=one.private))
    for one in gold_of(session, list(held)):
        moments.append(Moment(one.said_at, one.kind.value, one.words))
    for one in touches_with(session, customer_id):
        what = f"{one.purpose.value} in {one.area.value}" if one.area else one.purpose.value
        moments.append(Moment(one.at, what, one.words, caller=one.caller))
    for one in issues_of_customer(session, customer_id):
        moments.append(Moment(one.raised_at, "raised", _raised(one), f"i{one.id}"))
        if one.told_to_them_at:
            moments.append(Moment(one.told_to_them_at, "told", _told(one), f"i{one.id}"))
    for one in promises_with(session, customer_id):
        moments.append(
            Moment(one.made_at, "promised", f"{one.what} by {one.due_on.isoformat()}", f"p{one.id}", one.caller)
        )
        if one.settled_at:
            moments.append(Moment(one.settled_at, one.state.value, one.what, f"p{one.id}"))
    if earlier:
        moments += earlier_versions(session, customer_id)
    return tuple(sorted(moments, key=lambda moment: moment.at, reverse=True))


def _call(row: Any) -> Moment:
    at: datetime = row.held_at or row.closed_at
    if row.state is CallState.HELD:
        minutes = f", {row.minutes} minutes" if row.minutes is not None else ""
        return Moment(at, f"{row.kind.value} talk{minutes}", None, f"c{row.id}", row.caller)
    return Moment(at, f"{row.kind.value} call {row.state.value}", row.skip_reason, f"c{row.id}", row.caller)


def _raised(row: Any) -> str:
    return f"{row.title}: “{row.words}”" if row.words and row.words != row.title else str(row.title)


def _told(row: Any) -> str:
    return f"{row.title}: “{row.reaction}”" if row.reaction else str(row.title)


def calls_of_customer(session: Session, customer_id: int) -> Sequence[Any]:
    """All calls with a customer, oldest first."""
    return session.execute(select_calls().where(calls.c.customer_id == customer_id).order_by(calls.c.id)).all()
