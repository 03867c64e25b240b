"""``care plan``: the week's calls."""

from typing import TYPE_CHECKING, Annotated

import typer

from care import clock
from care.cli.group import group
from care.cli.options import Caller, CallRef, Reason, When, Who
from care.cli.run import Run, bare, command
from care.errors import WrongUsage
from care.words import CallState

if TYPE_CHECKING:
    from care.calls.records import Plan
    from care.cli.run import Session
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
) -> None:
    """Draws the week's calls once; afterwards shows the same plan."""
    from care.calls.actions import is_to_draw, show_plan
    from care.calls.planning.actions import times_missing
    from care.times.zones import local_date
    from care.views.terminal.calls import show_plan as view

    if dry_run:
        _rehearse(run, week, calls, caller)
        return
    if outlook:
        _look_ahead(run, week, calls)
        return
    with run.reading() as session:
        wanted = _week(run, session, week)
        is_ahead = week is None and wanted.monday > local_date(run.now, run.policy(session).timezone)
        callers = _callers(run, session, caller)
        slots = run.policy(session).slots
        to_draw = is_to_draw(session, wanted) or calls is not None
        to_time, no_time = (False, ()) if to_draw else times_missing(session, wanted, run.now)
        record = None if to_draw or to_time else show_plan(session, wanted, run.now, no_time=no_time)
    if record is None:
        record = _drawn(run, wanted, calls, callers)
    if is_ahead:
        run.hint(f"This week is nearly over: this is the plan of the coming one, week {wanted.number}.")
    run.show(record, view)
    if record.new and not slots:
        run.hint('Times for them, once you say when you call: care config set slots "Tue 10:00-12:00, Thu 15:00-17:00"')
    run.hint(_next(record))


def _look_ahead(run: Run, week: str | None, calls: int | None) -> None:
    from care.reports.outlook.actions import outlook
    from care.views.terminal.outlook import show_outlook

    with run.reading() as session:
        found = outlook(session, _week(run, session, week), run.now, calls)
    run.show(found, show_outlook)
    run.hint("Another pace: care plan --outlook --calls N")


def _drawn(run: Run, week: "Week", calls: int | None, callers: list[str]) -> "Plan":
    """The plan once the week is drawn; where nobody can be drawn, chosen calls are a plan all the same."""
    from care.calls.actions import show_plan
    from care.calls.errors import NobodyToDraw
    from care.calls.planning.actions import plan_week

    try:
        with run.changing() as session:
            return plan_week(session, week, run.now, wanted=calls, callers=callers, explicit_clock=clock.is_explicit())
    except NobodyToDraw as nobody:
        with run.reading() as session:
            before = show_plan(session, week, run.now)
        if not before.calls:
            raise
        run.notice(nobody.sentence[:1].upper() + nobody.sentence[1:])
        return before


def _rehearse(run: Run, week: str | None, calls: int | None, caller: list[str] | None) -> None:
    from care.calls.planning.actions import preview
    from care.views.terminal.calls import show_preview

    with run.reading() as session:
        counted = preview(session, _week(run, session, week), run.now, calls, _callers(run, session, caller))
    run.show(counted, show_preview)


def _next(record: "Plan") -> str:
    waiting = any(call.state is CallState.PLANNED for call in record.calls)
    return "Next: care brief" if waiting else "Next: care report"


def _week(run: Run, session: "Session", said: str | None) -> "Week":
    from care.calls.actions import week_to_plan
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
def skip(run: Run, call: CallRef, reason: Reason) -> None:
    """Takes a call out of the plan, with the reason; its customer comes first next week."""
    from care.calls.planning.actions import skip_call
    from care.cli.refs import call_id
    from care.views.terminal.calls import show_plan as view

    if not reason.strip():
        raise WrongUsage("a skip needs a reason. Say it with --reason.")
    number = call_id(run, call)
    with run.changing() as session:
        record = skip_call(session, number, reason.strip(), run.now)
    run.show(record, view)
    run.hint("That is often the call worth making. Next: care brief")


@command(app)
def move(run: Run, call: CallRef, when: When) -> None:
    """Moves a planned call to a day, or to a day and a time."""
    from care.calls.actions import one_call
    from care.calls.planning.actions import move_planned
    from care.cli.refs import call_id, moment
    from care.views.terminal.calls import show_moved

    number = call_id(run, call)
    with run.changing() as session:
        on, at = moment(run, session, when, to_come=True)
        against = move_planned(session, number, on, at, run.now)
        record = one_call(session, number, run.now)
    run.show(record, show_moved)
    for one in against:
        run.notice(one)
    run.hint("Next: care plan")


@command(app)
def give(run: Run, call: CallRef, name: Annotated[str, typer.Argument(metavar="NAME", help="Who calls.")]) -> None:
    """Hands a planned call to a colleague, at a time in their slots."""
    from care.calls.actions import one_call
    from care.calls.planning.actions import give_call
    from care.cli.refs import call_id
    from care.views.terminal.calls import show_moved

    number = call_id(run, call)
    with run.changing() as session:
        give_call(session, number, run.caller_in(session, name), run.now)
        record = one_call(session, number, run.now)
    run.show(record, show_moved)
    run.hint("Next: care plan")


@command(app)
def add(
    run: Run,
    who: Who,
    when: Annotated[str | None, typer.Argument(metavar="[WHEN]", help="A day, and perhaps a time.")] = None,
    caller: Caller = None,
) -> None:
    """Adds a chosen call beside the draw; it is a story and never feeds a percentage."""
    from care.calls.actions import one_call
    from care.calls.planning.actions import add_chosen
    from care.cli.ask import customer_id
    from care.cli.refs import moment
    from care.views.terminal.calls import show_added

    person = customer_id(run, who)
    with run.changing() as session:
        on, at = moment(run, session, when)
        number = add_chosen(session, person, on, run.caller_in(session, caller), run.now, at=at)
        record = one_call(session, number, run.now)
    run.show(record, show_added)
    run.hint("Next: care plan")


@command(app)
def off(
    run: Run,
    week: Annotated[str | None, typer.Argument(metavar="[WEEK]", help="this, next or 2026-W48.")] = None,
    reason: Reason = "",
) -> None:
    """Marks a week in which nobody calls; it neither keeps nor breaks the row of weeks kept."""
    from care.calls.planning.actions import take_week_off
    from care.views.terminal.calls import show_plan as view

    if not reason.strip():
        raise WrongUsage("a week off needs a reason. Say it with --reason.")
    with run.changing() as session:
        record = take_week_off(session, _week(run, session, week), reason.strip(), run.now)
    run.show(record, view)
