"""What happened with one customer, across every noun."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.customers.records import TimelineEntry
from care.db.fetch import fetch
from care.db.tables.call import Call, calls
from care.interviews.queries import answers_of, gold_of
from care.interviews.versions import earlier_versions
from care.issues.queries import issues_of_customer
from care.owed.queries import promises_with
from care.touches.touch import touches_with
from care.words import CallState


def timeline(session: Session, customer_id: int, *, earlier: bool = False) -> tuple[TimelineEntry, ...]:
    """Calls, answers, touches, issues and promises of one customer, the newest first.

    What was said in one talk stays in its order, below the talk. ``earlier`` adds how talks were recorded before they
    were put right, at the moment they were.
    """
    moments = [
        *_talks(session, customer_id),
        *_touches(session, customer_id),
        *_issues(session, customer_id),
        *_promises(session, customer_id),
    ]
    if earlier:
        moments += earlier_versions(session, customer_id)
    return tuple(sorted(moments, key=lambda moment: moment.at, reverse=True))


def _talks(session: Session, customer_id: int) -> Iterator[TimelineEntry]:
    """Every call that came to its end, then what was said in those that were held."""
    calls = _calls_with(session, customer_id)
    for call in calls:
        at = call.held_at or call.closed_at
        if at is not None:
            yield TimelineEntry(at, *_call_words(call), f"c{call.id}", call.caller)
    held = {call.id: (call.held_at, call.caller) for call in calls if call.held_at is not None}
    for answer in answers_of(session, list(held)):
        if answer.words:
            at, caller = held[answer.call_id]
            yield TimelineEntry(at, answer.key, answer.words, caller=caller, private=answer.private)
    for passage in gold_of(session, list(held)):
        yield TimelineEntry(passage.said_at, passage.kind.value, passage.words)


def _call_words(call: Call) -> tuple[str, str | None]:
    """What a call was, and why it was skipped."""
    if call.state is CallState.HELD:
        minutes = "" if call.minutes is None else f", {call.minutes} minutes"
        return f"{call.kind.value} talk{minutes}", None
    return f"{call.kind.value} call {call.state.value}", call.skip_reason


def _touches(session: Session, customer_id: int) -> Iterator[TimelineEntry]:
    for touch in touches_with(session, customer_id):
        area = f" in {touch.area.value}" if touch.area else ""
        yield TimelineEntry(touch.at, f"{touch.purpose.value}{area}", touch.words, caller=touch.caller)


def _issues(session: Session, customer_id: int) -> Iterator[TimelineEntry]:
    for issue in issues_of_customer(session, customer_id):
        words = issue.words if issue.words != issue.title else None
        yield TimelineEntry(issue.raised_at, "raised", _quoted(issue.title, words), f"i{issue.id}")
        if issue.told_to_them_at:
            yield TimelineEntry(issue.told_to_them_at, "told", _quoted(issue.title, issue.reaction), f"i{issue.id}")


def _quoted(title: str, words: str | None) -> str:
    return f"{title}: “{words}”" if words else title


def _promises(session: Session, customer_id: int) -> Iterator[TimelineEntry]:
    for promise in promises_with(session, customer_id):
        what = f"{promise.what} by {promise.due_on.isoformat()}"
        yield TimelineEntry(promise.made_at, "promised", what, f"p{promise.id}", promise.caller)
        if promise.settled_at:
            yield TimelineEntry(promise.settled_at, promise.state.value, promise.what, f"p{promise.id}")


def _calls_with(session: Session, customer_id: int) -> Sequence[Call]:
    """All calls with a customer, oldest first."""
    return fetch(session, Call, select(calls).where(calls.c.customer_id == customer_id).order_by(calls.c.id))
