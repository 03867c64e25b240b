"""Screens of the plan."""

from datetime import date

from care.calls.records import CallRecord, Plan, PlanPreview
from care.calls.seal import spoken
from care.text import listing, plural
from care.times.weeks import Week
from care.times.when import short_day
from care.times.zones import local_time
from care.views.screen import HEAD, QUIET, TYPED, WAITING, WELL, Cell, Screen
from care.views.wording import OUTCOMES, not_drawn, phone
from care.words import CallKind, CallState

_STATE = {
    CallState.HELD: ("held", WELL),
    CallState.UNREACHED: ("not reached", QUIET),
    CallState.REFUSED: ("refused", QUIET),
    CallState.SKIPPED: ("skipped", WAITING),
    CallState.LAPSED: ("lapsed", WAITING),
}


def _days(monday: date, sunday: date) -> str:
    first = f"{monday.day}" if monday.month == sunday.month else f"{monday.day} {monday:%B}"
    if monday.year != sunday.year:
        first = f"{monday.day} {monday:%B %Y}"
    return f"{first} to {sunday.day} {sunday:%B}" + (f" {sunday.year}" if monday.year != sunday.year else "")


def show_plan(screen: Screen, plan: Plan) -> None:
    """The week: its calls, who was drawn from whom, and the seal."""
    number = Week.parse(plan.week).number
    if plan.off:
        screen.line((f"Week {number}, {_days(plan.monday, plan.sunday)}", HEAD), f" is off: {plan.off}.")
        return
    counts = [f"{plan.wanted} {'talk' if plan.wanted == 1 else 'talks'} wanted", f"{plan.held} held"]
    if plan.carried:
        counts.append(f"{plan.carried} carried over")
    screen.sides(f"Week {number}, {_days(plan.monday, plan.sunday)}", ", ".join(counts))
    if plan.drawn_at is None and not plan.calls:
        screen.line("Not drawn yet.", indent=2)
        return
    screen.blank()
    _table(screen, plan)
    _without_time(screen, plan)
    screen.blank()
    if plan.frame is not None:
        line = f"Drawn from {plan.frame.eligible:,} of {plan.frame.customers:,}."
        if plan.frame.excluded:
            line += f" Not drawn: {not_drawn(plan.frame.excluded)}."
        screen.line((line, QUIET))
    if plan.doubles:
        pairs = "2 customers may be one person" if plan.doubles == 1 else f"{plan.doubles:,} pairs may be one person"
        screen.line((f"{pairs}, with two chances: ", QUIET), ("care customers duplicates", TYPED))
    if plan.suggested:
        names = listing([f"{one.customer.name} ({', '.join(one.issues)})" for one in plan.suggested])
        verb = "waits" if len(plan.suggested) == 1 else "wait"
        screen.line(
            (f"{names} {verb} to be told. A call beside the draw: ", WAITING),
            (f"care plan add {plan.suggested[0].customer.id}", TYPED),
        )
    if plan.bounded is not None:
        screen.line(
            (
                f"{plan.bounded} drawn, not {plan.wanted}: each customer rests between two calls, and so few carry "
                "no more." + (" To call them more often: care config set rest_days 30" if plan.new else ""),
                QUIET,
            )
        )
    if plan.seal is not None:
        screen.line(("Seal ", QUIET), (spoken(plan.seal), ""))


def _table(screen: Screen, plan: Plan) -> None:
    several = len({call.caller for call in plan.calls}) > 1
    timed = any(call.starts_at or call.not_before for call in plan.calls)
    head = [Cell("call", QUIET), Cell("customer", QUIET)]
    head += [Cell("when", QUIET)] if timed else []
    head += [Cell("phone", QUIET)]
    head += [Cell("caller", QUIET)] if several else []
    rows = [[*head, Cell("note", QUIET)]]
    for call in plan.calls:
        over = call.state is not CallState.PLANNED
        row = [Cell(f"c{call.id}", QUIET if over else TYPED), Cell(_named(call), QUIET if over else "", cut=True)]
        row += [Cell(when_said(call))] if timed else []
        row += [Cell(phone(call.customer.phone), QUIET if over else "")]
        row += [Cell(call.caller, QUIET, cut=True)] if several else []
        note, style = _note(call)
        rows.append([*row, Cell(note, style, cut=True)])
    screen.rows(rows)
    left = len(plan.reserves)
    if left and plan.drawn_at is not None:
        verb = "steps" if left == 1 else "step"
        width = max(len(f"c{call.id}") for call in plan.calls) if plan.calls else 4
        words = f"{left} more {verb} up when someone cannot be reached"
        screen.quote("next", words, 4 + max(4, width), QUIET, QUIET, indent=2)


def _without_time(screen: Screen, plan: Plan) -> None:
    """The calls no time was found for, those of one reason together."""
    numbers: dict[str, list[str]] = {}
    for one in plan.no_time:
        numbers.setdefault(one.reason, []).append(f"c{one.call}")
    for reason, calls in numbers.items():
        screen.line((f"No time for {listing(calls)}: {reason}.", WAITING), indent=2)


def _named(call: CallRecord) -> str:
    return f"{call.customer.name}, {call.customer.company}" if call.customer.company else call.customer.name


def when_said(call: CallRecord) -> str:
    """When a call is to be made: ``Tue 24 10:00``, a day alone, or nothing."""
    if call.starts_at is None:
        return short_day(call.not_before) if call.not_before else ""
    return f"{short_day(call.starts_at.date())}  {call.starts_at:%H:%M}"


def _note(call: CallRecord) -> tuple[str, str]:
    if call.state is not CallState.PLANNED:
        words, style = _STATE[call.state]
        return (f"{words}: {call.skip_reason}" if call.skip_reason else words), style
    notes = list(call.notes)
    if call.starts_at and call.customer.zone:
        theirs = local_time(call.starts_at, call.customer.zone)
        if theirs.utcoffset() != call.starts_at.utcoffset():
            notes.append(f"{theirs:%H:%M} for them")
    if call.part:
        notes.append(f"try the {call.part.value}")
    if call.attempts:
        last = call.attempts[-1]
        times = "" if len(call.attempts) == 1 else f", {len(call.attempts)} tries"
        notes.insert(sum(note.startswith("tell") for note in notes), f"{OUTCOMES[last.outcome]}{times}")
    if call.kind is not CallKind.DRAWN:
        notes.append(call.kind.value)
    return ", ".join(notes), WAITING if any(note.startswith("tell") for note in notes) else QUIET


def show_preview(screen: Screen, preview: PlanPreview) -> None:
    """What a draw would be made from: counts, never names."""
    screen.sides(f"Week {Week.parse(preview.week).number}, a rehearsal", f"{preview.wanted} talks wanted")
    line = f"{preview.seats} would be drawn from {preview.frame.eligible:,} of {preview.frame.customers:,}, "
    screen.line(line + f"with {len(preview.reserves)} in reserve.")
    if preview.frame.excluded:
        screen.line((f"Not drawn: {not_drawn(preview.frame.excluded)}.", QUIET))
    if preview.timed is not None:
        fit = f"The slots of the week have room for {plural(preview.free or 0, 'call')}: "
        screen.line(fit + f"{preview.timed} of {preview.seats} would get a time.")
    screen.line(("Nothing was drawn, and nobody is named before they are.", QUIET))


def show_moved(screen: Screen, call: CallRecord) -> None:
    """A call that was moved or given away."""
    rest = [one for one in (when_said(call), call.caller, _note(call)[0]) if one]
    screen.line((f"c{call.id}", TYPED), f"  {', '.join([_named(call), *rest])}")


def show_added(screen: Screen, call: CallRecord) -> None:
    """A chosen call."""
    when = f", {when_said(call)}" if when_said(call) else ""
    screen.line(
        (f"c{call.id}", TYPED), f"  {_named(call)}, week {Week.parse(call.week).number}{when}, {call.kind.value}"
    )
