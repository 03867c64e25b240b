"""The events of calls: what they say now, and what was last written of them."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from re import fullmatch
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from care.calls.move import move_call
from care.calls.queries import IS_PLANNED, calls_of_week, change_call, drawn_after, draws_of, open_call, select_calls
from care.calls.records import CallRow
from care.chain import digest
from care.customers.find import person
from care.customers.queries import PERSON, with_company
from care.customers.records import Person
from care.db.fetch import fetch
from care.db.settings import draw_key, policy
from care.db.tables.call import calls
from care.db.tables.columns import inline
from care.db.tables.customer import customers
from care.db.tables.draw import draws
from care.interviews.brief import brief
from care.interviews.calendar_events.reconcile import is_past, span_of
from care.interviews.calendar_events.records import CalendarEvent, CallEvent, Event, EventSpan, LastWritten
from care.interviews.calendar_events.wording import description_of, dial_of, plain, summary_of
from care.owed.queries import unkept_promises
from care.times.weeks import Week
from care.times.zones import local_date, local_time
from care.touches.dates import next_anniversary
from care.words import CallState, Eligibility

_UID = r"care-(.+)-[0-9a-f]{24}"

_TRIED = (CallState.HELD, CallState.UNREACHED, CallState.REFUSED)

_WORKDAYS = 5

DATES_DAYS = 28
"""How far ahead birthdays are written into a calendar."""


def call_events(session: Session, caller: str, calendar: str, now: datetime) -> tuple[CallEvent, ...]:
    """The caller's calls still to be made, and those that were written into this calendar and are to go from it.

    What was tried stays in the calendar as it is, once its time is past.
    """
    events = []
    for row in calendar_calls(session):
        given = LastWritten.read(row.published)
        written = given if given.calendar == calendar else None
        planned = row.state is CallState.PLANNED
        event = _event(session, row, given, now) if planned and row.caller == caller else None
        stays = row.state in _TRIED and is_past(_span(session, row, now), now)
        if event is not None or (written is not None and not stays):
            events.append(_call_event(session, row, event, written, given))
    return tuple(events)


def week_events(session: Session, week: Week, callers: Collection[str] | None, now: datetime) -> tuple[CallEvent, ...]:
    """The calls of a week's plan with their events, of these callers or of all; a skipped one is cancelled.

    A skipped call that was never given out has no event.
    """
    parts = draws_of(session, str(week))
    since = parts[0].drawn_at if parts else None
    events = []
    for row in calls_of_week(session, str(week), since, drawn_after(session, str(week))):
        skipped = row.state is CallState.SKIPPED and row.ics_uid is not None
        if (callers is None or row.caller in callers) and (row.state is CallState.PLANNED or skipped):
            given = LastWritten.read(row.published)
            event = _event(session, row, given, now, cancelled=skipped)
            events.append(_call_event(session, row, event, None, given))
    return tuple(events)


def note_given(session: Session, given: Collection[CallEvent]) -> None:
    """Remembers what was written of calls into a file, so that the next one counts on from it."""
    for call in given:
        if call.event is not None:
            published = call.given._replace(said=call.event.said).text()
            sequence = call.event.sequence
            change_call(session, call.call_id, ics_uid=call.uid, ics_sequence=sequence, published=published)


def is_noted(call: CallEvent) -> bool:
    """Whether what would be given out is what was given out last."""
    return call.event is not None and call.given.said == call.event.said


def note_written(session: Session, call: CallEvent, there: CalendarEvent, calendar: str, *, left: bool = False) -> None:
    """Remembers an event as it stands in the calendar, which is what both sides agree on from now on.

    ``left`` says that the words there are somebody else's: those we wrote before are still what we remember.
    """
    if call.event is None or there.span is None:
        return
    before = call.written or LastWritten()
    words, words_there = (before.words, before.there) if left else (call.event.words, there.words)
    kept = LastWritten(call.event.said, calendar, there.span.key, words, words_there, call.event.words if left else "")
    sequence = max(call.event.sequence, there.sequence)
    published = kept.text()
    change_call(session, call.call_id, ics_uid=call.uid, ics_sequence=sequence, etag=there.etag, published=published)


def note_gone(session: Session, call: CallEvent) -> None:
    """Remembers that a call has no event any more; should it get one again, that one counts on."""
    change_call(session, call.call_id, ics_sequence=call.sequence + 1, etag=None, published=None)


def take_time(session: Session, call: CallEvent, there: CalendarEvent, calendar: str) -> None:
    """Gives a call the time its event was moved to in the calendar. Raises NoSuchCall, CallIsOver."""
    open_call(session, call.call_id)
    if there.span is None:
        return
    start, end = there.span
    if isinstance(start, datetime) and isinstance(end, datetime):
        move_call(session, call.call_id, local_date(start, policy(session).timezone), start)
        change_call(session, call.call_id, ends_at=end)
    else:
        move_call(session, call.call_id, start, None)
        change_call(session, call.call_id, ends_at=None)
    given = call.given._replace(calendar=calendar, when=there.span.key)
    change_call(session, call.call_id, published=given.text(), etag=there.etag)


def published_uids(session: Session, calendar: str, customer_id: int | None = None) -> frozenset[str]:
    """The UIDs of the events that were written into this calendar, of one customer's calls or of all."""
    rows = [row for row in calendar_calls(session) if customer_id in (None, row.customer_id)]
    written = [row for row in rows if LastWritten.read(row.published).calendar == calendar]
    return frozenset(row.ics_uid for row in written if row.ics_uid)


def our_uids(session: Session) -> Callable[[str], bool]:
    """What tells an event this store wrote from everybody else's, also where the store no longer knows of it."""
    key = draw_key(session)

    def is_ours(uid: str) -> bool:
        match = fullmatch(_UID, uid)
        return match is not None and uid == _signed(key, match[1])

    return is_ours


def coming_dates(session: Session, now: datetime) -> tuple[Event, ...]:
    """The birthdays of the coming weeks and the promises still to be kept, each an event of one day."""
    key, today = draw_key(session), local_date(now, policy(session).timezone)
    last = today + timedelta(days=DATES_DAYS)
    events = []
    for row in with_birthdays(session, {today.month, last.month}):
        on = next_anniversary(row.birth_day, row.birth_month, today)
        if on <= last:
            whom = person(row)
            name = summary_of(whom).removeprefix("Call ")
            events.append(_day(key, f"birthday-{row.id}-{on.year}", on, f"Birthday of {name}", dial_of(whom.phone)))
    for promised in unkept_promises(session):
        what, done = f"Promised to {promised.name}: {promised.what}", f"care owed done p{promised.id}"
        events.append(_day(key, f"p{promised.id}", promised.due_on, what, dial_of(promised.phone), done))
    return tuple(sorted(events, key=lambda one: (one.span.start, one.uid)))


def _day(key: bytes, about: str, on: date, summary: str, dial: str | None, description: str = "") -> Event:
    return Event(_signed(key, about), 0, EventSpan(on, on + timedelta(days=1)), plain(summary), description, dial)


def _signed(key: bytes, about: str) -> str:
    """A UID that is always the same for this thing of this store, and that no other store gives to anything."""
    return f"care-{about}-{digest('calendar', key, about)[:24]}"


def _call_event(
    session: Session, row: CallRow, event: Event | None, written: LastWritten | None, given: LastWritten
) -> CallEvent:
    uid = row.ics_uid or _signed(draw_key(session), f"c{row.id}")
    return CallEvent(row.id, row.name, uid, row.state, row.caller, event, written, given, row.ics_sequence)


def _event(session: Session, row: CallRow, given: LastWritten, now: datetime, *, cancelled: bool = False) -> Event:
    known = brief(session, row.customer_id, row.caller, now)
    seal = seal_of_draw(session, row.draw_id) if row.draw_id else None
    event = Event(
        uid=row.ics_uid or _signed(draw_key(session), f"c{row.id}"),
        sequence=row.ics_sequence,
        span=_span(session, row, now),
        summary=summary_of(Person(row.customer_id, row.name, row.company)),
        description=description_of(known, row.id, row.starts_at, seal, row.caller),
        dial=dial_of(known.customer.phone),
        cancelled=cancelled,
    )
    return event if given.said in ("", event.said) else event._replace(sequence=row.ics_sequence + 1)


def _span(session: Session, row: CallRow, now: datetime) -> EventSpan:
    zone = row.zone or policy(session).timezone
    starts_at, ends_at = (at and local_time(at, zone) for at in (row.starts_at, row.ends_at))
    return span_of(starts_at, ends_at, policy(session).call_minutes, _days(session, row, now))


def _days(session: Session, row: CallRow, now: datetime) -> tuple[date, date]:
    """The day a call without a time is kept for, else the working days of its week, or of this one if that is over."""
    if row.not_before:
        return row.not_before, row.not_before + timedelta(days=1)
    week = Week.parse(row.week)
    if row.state is CallState.PLANNED:
        week = max(week, Week.of(local_date(now, policy(session).timezone)))
    return week.monday, week.monday + timedelta(days=_WORKDAYS)


def calendar_calls(session: Session) -> list[CallRow]:
    """Calls that may have to do with a calendar: those still to be made, and those something was given out of."""
    wanted = select_calls().where(or_(IS_PLANNED, calls.c.published.is_not(None)))
    return fetch(session, CallRow, wanted.order_by(calls.c.week, calls.c.id))


class _Birthday(NamedTuple):
    id: int
    name: str
    company: str | None
    phone: str | None
    zone: str | None
    birth_day: int
    birth_month: int


def with_birthdays(session: Session, months: Iterable[int]) -> list[_Birthday]:
    """Those born in these months, but for whom we are to leave alone."""
    born = customers.c.birth_month.in_(list(months)) & customers.c.birth_day.is_not(None)
    left = customers.c.standing.in_((inline(Eligibility.MERGED), inline(Eligibility.DO_NOT_CALL)))
    chosen = select(*PERSON, customers.c.birth_day, customers.c.birth_month).select_from(with_company())
    return fetch(session, _Birthday, chosen.where(born, ~left).order_by(customers.c.id))


def seal_of_draw(session: Session, draw_id: int) -> str:
    """The seal of one draw."""
    return str(session.execute(select(draws.c.seal).where(draws.c.id == draw_id)).scalar_one())
