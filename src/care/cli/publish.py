"""Writing the plan into my calendar, and taking back what was changed there.

Every event is a small transaction of its own, after the plan's: whatever a server does, the plan is kept.
"""

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from care.cli.run import Run
from care.errors import NoCalendar, WrongUsage

if TYPE_CHECKING:
    from care.exchange.calendars.opening import Place
    from care.exchange.calendars.port import Calendar
    from care.interviews.calendar_events.reconcile import Decision
    from care.interviews.calendar_events.records import CalendarEvent, CallEvent


@dataclass
class Published:
    """What came of it: how many events were written or removed, whether the plan changed, and what went wrong."""

    written: int = 0
    took: int = 0
    failure: NoCalendar | None = None
    told: list[str] = field(default_factory=list)

    def then(self, run: Run, hint: str) -> None:
        """The natural next command on stderr; or the one line that says what went wrong, as an error."""
        for line in self.told:
            run.notice(line)
        if self.failure is not None:
            raise self.failure
        run.hint(f"Written to your calendar. {hint}" if self.written else hint)


def publish(
    run: Run, *, wanted: bool = True, force: bool = False, sync: bool = False, dates: bool = False,
    gone: Collection[str] = (),
) -> Published:  # fmt: skip
    """Writes into my calendar what changed in the plan; with ``sync`` first takes over what changed there.

    ``force`` goes on where the calendar looks emptied. ``gone`` are the UIDs of events that are to go in any case.
    Raises what ``checked_calendar`` does.
    """
    place = checked_calendar(sync=sync) if wanted or sync else None
    if place is None:
        return Published()
    done = Published()
    try:
        with ExitStack() as stack:
            _Publishing(run, place, stack, done, force=force, sync=sync, writes=wanted).go(dates=dates, gone=gone)
    except NoCalendar as failure:
        done.failure = failure
    return done


def checked_calendar(*, sync: bool = False) -> "Place | None":
    """My calendar, None where none is set; asked before anything is done, so that a wrong one leaves all as it was.

    Raises WrongUsage where one wants to read back a calendar that is not set, and what ``my_calendar`` does.
    """
    from care.cli.calendars import my_calendar

    place = my_calendar()
    if place is None and sync:
        raise WrongUsage("there is no calendar to read back. Set one: care config set calendar URL.")
    return place


def written_events(run: Run, customer_id: int | None = None) -> frozenset[str]:
    """The UIDs of what stands in my calendar, of one customer's calls or of all; nothing where I have none."""
    place = checked_calendar()
    if place is None:
        return frozenset()
    from care.interviews.calendar_events.events import published_uids

    with run.reading() as session:
        return published_uids(session, place.mark, customer_id)


class _Publishing:
    """One pass over my calls and the calendar."""

    def __init__(
        self, run: Run, place: "Place", stack: ExitStack, done: Published, *, force: bool, sync: bool, writes: bool
    ) -> None:
        self.run, self.place, self.done, self.stack = run, place, done, stack
        self.force, self.sync, self.writes = force, sync, writes

    def go(self, *, dates: bool, gone: Collection[str]) -> None:
        """Looks, says where the calendar looks emptied, takes over with ``sync``, then writes."""
        from care.exchange.calendars.opening import opened
        from care.interviews.calendar_events.reconcile import Decision, EventStep, decide, looks_emptied, missing

        mine = self._mine()
        if not mine and not dates and not gone:
            return
        calendar = self.stack.enter_context(opened(self.place))
        there = calendar.find([call.uid for call in mine] + list(gone))
        lost, of = missing(mine, there, self.run.now)
        if looks_emptied(lost, of) and not self.force:
            self._tell_emptied(lost, of)
            return
        if self.sync and self._take_over(calendar, mine, there):
            mine = self._mine()
            there = calendar.find([call.uid for call in mine] + list(gone))
        for call in mine:
            what = decide(call, there.get(call.uid), self.run.now)
            if what.step is EventStep.DELETED and self.force and not self.sync:
                what = Decision(EventStep.CREATE, True, True)
            self._do(calendar, call, there.get(call.uid), what)
        self._remove(calendar, [there[uid] for uid in gone if uid in there])
        if dates and self.writes:
            self._dates(calendar)

    @cached_property
    def zone(self) -> str:
        """The team's zone, in which times are said."""
        with self.run.reading() as session:
            return self.run.policy(session).timezone

    def _mine(self) -> "tuple[CallEvent, ...]":
        from care.interviews.calendar_events.events import call_events

        with self.run.reading() as session:
            return call_events(session, self.run.caller_in(session), self.place.mark, self.run.now)

    def _take_over(
        self, calendar: "Calendar", mine: "Collection[CallEvent]", there: Mapping[str, "CalendarEvent"]
    ) -> bool:
        """Takes over what was moved and asks about what was deleted; whether that was anything."""
        from care.interviews.calendar_events.reconcile import EventStep, decide

        found = False
        for call in mine:
            standing = there.get(call.uid)
            step = decide(call, standing, self.run.now).step
            if step is EventStep.MOVED and standing is not None:
                self._take_time(call, standing)
            elif step is EventStep.DELETED:
                self._deleted(calendar, call, standing)
            found = found or step in (EventStep.MOVED, EventStep.DELETED)
        return found

    def _tell_emptied(self, lost: int, of: int) -> None:
        more = "care plan --sync --force asks about each" if self.sync else "care plan --force writes them anew"
        self.done.told.append(
            f"{lost} of the {of} calls care wrote are gone from your calendar. Is it the right one? "
            f"Nothing was changed there; {more}."
        )

    def _do(self, calendar: "Calendar", call: "CallEvent", there: "CalendarEvent | None", what: "Decision") -> None:
        from care.exchange.calendars.port import ChangedElsewhere
        from care.interviews.calendar_events.reconcile import EventStep, decide

        if self.sync and what.step in (EventStep.MOVED, EventStep.DELETED):  # it was asked about, and told of, already
            return
        try:
            self._write(calendar, call, there, what)
        except ChangedElsewhere:  # somebody was quicker: once more, from how it stands now
            there = calendar.find([call.uid]).get(call.uid)
            try:
                self._write(calendar, call, there, decide(call, there, self.run.now))
            except ChangedElsewhere:
                self.done.told.append(f"{call.ref} is being changed in your calendar. It was left alone for now.")

    def _write(self, calendar: "Calendar", call: "CallEvent", there: "CalendarEvent | None", what: "Decision") -> None:
        from care.interviews.calendar_events.events import note_gone, note_written
        from care.interviews.calendar_events.reconcile import EventStep
        from care.views.calendar_events import disagreement

        words = disagreement(call, there, what, self.zone, self.run.now)
        if words:
            self.done.told.append(words)
        if not self.writes:
            return
        if what.step in (EventStep.CREATE, EventStep.WRITE):
            call, there = self._written(calendar, call, there, what)
        if what.step in (EventStep.CREATE, EventStep.WRITE, EventStep.NOTE) and there is not None:
            with self.run.changing(noting=True) as session:
                note_written(session, call, there, self.place.mark, left=what.left)
        if what.step is EventStep.REMOVE and there is not None:
            calendar.remove(there)
            self.done.written += 1
        if what.step in (EventStep.REMOVE, EventStep.DROP):
            with self.run.changing(noting=True) as session:
                note_gone(session, call)

    def _written(
        self, calendar: "Calendar", call: "CallEvent", there: "CalendarEvent | None", what: "Decision"
    ) -> "tuple[CallEvent, CalendarEvent]":
        """The event as it now stands in the calendar; its SEQUENCE counts on from whichever side has the higher."""
        from care.exchange.calendars.events import calendar_text, rewritten
        from care.interviews.calendar_events.reconcile import EventStep

        event = call.event
        assert event is not None
        if there is not None:
            event = event._replace(sequence=max(event.sequence, there.sequence + 1))
        if there is None or what.step is EventStep.CREATE:
            text = calendar_text([event], self.run.now)
        else:
            text = rewritten(there, event, self.run.now, time=what.time, words=what.words)
        self.done.written += 1
        return call._replace(event=event), calendar.write(call.uid, text, there)

    def _take_time(self, call: "CallEvent", there: "CalendarEvent") -> None:
        from care.interviews.calendar_events.events import take_time
        from care.views.calendar_events import say_time

        if there.span is None:
            self.done.told.append(f"{call.ref} cannot be read in your calendar any more. Its time is as it was.")
            return
        with self.run.changing() as session:
            take_time(session, call, there, self.place.mark)
        self.done.took += 1
        self.done.told.append(f"{call.ref}: {say_time(there.span, self.zone, self.run.now)}, as in your calendar.")

    def _deleted(self, calendar: "Calendar", call: "CallEvent", there: "CalendarEvent | None") -> None:
        """Asks whether a call is to be skipped that was deleted there; nobody to ask skips nothing."""
        from care.cli.input.asking import agrees, ask
        from care.cli.input.keys import forget_typed_ahead
        from care.interviews.calendar_events.reconcile import Decision, EventStep

        if not self.run.is_terminal:
            self.done.told.append(
                f"{call.ref} was deleted in your calendar. care plan skip c{call.call_id} --reason TEXT skips it; "
                "care plan --force writes it anew."
            )
            return
        forget_typed_ahead()
        if agrees(f"{call.ref} was deleted in your calendar. Skip the call?", default=False):
            reason = ""
            while not reason:
                reason = ask("Why, in a few words")
            self._skip(call, reason)
        else:
            self._write(calendar, call, there, Decision(EventStep.CREATE, True, True))

    def _skip(self, call: "CallEvent", reason: str) -> None:
        from care.calls.skip import skip_call
        from care.interviews.calendar_events.events import note_gone

        with self.run.changing() as session:
            skip_call(session, call.call_id, reason, self.run.now)
            note_gone(session, call)
        self.done.took += 1

    def _remove(self, calendar: "Calendar", events: Collection["CalendarEvent"]) -> None:
        from care.exchange.calendars.port import ChangedElsewhere

        for there in events if self.writes else ():
            try:
                calendar.remove(there)
                self.done.written += 1
            except ChangedElsewhere:
                self.done.told.append("An event of a call that is gone was changed in your calendar, and stays there.")

    def _dates(self, calendar: "Calendar") -> None:
        """Birthdays and promises: what they are about decides their UID, so that nothing has to be remembered."""
        from care.exchange.calendars.events import calendar_text
        from care.exchange.calendars.port import ChangedElsewhere
        from care.interviews.calendar_events.events import coming_dates

        with self.run.reading() as session:
            events = coming_dates(session, self.run.now)
        there = calendar.find([call.uid for call in events])
        for call in events:
            before = there.get(call.uid)
            if before is not None and before.span == call.span and before.words == call.words:
                continue
            sequence = before.sequence + 1 if before else 0
            text = calendar_text([call._replace(sequence=sequence)], self.run.now)
            try:
                calendar.write(call.uid, text, before)
                self.done.written += 1
            except ChangedElsewhere:
                continue
