"""The brief: one screen before dialling."""

from collections.abc import Iterator

from rich.cells import cell_len

from care.interviews.records import Brief, BriefedCustomer, CallQuestion, CustomerIssue
from care.owed.records import PromiseRecord
from care.text import plural
from care.times.when import day_month, say_date, span_words
from care.views.safe import clip, safe
from care.views.screen import BROKEN, GAP, HEAD, QUIET, TYPED, WAITING, WELL, Screen
from care.views.wording import phone
from care.words import PromiseState, Purpose, Reading, Status

LABEL = 13
"""The column in which everything beside a label begins."""

BESIDE = 76
"""From how many columns on what they said last time stands beside the question, and not below it."""

COLLEAGUES = 2
"""How many colleagues are named."""

ALL, SOME, FEW, CLOSE, LEAST = 99, 2, 1, 0, -1
"""How much is shown: all they said last time, two lines of it or one, no blank lines, and one line a question."""

READINGS = {Reading.GOOD: WELL, Reading.MIXED: WAITING, Reading.BAD: BROKEN}


def show_brief(screen: Screen, brief: Brief) -> None:
    """What we broke first, then the remembered thread, what to tell and what to ask; on one screen if it can be."""
    screen.fit(lambda detail: _write(screen, brief, detail), (ALL, SOME, FEW, CLOSE, LEAST), spare=2)


def _write(screen: Screen, brief: Brief, detail: int) -> None:
    _head(screen, brief)
    if detail >= FEW:
        screen.blank()
    broken = tuple(promise for promise in brief.promises if promise.state is PromiseState.BROKEN)
    _promises(screen, broken)  # they come first: whoever was let down hears of that before anything else
    if brief.remember:
        screen.quote("REMEMBER", f"“{brief.remember}”", LABEL, HEAD)
    _tell(screen, brief.tell)
    _promises(screen, tuple(promise for promise in brief.promises if promise not in broken))
    _since(screen, brief)
    _colleagues(screen, brief)
    for number, one in enumerate(brief.issues):
        screen.quote("" if number else "STILL OPEN", f"i{one.id} {one.title}", LABEL, HEAD)
    for number, near in enumerate(brief.dates):
        what = "birthday" if near.kind == "birthday" else "customer since this day"
        when = "today" if not near.in_days else f"in {plural(near.in_days, 'day')}"
        screen.quote("" if number else "DATES", f"{what} {when}, {near.on:%-d %B}", LABEL, HEAD)
    if brief.customer.last_heard_on is None:
        screen.quote("SAY", f"“{brief.opening}”", LABEL, HEAD)
    if detail >= FEW:
        screen.blank()
    _ask(screen, brief, detail)
    if detail == ALL:
        screen.blank()
    screen.line((f"They owe us nothing. {brief.minutes} minutes, mostly silence.", QUIET))


def _head(screen: Screen, brief: Brief) -> None:
    who = brief.customer
    name = f"{who.name}, {who.company}" if who.company else who.name
    dial = phone(who.phone) or "no phone"
    if who.unchecked:
        dial += " (unchecked)"
    screen.sides(name, dial, right_style=TYPED)
    facts = " ".join(_facts(who))
    if who.local_time and who.zone:
        clock = f"{who.local_time:%H:%M} for them ({who.zone.rpartition('/')[2].replace('_', ' ')})"
        screen.sides(facts, clock, QUIET, "")
    else:
        screen.line((facts, QUIET))
    if who.hours:
        screen.line((f"They like to be called: {who.hours}", QUIET))
    if who.do_not_call:
        screen.line(("Do not call: ", BROKEN), who.do_not_call)
    elif who.paused_until:
        screen.line((f"Not to be called before {say_date(who.paused_until)}.", BROKEN))


def _facts(who: BriefedCustomer) -> Iterator[str]:
    since = f" since {who.joined_on:%B %Y}" if who.joined_on else ""
    if who.status is Status.FORMER:
        yield "Former customer" + (f", with us{since}." if since else ".")
    elif who.status is Status.PROSPECT:
        yield "Not a customer yet."
    elif since:
        yield f"Customer{since}."
    if who.last_heard_on is not None and who.silent_days is not None:
        by = f", by {who.last_heard_by}" if who.last_heard_by else ""
        yield f"Last heard {'today' if who.silent_days == 0 else span_words(who.silent_days) + ' ago'}{by}."
    else:
        yield "Never heard yet."
    if who.stance:
        yield f"{who.stance.value.capitalize()}."


def _tell(screen: Screen, tell: tuple[CustomerIssue, ...]) -> None:
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
        state = f"BROKEN, {plural(one.overdue_days, 'day')}" if broken else "Still to keep"
        moved = f", moved from {one.moved_from:%-d %B}" if one.moved_from else ""
        text = f"p{one.id} {one.what} by {one.due_on:%-d %B}{moved}. {state}."
        screen.quote("WE PROMISED" if number == 0 else "", text, LABEL, HEAD, BROKEN if broken else "")


def _since(screen: Screen, brief: Brief) -> None:
    touches = brief.touches
    if not touches.total:
        return
    counted = plural(touches.total, "contact")
    text = f"{counted}: {', '.join(f'{n} to {kind}' for kind, n in touches.by_purpose.items())}."
    if touches.only_sold:
        every = {1: "and that", 2: "both"}.get(touches.total, "all")
        text = f"{counted}, {every} to {Purpose.SELL.value}. Begin by listening."
    screen.quote("SINCE THEN" if touches.since else "SO FAR", text, LABEL, HEAD, WAITING if touches.only_sold else "")


def _colleagues(screen: Screen, brief: Brief) -> None:
    for number, one in enumerate(brief.colleagues[:COLLEAGUES]):
        days = (brief.today - one.on).days
        text = (
            f"{one.name} talked with {one.caller} {'today' if days == 0 else span_words(days) + ' ago'} (c{one.call})"
        )
        if number == COLLEAGUES - 1 and len(brief.colleagues) > COLLEAGUES:
            text += f", and {len(brief.colleagues) - COLLEAGUES} more"
        screen.quote("" if number else "COLLEAGUE", text, LABEL, HEAD)


def _ask(screen: Screen, brief: Brief, detail: int) -> None:
    dates = [question.last.on for question in brief.questions if question.last is not None]
    when = f"last time, {day_month(max(dates), brief.today)}" if dates else ""
    column = max(LABEL, *(cell_len(safe(f"{question.number} {question.key}")) + 1 for question in brief.questions))
    middle = column + (screen.width - column) // 2
    wide = screen.is_terminal and screen.width >= BESIDE and column <= LABEL * 2
    if wide and when:
        screen.line(("ASK", HEAD), " " * (middle - len("ASK")), (when, QUIET))
    elif when:
        screen.sides("ASK", when)
    else:
        screen.line(("ASK", HEAD))
    for question in brief.questions:
        _question(screen, question, detail, column, middle if wide else 0)


def _question(screen: Screen, one: CallQuestion, detail: int, column: int, middle: int) -> None:
    """The question and what they said last time, else a probe; beside it where there is room, else below."""
    label, other, tail = f"{one.number} {one.key}", ("", QUIET), ("", "")
    if one.last is None:
        shown = detail > FEW or (middle and detail > LEAST)
        other = (one.probes[0] if one.probes and shown else "", QUIET)
    else:
        words, reading = one.last.words, one.last.reading
        other = (f"“{' '.join(words.split())}”" if words else "", QUIET)
        tail = (reading.value, READINGS[reading]) if reading else tail
    if middle:
        most = (1, 1) if detail == LEAST else (ALL, detail)
        screen.beside(label, one.question, other, tail, (column, middle), most)
        return
    screen.quote(label, one.question, column, TYPED)
    words, style = other
    if screen.is_terminal and detail < ALL:
        words = clip(safe(words), (screen.width - column) * max(1, detail) - len(tail[0]) - GAP)
    if words or tail[0]:
        screen.line((words, style), "  " if words and tail[0] else "", tail, indent=column)
