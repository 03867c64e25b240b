"""The days ahead as callers and customers have them: what is free, who can be called when, why a call fits nowhere."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from care.calls.slots import reasons
from care.calls.slots.clocks import caller_clock, public_holidays
from care.calls.slots.free import holds, spans_of, starts_in, without
from care.calls.slots.records import Busy, Clock, Lengths, Sought, Span
from care.calls.slots.timing import possible_starts
from care.settings import Policy
from care.times.hours import say_hours
from care.times.zones import at_midnight, local_date, local_time

_DAY = timedelta(days=1)


class Planned(NamedTuple):
    """A call that has a time already: its number, whom it is with, who makes it, and when."""

    call_id: int
    name: str
    caller: str
    span: Span


class Diary:
    """Some days, one after the other, as the callers and their customers have them.

    ``days`` are dates in the zone of whoever is asked about; what is before ``now`` is over. Holidays are those of the
    team's country and of the customer's.
    """

    def __init__(
        self,
        settings: Policy,
        days: Sequence[date],
        now: datetime,
        busy: Mapping[str, Sequence[Busy]],
        planned: Sequence[Planned] = (),
    ) -> None:
        self.lengths = Lengths(timedelta(minutes=settings.call_minutes), timedelta(minutes=settings.gap_minutes))
        self._settings = settings
        self._days = [days[0] - _DAY, *days, days[-1] + _DAY]  # their Monday may be our Sunday
        self._first, self._last = (
            at_midnight(days[0], settings.timezone),
            at_midnight(days[-1] + _DAY, settings.timezone),
        )
        self._now = now
        self._busy = busy
        self._planned = planned
        self._theirs = lru_cache(maxsize=None)(self._customer_spans)
        self._free: dict[str, list[Span]] = {}

    def free_of(self, caller: str) -> list[Span]:
        """When a caller could call: their slots, less what is over, holidays, their busy times and planned calls."""
        if caller not in self._free:
            gap = self.lengths.gap
            calls = [one.span for one in self._planned if one.caller == caller]
            taken = [Span(span.start - gap, span.end + gap) for span in calls]
            self._free[caller] = without(self._open_to(caller), taken)
        return self._free[caller]

    def starts_of(self, caller: str) -> list[datetime]:
        """Where the calls of a caller would begin, one after the other."""
        return starts_in(self.free_of(caller), self.lengths)

    def can_be_called(self, clock: Clock, not_before: date | None = None) -> tuple[Span, ...]:
        """When a customer can be called, from a day of ours on; never on a holiday of their country."""
        spans = self._theirs(clock)
        if not_before is None:
            return spans
        return tuple(without(spans, [Span(_ago(spans), at_midnight(not_before, self._settings.timezone))]))

    def working_day(self, theirs: Sequence[Span]) -> date:
        """The first of our days on which a call in the customer's hours is possible, none of our holidays."""
        closed = self._holidays(self._settings.country)
        zone = self._settings.timezone
        days = sorted({local_date(span.start, zone) for span in theirs if span.start >= self._first})
        return next((day for day in days if day not in closed and day.weekday() < 5), self._days[1])

    def why_not(self, call: Sought, clock: Clock, *, alone: bool) -> str:
        """Why a call that wants a time finds none; ``alone`` where one person calls."""
        callers = [caller for caller in call.callers if caller_clock(caller, self._settings).hours]
        if not callers:
            return reasons.no_slots(call.callers, alone=alone)
        theirs, ours = reasons.their_hours(clock, self._settings.timezone), reasons.slots_of(callers, alone=alone)
        ever = spans_of(clock.hours, self._days, clock.zone)
        if not any(possible_starts(self._slots(caller), ever, self.lengths) for caller in callers):
            return reasons.never_meet(theirs, ours)
        if any(possible_starts(self._open_to(caller), call.spans, self.lengths) for caller in callers):
            return reasons.all_taken(theirs, ours)
        starts = [possible_starts(self._open_to(caller, holidays=False), ever, self.lengths) for caller in callers]
        days = sorted({local_date(start, self._settings.timezone) for mine in starts for start in mine})
        return reasons.only_on_holidays(theirs, days) if days else reasons.not_this_week(theirs, ours)

    def against(self, call: Planned, clock: Clock) -> tuple[str, ...]:
        """What speaks against the time of a call: another call of its caller, or the customer's hours."""
        zone, found = self._settings.timezone, []
        for other in self._planned:
            meets = other.span.start < call.span.end and call.span.start < other.span.end
            if meets and other.call_id != call.call_id and other.caller == call.caller:
                at = local_time(other.span.start, zone)
                found.append(f"c{call.call_id} overlaps c{other.call_id} with {other.name} at {at:%H:%M}.")
        start, length = call.span.start, call.span.end - call.span.start
        if not holds(self._theirs(clock), start, length):
            there = local_time(start, clock.zone)
            holiday = there.date() in self._holidays(clock.country)
            hours = say_hours(clock.hours).replace("-", "–")
            why = "a public holiday for them" if holiday else f"outside the hours they are called in, {hours}"
            shown = f"{there:%A %H:%M} in {reasons.city_of(clock.zone)}" if clock.zone != zone else f"{there:%A %H:%M}"
            found.append(f"{shown} is {why}.")
        return tuple(found)

    def _slots(self, caller: str) -> list[Span]:
        clock = caller_clock(caller, self._settings)
        return self._within(spans_of(clock.hours, self._days, clock.zone))

    def _open_to(self, caller: str, *, holidays: bool = True) -> list[Span]:
        """The slots of a caller, less what is over, busy, or a holiday of ours where these count."""
        clock = caller_clock(caller, self._settings)
        if not clock.hours:
            return []
        closed = self._holidays(clock.country) if holidays else frozenset()
        spans = self._within(spans_of(clock.hours, self._days, clock.zone, closed))
        busy = [Span(one.starts_at.astimezone(UTC), one.ends_at.astimezone(UTC)) for one in self._busy.get(caller, ())]
        return without(spans, [Span(_ago(spans), self._now), *busy])

    def _within(self, spans: Sequence[Span]) -> list[Span]:
        """The spans as far as they lie in the days, by the team's clock."""
        return without(spans, [Span(_ago(spans), self._first), Span(self._last, self._last + 9 * _DAY)])

    def _customer_spans(self, clock: Clock) -> tuple[Span, ...]:
        return tuple(spans_of(clock.hours, self._days, clock.zone, self._holidays(clock.country)))

    def _holidays(self, country: str | None) -> frozenset[date]:
        return public_holidays(country, {day.year for day in self._days})


def _ago(spans: Sequence[Span]) -> datetime:
    """An instant before all of them."""
    return min((span.start for span in spans), default=datetime(1970, 1, 2, tzinfo=UTC)) - _DAY
