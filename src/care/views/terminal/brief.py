"""The brief: one screen before dialling."""

from care.interviews.records import Asked, Brief, TheirIssue
from care.promises.records import PromiseRecord
from care.text import plural
from care.times.when import say_date, span_words
from care.views.terminal.screen import BROKEN, HEAD, QUIET, TYPED, WAITING, WELL, Screen
from care.views.terminal.words import phone
from care.words import PromiseState, Purpose, Reading, Stance

LABEL = 13
"""The column in which everything beside a label begins."""

READINGS = {Reading.GOOD: WELL, Reading.MIXED: WAITING, Reading.BAD: BROKEN}
STANCES = {Stance.FAN: WELL, Stance.NEUTRAL: "", Stance.CRITIC: BROKEN}


def show_brief(screen: Screen, brief: Brief) -> None:
    """A promise we broke first, then the remembered thread, what to tell, what we promised, and what to ask."""
    _head(screen, brief)
    screen.blank()
    broken = tuple(one for one in brief.promises if one.state is PromiseState.BROKEN)
    _promises(screen, broken)  # they come first: whoever was let down hears of that before anything else
    if brief.remember:
        screen.quote("REMEMBER", f"“{brief.remember}”", LABEL, HEAD)
    _tell(screen, brief.tell)
    _promises(screen, tuple(one for one in brief.promises if one not in broken))
    _since(screen, brief)
    for one in brief.issues:
        screen.quote("STILL OPEN", f"i{one.id} {one.title}", LABEL, HEAD)
    for near in brief.dates:
        what = "birthday" if near.kind == "birthday" else "customer since this day"
        when = "today" if not near.in_days else f"in {plural(near.in_days, 'day')}"
        screen.quote("DATES", f"{what} {when}, {near.on:%-d %B}", LABEL, HEAD)
    if brief.customer.last_heard_on is None:
        screen.quote("SAY", f"“{brief.opening}”", LABEL, HEAD)
    screen.blank()
    _ask(screen, brief)
    screen.blank()
    screen.line((f"They owe us nothing. {brief.minutes} minutes, mostly silence.", QUIET))


def _head(screen: Screen, brief: Brief) -> None:
    who = brief.customer
    name = f"{who.name}, {who.company}" if who.company else who.name
    dial = phone(who.phone) or "no phone"
    if who.unchecked:
        dial += " (unchecked)"
    screen.sides(name, dial, right_style=TYPED)
    facts = []
    if who.joined_on:
        facts.append(f"Customer since {who.joined_on:%B %Y}.")
    if who.last_heard_on is not None and who.silent_days is not None:
        by = f", by {who.last_heard_by}" if who.last_heard_by else ""
        ago = "today" if who.silent_days == 0 else f"{span_words(who.silent_days)} ago"
        facts.append(f"Last heard {ago}{by}.")
    else:
        facts.append("Never heard yet.")
    if who.stance:
        facts.append(f"{who.stance.value.capitalize()}.")
    clock = ""
    if who.local_time and who.zone:
        clock = f"{who.local_time:%H:%M} for them ({who.zone.rpartition('/')[2].replace('_', ' ')})"
    screen.sides(" ".join(facts), clock, QUIET, "") if clock else screen.line((" ".join(facts), QUIET))


def _tell(screen: Screen, tell: tuple[TheirIssue, ...]) -> None:
    for number, one in enumerate(tell):
        done = f", {one.state.value} {one.settled_on:%-d %b}." if one.settled_on else "."
        text = f"i{one.id} {one.title}{done}"
        if one.note:
            text += f" {one.note}."
        screen.quote("TELL TODAY" if number == 0 else "", text, LABEL, HEAD, WAITING)
        if one.words:
            screen.quote("", f"Their words on {say_date(one.raised_on)}: “{one.words}”", LABEL)


def _promises(screen: Screen, promises: tuple[PromiseRecord, ...]) -> None:
    for number, one in enumerate(promises):
        broken = one.state is PromiseState.BROKEN
        state = f"BROKEN, {plural(one.overdue_days, 'day')}" if broken else "still to keep"
        moved = f", moved from {one.moved_from:%-d %B}" if one.moved_from else ""
        text = f"p{one.id} {one.what} by {one.due_on:%-d %B}{moved}   {state}"
        screen.quote("WE PROMISED" if number == 0 else "", text, LABEL, HEAD, BROKEN if broken else "")


def _since(screen: Screen, brief: Brief) -> None:
    touches = brief.touches
    if not touches.total:
        return
    kinds = ", ".join(f"{n} to {kind}" for kind, n in touches.by_purpose.items())
    text = f"{plural(touches.total, 'contact')}: {kinds}."
    if touches.only_sold:
        text = f"{plural(touches.total, 'contact')}, {'all' if touches.total > 1 else 'only'} to {Purpose.SELL.value}. "
        text += "Begin by listening."
    screen.quote("SINCE THEN" if touches.since else "SO FAR", text, LABEL, HEAD, WAITING if touches.only_sold else "")


def _ask(screen: Screen, brief: Brief) -> None:
    last = [one.last for one in brief.questions if one.last is not None]
    dates = {one.on for one in last}
    when = f"last time, {max(dates):%-d %B}" if dates else ""
    screen.sides("ASK", when) if when else screen.line(("ASK", HEAD))
    for one in brief.questions:
        _question(screen, one)


def _question(screen: Screen, one: Asked) -> None:
    label = f"{one.number} {one.key}"
    if one.last is None or one.last.words is None:
        screen.quote(label, one.question, LABEL + 2, TYPED)
        for probe in one.probes[:1]:
            screen.quote("", probe, LABEL + 2, QUIET, QUIET)
        return
    reading = one.last.reading
    screen.quote(label, one.question, LABEL + 2, TYPED)
    parts = [(f"“{one.last.words}”", QUIET)] + ([(f"  {reading.value}", READINGS[reading])] if reading else [])
    screen.line(*parts, indent=LABEL + 2)
