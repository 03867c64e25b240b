"""After hanging up: one key each sorts what was noted, Enter skips."""

from datetime import datetime
from typing import TYPE_CHECKING

from care.cli.input.asking import ask, ask_key
from care.cli.input.keys import BACK, forget_typed_ahead
from care.cli.input.talk import OpenTalk
from care.cli.run import Run
from care.errors import WrongUsage
from care.views.safe import clip, safe

if TYPE_CHECKING:
    from care.interviews.triage import TriageQuestion


SHOWN = 150
"""Cells of an answer that are shown again: enough to know it by."""

TITLE = 40
"""Cells of a title within a question."""

REST = "."
"""The key that skips all that is left to sort."""


def sort_out(run: Run, talk: OpenTalk) -> bool:
    """Asks what is left to ask, each answer kept as it is given; False when there is something to note yet."""
    from care.interviews.triage import checks

    spent = f"Talked {talk.minutes} minutes. " if talk.minutes else ""
    run.talk.line(f"{spent}Saved as you typed. Now sort it: one key each, Enter skips, < goes back, . ends.")
    forget_typed_ahead()
    answered = list(talk.pressed)
    shown = ""
    while True:
        run.talk.measure()
        check = next((one for one in checks(talk.plan, talk.notes, talk.pressed) if one.ref not in talk.pressed), None)
        if check is None:
            return True
        passage = clip(safe(check.passage), SHOWN)
        if passage and passage != shown:
            run.talk.line((passage if passage.startswith("“") else f"“{passage}”", "dim"), indent=2)
        shown = passage
        said = _asked(run, talk, check)
        if said == REST:
            for one in checks(talk.plan, talk.notes, talk.pressed):
                _answer(talk, one.ref, talk.pressed.get(one.ref, _left_out(run, talk, one)))
            return True
        if said != BACK:
            _answer(talk, check.ref, said)
            answered.append(check.ref)
        elif answered:
            shown = ""
            ref = answered.pop()
            del talk.pressed[ref]
            talk.keep(ask=ref, said=None)
        else:
            return False


def _answer(talk: OpenTalk, ref: str, said: str) -> None:
    if ref not in talk.pressed:
        talk.pressed[ref] = said
        talk.keep(ask=ref, said=said)


def _left_out(run: Run, talk: OpenTalk, check: "TriageQuestion") -> str:
    """What a question that is skipped comes to; a promise has a day in any case, so that it is not lost."""
    from care.interviews.triage import IN_TWO_WEEKS, SKIPPED, Ask

    if check.ask is not Ask.BY or _unread_day(run, talk, check.passage) is None:
        return SKIPPED
    return day_said(run, IN_TWO_WEEKS, talk.at)


def _asked(run: Run, talk: OpenTalk, check: "TriageQuestion") -> str:
    from care.interviews.triage import IN_TWO_WEEKS, SKIPPED, Ask

    if check.ask is Ask.AGAIN:
        return ask_again(run, "  Call again? (like “in 2 weeks”; Enter: no)", run.now) or SKIPPED
    if check.ask is not Ask.BY:
        for number, one in enumerate(check.near if len(check.near) > 1 else (), 1):
            run.talk.line(f"[{number}] i{one.id} {one.title}", indent=4)
        return ask_key(run, f"  {_question(check)}", f"{check.keys}{REST}")
    wrong = _unread_day(run, talk, check.passage)
    if wrong is None:
        return SKIPPED
    if wrong:
        run.talk.line(wrong, indent=2)
    while True:
        said = ask("  by when?", IN_TWO_WEEKS)
        if said in (BACK, REST):
            return said
        try:
            return day_said(run, said, talk.at)
        except WrongUsage as error:
            run.talk.line(error.sentence, indent=2)


def _question(check: "TriageQuestion") -> str:
    from care.interviews.records import CallQuestion, CustomerIssue
    from care.interviews.triage import Ask
    from care.owed.records import PromiseRecord

    about = check.about
    no = " [-] no" if check.optional else ""
    if isinstance(about, CallQuestion):
        return f"{about.key}  [g]ood [m]ixed [b]ad"
    if isinstance(about, CustomerIssue):
        keys = "[p]leased [n]ot fixed" if "p" in check.keys else "[a]ccepted [u]nhappy"
        return f"i{about.id} {_short(about.title)}  told that it is {about.state.value}?  {keys} [-] not told"
    if isinstance(about, PromiseRecord):
        return f"p{about.id} {_short(about.what)}  due {about.due_on:%-d %B}, kept?  [y]es [-] not yet"
    if check.ask is Ask.SAME_AS and len(check.near) == 1:
        return f"same as i{check.near[0].id} {_short(check.near[0].title)}?  [y]es [n]ew{no}"
    return {
        Ask.SAME_AS: f"the same as one of these?  [1-{len(check.near)}] [n]ew{no}",
        Ask.IS_ISSUE: "make it an issue?  [y]es [-] no",
        Ask.STANCE: "They are a [f]an [n]eutral [c]ritic",
        Ask.SOLD: "I sold [y/n]",
        Ask.DEFENDED: "I defended us [y/n]",
    }[check.ask]


def _short(title: str) -> str:
    return clip(safe(title), TITLE)


def _unread_day(run: Run, talk: OpenTalk, promise: str) -> str | None:
    """None for a promise whose day can be read, else what is wrong with it; empty where none was said."""
    from care.interviews.notes import promise_said
    from care.interviews.triage import undated

    with run.reading() as session:
        zone = run.policy(session).timezone
    try:
        promise_said(promise, talk.at, zone)
    except WrongUsage as error:
        return error.sentence if undated(promise) != promise else ""
    return None


def day_said(run: Run, said: str, now: datetime) -> str:
    """The day, and the time if one was said, that no longer depend on when they are read. Raises WrongUsage."""
    from care.times.when import parse_when, say_day
    from care.times.zones import local_date

    with run.reading() as session:
        zone = run.policy(session).timezone
    when = parse_when(said, now, zone)
    if when.day < local_date(now, zone):
        raise WrongUsage(f"{say_day(when.day, local_date(run.now, zone))} is past.")
    shown = say_day(when.day, local_date(run.now, zone)) + (f" {when.time:%H:%M}" if when.time else "")
    run.talk.hint(f"  {said}: {shown}." + (f" {when.note}" if when.note else ""))
    return f"{when.day.isoformat()} {when.time:%H:%M}" if when.time else when.day.isoformat()


def ask_again(run: Run, question: str, now: datetime) -> str | None:
    """The day of another call, and the time if one was said; None for none, ``BACK`` or ``REST`` where one is typed."""
    while True:
        said = ask(question)
        if said in (BACK, REST):
            return said
        if not said or said.lower() in ("no", "n", "-"):
            return None
        try:
            return day_said(run, said, now)
        except WrongUsage as error:
            run.talk.line(error.sentence, indent=2)
