"""Where times meet the store: dealing calls, giving them times in the slots, and proposing when to try again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from care.calls.queries import attempts_of, call_row, change_call, drawn_in, open_calls
from care.calls.records import NoTime
from care.calls.slots.assign import dealt_by_turns, is_owner
from care.calls.slots.clocks import customer_clock
from care.calls.slots.diary import Diary, Planned
from care.calls.slots.parts_of_day import NOBODY_ANSWERED, part_of, start_to_try
from care.calls.slots.records import Busy, Clock, Sought, Span
from care.calls.slots.timing import possible_starts, times_for
from care.settings import Policy
from care.times.weeks import Week
from care.times.zones import local_date, local_time
from care.words import CallKind, CallState

BusyTimes = Mapping[str, Sequence[Busy]]
"""The busy times of each caller, by name."""


LOOK_AHEAD = timedelta(days=14)
"""How far ahead a next try is proposed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who is to make which call, when, and which calls find no time; ``callers`` and ``starts`` are by call."""

    callers: dict[int, str] = field(default_factory=dict)
    starts: dict[int, datetime] = field(default_factory=dict)
    no_time: tuple[NoTime, ...] = ()


def untimed_calls(session: Session, week: Week) -> list[Any]:
    """The open calls of a week's plan that have no time and may have one in it, in the order they were planned in."""
    rows = [row for row in open_calls(session) if row.week <= str(week) and row.starts_at is None]
    return [row for row in rows if row.not_before is None or row.not_before <= week.sunday]


def propose_times(
    session: Session,
    week: Week,
    settings: Policy,
    now: datetime,
    busy: BusyTimes,
    rows: Sequence[Any],
    callers: Sequence[str] = (),
    new: Collection[int] = (),
    on: date | None = None,
) -> Proposal:
    """What times these open calls could have in that week, or ``on`` one day, nothing written.

    Calls that are ``new`` are dealt among the callers; the others stay with whom they have. Without any slots set
    calls are dealt all the same, and none gets a time.
    """
    if not rows:
        return Proposal()
    names = list(dict.fromkeys([*callers, *(row.caller for row in rows)]))
    mine = {row.id: tuple(callers) if row.id in new else (row.caller,) for row in rows}
    beside = [row for row in drawn_in(session, str(week)) if row.beside is None and row.id not in new]
    load = {name: sum(row.caller == name for row in beside) for name in names}
    if not settings.slots:
        dealt_anew = [Sought(row.id, mine[row.id], (), row.customer_owner) for row in rows if row.id in new]
        callers_of = zip((one.call_id for one in dealt_anew), dealt_by_turns(dealt_anew, load), strict=True)
        return Proposal(dict(callers_of))
    days = week.days() if on is None else [on]
    diary = Diary(settings, days, now, busy, _planned(open_calls(session), settings))
    sought = [
        Sought(row.id, mine[row.id], diary.can_be_called(_clock(row, settings), row.not_before), row.customer_owner)
        for row in rows
    ]
    free = {name: diary.free_of(name) for name in names}
    timed = times_for(sought, free, load, diary.lengths)
    found = Proposal(
        {one.call_id: got.caller for one, got in zip(sought, timed, strict=True)},
        {one.call_id: got.start for one, got in zip(sought, timed, strict=True) if got.start},
    )
    alone = len({*settings.callers, *names}) < 2
    left = [
        NoTime(row.id, diary.why_not(one, _clock(row, settings), alone=alone))
        for row, one in zip(rows, sought, strict=True)
        if row.id not in found.starts
    ]
    return Proposal(found.callers, found.starts, tuple(left))


def write_times(session: Session, proposal: Proposal, settings: Policy) -> None:
    """Writes who makes the calls, and their times."""
    for call_id, caller in proposal.callers.items():
        values: dict[str, Any] = {"caller": caller}
        if call_id in proposal.starts:
            values |= time_columns(proposal.starts[call_id], settings)
        change_call(session, call_id, values)


def time_columns(start: datetime | None, settings: Policy) -> dict[str, Any]:
    """The columns of a call that begins then, or has no time."""
    end = None if start is None else start + timedelta(minutes=settings.call_minutes)
    return {"starts_at": start, "ends_at": end, "zone": settings.timezone if start else None}


def give_time(
    session: Session,
    call_id: int,
    settings: Policy,
    now: datetime,
    busy: BusyTimes | None = None,
    on: date | None = None,
) -> None:
    """Gives one planned call a time in its week, or ``on`` one day, if anybody has set slots and there is one.

    A call of the draw goes to another than whoever looks after the account, if there is another.
    """
    row = call_row(session, call_id)
    if row is None or row.starts_at is not None:
        return
    others = [one for one in settings.callers if not is_owner(one, row.customer_owner)]
    moves = row.kind is CallKind.DRAWN and is_owner(row.caller, row.customer_owner) and bool(others)
    if not settings.slots and not moves:
        return
    new = (call_id,) if moves else ()
    proposal = propose_times(session, Week.parse(row.week), settings, now, busy or {}, [row], others, new, on)
    write_times(session, proposal, settings)


def propose_next_try(
    session: Session, call_id: int, settings: Policy, now: datetime, busy: BusyTimes | None = None
) -> None:
    """Writes onto an open call when to try again: on another day, in another part of the customer's day.

    With slots that is a time in them, or where nothing fits, and without slots, a working day.
    """
    row = call_row(session, call_id)
    tries = [one for one in attempts_of(session, [call_id]) if one.outcome in NOBODY_ANSWERED]
    if row is None or row.state is not CallState.PLANNED or not tries:
        return
    clock = _clock(row, settings)
    today = local_date(now, settings.timezone)
    days = [today + timedelta(days=ahead) for ahead in range(1, LOOK_AHEAD.days + 1)]
    others = [one for one in open_calls(session) if one.id != call_id]
    diary = Diary(settings, days, now, busy or {}, _planned(others, settings))
    theirs = diary.can_be_called(clock, days[0])
    start = start_to_try(
        possible_starts(diary.free_of(row.caller), theirs, diary.lengths),
        [local_date(one.at, settings.timezone) for one in tries],
        [part_of(local_time(one.at, clock.zone).hour) for one in tries],
        lambda instant: local_date(instant, settings.timezone),
        lambda instant: local_time(instant, clock.zone).hour,
    )
    day = local_date(start, settings.timezone) if start else diary.working_day(theirs)
    change_call(session, call_id, {"not_before": day} | time_columns(start, settings))


def count_free(
    session: Session, week: Week, settings: Policy, now: datetime, busy: BusyTimes, callers: Sequence[str]
) -> int | None:
    """How many calls the slots of the callers still hold in a week; None while nobody has set any."""
    if not settings.slots:
        return None
    diary = Diary(settings, week.days(), now, busy, _planned(open_calls(session), settings))
    return sum(len(diary.starts_of(name)) for name in callers)


def warnings_of(session: Session, call_id: int, settings: Policy, now: datetime) -> tuple[str, ...]:
    """What speaks against the time of a call that was set by hand: another call of the caller, the customer's hours."""
    row = call_row(session, call_id)
    if row is None or row.starts_at is None:
        return ()
    around = local_date(row.starts_at, settings.timezone)
    diary = Diary(settings, [around], now, {}, _planned(open_calls(session), settings))
    return diary.against(_with_time(row, timedelta(minutes=settings.call_minutes)), _clock(row, settings))


def _clock(row: Any, settings: Policy) -> Clock:
    return customer_clock(row.customer_hours, row.customer_zone, row.customer_country, row.phone, settings)


def _planned(rows: Sequence[Any], settings: Policy) -> list[Planned]:
    """Those of the open calls that have a time."""
    length = timedelta(minutes=settings.call_minutes)
    return [_with_time(row, length) for row in rows if row.starts_at is not None]


def _with_time(row: Any, length: timedelta) -> Planned:
    return Planned(row.id, row.name, row.caller, Span(row.starts_at, row.ends_at or row.starts_at + length))
