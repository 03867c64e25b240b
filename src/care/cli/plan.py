"""``care plan``: the week's calls."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care import clock
from care.cli import plan_files
from care.cli import publish as publishing
from care.cli.calendars import busy_soon, busy_times
from care.cli.group import group
from care.cli.options import Caller, CallRef, Publish, Reason, When, Who
from care.cli.run import Run, bare, command
from care.errors import WrongUsage
from care.words import CallState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from care.calls.records import Plan
    from care.calls.slots.records import Busy
    from care.times.weeks import Week


app = group("The week's calls: draw them, see them, skip, move, give away or add one.")

_Callers = Annotated[
    list[str] | None, typer.Option("--caller", metavar="NAME", help="Deal the calls to these callers (repeatable).")
]


@bare(app)
def plan(
    run: Run,
    week: Annotated[str | None, typer.Option("--week", metavar="WEEK", help="this, next or 2026-W48.")] = None,
    calls: Annotated[
        int | None, typer.Option("--calls", metavar="N", min=1, max=500, help="So many talks this week.")
    ] = None,
    caller: _Callers = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Counts only: draw nothing, name nobody.")] = False,
    outlook: Annotated[bool, typer.Option("--outlook", help="What this pace promises in the long run.")] = False,
    ics: Annotated[Path | None, typer.Option("--ics", metavar="FILE", help="Write the calls as a calendar.")] = None,
    sheets: Annotated[
        Path | None, typer.Option("--sheets", metavar="DIR", help="Write what each caller needs who has no store.")
    ] = None,
    publish: Publish = True,
    sync: Annotated[bool, typer.Option("--sync", help="Take over what was changed in your calendar.")] = False,
    with_dates: Annotated[
        bool, typer.Option("--with-dates", help="Birthdays and promises, too, go into the calendar.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Go on where your calendar looks emptied.")] = False,
) -> None:
    """Draws the week's calls once; afterwards shows the same plan."""
    from care.reports.week import show_week
    from care.times.zones import local_date
    from care.views.calls import show_plan as view

    if dry_run:
        _rehearse(run, week, calls, caller)
        return
    if outlook:
        _look_ahead(run, week, calls)
        return
    if publish or sync:
        publishing.checked_calendar(sync=sync)
    with run.reading() as session:
        wanted = _week(run, session, week)
        is_ahead = week is None and wanted.monday > local_date(run.now, run.policy(session).timezone)
        callers = _callers(run, session, caller)
        slots = run.policy(session).slots
    record = _planned(run, wanted, calls, callers, has_slots=bool(slots))
    done = publishing.publish(run, wanted=publish, force=force, sync=sync, dates=with_dates)
    if done.took:
        with run.reading() as session:
            record = show_week(session, wanted, run.now)
    if is_ahead:
        run.hint(f"This week is nearly over: this is the plan of the coming one, week {wanted.number}.")
    run.show(record, view)
    if record.new and not slots and done.failure is None:
        run.hint('Times for them, once you say when you call: care config set slots "Tue 10:00-12:00, Thu 15:00-17:00"')
    if ics is not None:
        plan_files.write_calendar(run, wanted, ics, callers if caller else None, dates=with_dates)
    if sheets is not None:
        plan_files.write_sheets(run, wanted, sheets)
    done.then(run, _next(record))


def _planned(run: Run, week: "Week", calls: int | None, callers: list[str], *, has_slots: bool) -> "Plan":
    """The plan of a week: drawn or extended where that is asked for, with times for calls that lack one, else read."""
    from care.calls.plan import times_missing
    from care.calls.week import is_to_draw
    from care.reports.week import show_week

    with run.reading() as session:
        to_draw = is_to_draw(session, week) or calls is not None
        untimed = not to_draw and times_missing(session, week, run.now) != (False, ())
        if not to_draw and not untimed:
            return show_week(session, week, run.now)
    busy = busy_times(run, week.monday, week.sunday) if has_slots else {}  # asked for only now: it may be far away
    if untimed:
        with run.reading() as session:
            to_time, no_time = times_missing(session, week, run.now, busy)
            if not to_time:
                return show_week(session, week, run.now, no_time=no_time)
    return _drawn(run, week, calls, callers, busy)


def _look_ahead(run: Run, week: str | None, calls: int | None) -> None:
    from care.reports.outlook import outlook
    from care.views.outlook import show_outlook

    with run.reading() as session:
        found = outlook(session, _week(run, session, week), run.now, calls)
    run.show(found, show_outlook)
    run.hint("Another pace: care plan --outlook --calls N")


def _drawn(run: Run, week: "Week", calls: int | None, callers: list[str], busy: "dict[str, list[Busy]]") -> "Plan":
    """The plan once the week is drawn; where nobody can be drawn, chosen calls are a plan all the same."""
    from care.calls.errors import NobodyToDraw
    from care.calls.plan import plan_week
    from care.reports.week import complete, show_week

    try:
        with run.changing() as session:
            explicit = clock.is_explicit()
            planned = plan_week(
                session, week, run.now, wanted=calls, callers=callers, explicit_clock=explicit, busy=busy
            )
            return complete(session, planned, run.now)
    except NobodyToDraw as nobody:
        with run.reading() as session:
            before = show_week(session, week, run.now)
        if not before.calls:
            raise
        run.notice(nobody.sentence[:1].upper() + nobody.sentence[1:])
        return before


def _rehearse(run: Run, week: str | None, calls: int | None, caller: list[str] | None) -> None:
    from care.calls.preview import preview
    from care.views.calls import show_preview

    with run.reading() as session:
        wanted, slots = _week(run, session, week), run.policy(session).slots
    busy = busy_times(run, wanted.monday, wanted.sunday) if slots else {}
    with run.reading() as session:
        counted = preview(session, wanted, run.now, calls, _callers(run, session, caller), busy)
    run.show(counted, show_preview)


def _next(record: "Plan") -> str:
    waiting = any(call.state is CallState.PLANNED for call in record.calls)
    return "Next: care brief" if waiting else "Next: care report"


def _week(run: Run, session: "Session", said: str | None) -> "Week":
    from care.calls.week import week_to_plan
    from care.times.weeks import parse_week
    from care.times.zones import local_date

    if said is not None:
        return parse_week(said, local_date(run.now, run.policy(session).timezone))
    return week_to_plan(session, run.now)


def _callers(run: Run, session: "Session", said: list[str] | None) -> list[str]:
    if said:
        return list(dict.fromkeys(run.caller_in(session, one) for one in said))
    callers = run.policy(session).callers
    return list(callers) or [run.caller_in(session)]


@command(app)
def skip(run: Run, call: CallRef, reason: Reason, publish: Publish = True) -> None:
    """Takes a call out of the plan, with the reason; its customer comes first next week."""
    from care.calls.skip import skip_call
    from care.cli.input.refs import call_id
    from care.reports.week import complete
    from care.views.calls import show_plan as view

    if not reason.strip():
        raise WrongUsage("a skip needs a reason. Say it with --reason.")
    number = call_id(run, call)
    with run.changing() as session:
        record = complete(session, skip_call(session, number, reason.strip(), run.now), run.now)
    done = publishing.publish(run, wanted=publish)
    run.show(record, view)
    done.then(run, "That is often the call worth making. Next: care brief")


@command(app)
def move(run: Run, call: CallRef, when: When, publish: Publish = True) -> None:
    """Moves a planned call to a day, or to a day and a time."""
    from care.calls.move import move_planned
    from care.cli.input.refs import call_id, moment
    from care.issues.tell_notes import one_call
    from care.views.calls import show_moved

    number, busy = call_id(run, call), busy_soon(run)
    with run.changing() as session:
        one_call(session, number, run.now)  # is there such a call? Said before the moment is echoed
        on, at = moment(run, session, when, to_come=True)
        against = move_planned(session, number, on, at, run.now, busy)
        record = one_call(session, number, run.now)
    done = publishing.publish(run, wanted=publish)
    run.show(record, show_moved)
    for one in against:
        run.notice(one)
    done.then(run, "Next: care plan")


@command(app)
def give(
    run: Run,
    call: CallRef,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who calls.")],
    publish: Publish = True,
) -> None:
    """Hands a planned call to a colleague, at a time in their slots."""
    from care.calls.give import give_call
    from care.cli.input.refs import call_id
    from care.issues.tell_notes import one_call
    from care.views.calls import show_moved

    number, busy = call_id(run, call), busy_soon(run)
    with run.changing() as session:
        give_call(session, number, run.caller_in(session, name), run.now, busy)
        record = one_call(session, number, run.now)
    done = publishing.publish(run, wanted=publish)
    run.show(record, show_moved)
    done.then(run, "Next: care plan")


@command(app)
def add(
    run: Run,
    who: Who,
    when: Annotated[str | None, typer.Argument(metavar="[WHEN]", help="A day, and perhaps a time.")] = None,
    caller: Caller = None,
    publish: Publish = True,
) -> None:
    """Adds a chosen call beside the draw; it is a story and never feeds a percentage."""
    from care.calls.add import add_chosen
    from care.cli.input.asking import customer_id
    from care.cli.input.refs import moment
    from care.issues.tell_notes import one_call
    from care.views.calls import show_added

    person = customer_id(run, who)
    with run.changing() as session:
        on, at = moment(run, session, when)
        number = add_chosen(session, person, on, run.caller_in(session, caller), run.now, at=at)
        record = one_call(session, number, run.now)
    done = publishing.publish(run, wanted=publish)
    run.show(record, show_added)
    done.then(run, "Next: care plan")


@command(app)
def off(
    run: Run,
    week: Annotated[str | None, typer.Argument(metavar="[WEEK]", help="this, next or 2026-W48.")] = None,
    reason: Reason = "",
) -> None:
    """Marks a week in which nobody calls; it neither keeps nor breaks the row of weeks kept."""
    from care.calls.week_off import take_week_off
    from care.reports.week import complete
    from care.views.calls import show_plan as view

    if not reason.strip():
        raise WrongUsage("a week off needs a reason. Say it with --reason.")
    with run.changing() as session:
        taken_off = take_week_off(session, _week(run, session, week), reason.strip(), run.now)
        record = complete(session, taken_off, run.now)
    run.show(record, view)
