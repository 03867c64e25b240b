"""Who is to make which of a week's calls, and when. What it is decided from is read in ``give_time`` and ``plan``."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from care.calls.records import CallRow, NoTime
from care.calls.slots.assign import assign_callers
from care.calls.slots.clocks import customer_clock
from care.calls.slots.diary import Diary, Planned
from care.calls.slots.records import Busy, Clock, Sought, Span
from care.calls.slots.timing import times_for
from care.settings import Policy
from care.times.weeks import Week

BusyTimes = Mapping[str, Sequence[Busy]]
"""The busy times of each caller, by name."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who is to make which call, when, and which calls find no time; ``callers`` and ``starts`` are by call."""

    callers: dict[int, str] = field(default_factory=dict)
    starts: dict[int, datetime] = field(default_factory=dict)
    no_time: tuple[NoTime, ...] = ()


def untimed_in(week: Week, planned: Sequence[CallRow]) -> list[CallRow]:
    """Those of the open calls that have no time and may have one in that week, in the order they were planned in."""
    untimed = [call for call in planned if call.week <= str(week) and call.starts_at is None]
    return [call for call in untimed if call.not_before is None or call.not_before <= week.sunday]


def propose_times(
    week: Week,
    wanted: Sequence[CallRow],
    planned: Sequence[CallRow],
    drawn: Sequence[CallRow],
    settings: Policy,
    now: datetime,
    busy: BusyTimes,
    *,
    callers: Sequence[str] = (),
    new: Collection[int] = (),
    on: date | None = None,
) -> Proposal:
    """What times the ``wanted`` calls could have in a week, or ``on`` one day.

    ``planned`` are all open calls, ``drawn`` those the draws of the week gave. Calls that are ``new`` are assigned to
    the callers by turns; the others stay with whom they have. Without any slots set calls are assigned all the same,
    and none gets a time.
    """
    if not wanted:
        return Proposal()
    names = list(dict.fromkeys([*callers, *(call.caller for call in wanted)]))
    able = {call.id: tuple(callers) if call.id in new else (call.caller,) for call in wanted}
    load = load_of(names, drawn, new)
    if not settings.slots:
        fresh = [Sought(call.id, able[call.id], (), call.customer_owner) for call in wanted if call.id in new]
        return Proposal(dict(zip((call.call_id for call in fresh), assign_callers(fresh, load), strict=True)))
    diary = Diary(settings, week.days() if on is None else [on], now, busy, with_times(planned, settings))
    sought = [
        Sought(call.id, able[call.id], diary.can_be_called(clock_of(call, settings), call.not_before),
               call.customer_owner)
        for call in wanted
    ]  # fmt: skip
    timed = times_for(sought, {name: diary.free_of(name) for name in names}, load, diary.lengths)
    alone = len({*settings.callers, *names}) < 2
    return Proposal(
        {call.id: time.caller for call, time in zip(wanted, timed, strict=True)},
        {call.id: time.start for call, time in zip(wanted, timed, strict=True) if time.start},
        tuple(
            NoTime(call.id, diary.why_not(asked, clock_of(call, settings), alone=alone))
            for call, asked, time in zip(wanted, sought, timed, strict=True)
            if time.start is None
        ),
    )


def load_of(names: Sequence[str], drawn: Sequence[CallRow], new: Collection[int]) -> dict[str, int]:
    """How many of the calls drawn before each caller has; reserves who stepped up are not counted."""
    before = [call for call in drawn if call.beside is None and call.id not in new]
    return {name: sum(call.caller == name for call in before) for name in names}


def clock_of(call: CallRow, settings: Policy) -> Clock:
    """The hours and the zone of a call's customer."""
    return customer_clock(call.customer_hours, call.customer_zone, call.customer_country, settings)


def with_times(planned: Sequence[CallRow], settings: Policy) -> list[Planned]:
    """Those of the calls that have a time, each with it."""
    length = timedelta(minutes=settings.call_minutes)
    return [
        Planned(call.id, call.name, call.caller, Span(call.starts_at, call.ends_at or call.starts_at + length))
        for call in planned
        if call.starts_at is not None
    ]
