"""The screen after a call."""

from care.calls.outcomes import NOBODY_ANSWERED
from care.calls.records import CallRecord
from care.interviews.records import Moved, Talk
from care.text import plural
from care.times.when import say_date, short_day
from care.views.screen import BROKEN, HEAD, QUIET, TYPED, WAITING, WELL, Screen
from care.views.wording import OUTCOMES, phone
from care.words import CallState, Outcome, Part

PARTS = {Part.MORNING: "in the morning", Part.NOON: "around noon", Part.AFTERNOON: "in the afternoon"}


def show_talk(screen: Screen, talk: Talk) -> None:
    """What was recorded, what it changed, and how the week stands."""
    call = talk.call
    held = call.state is CallState.HELD
    words = {CallState.HELD: "held", CallState.UNREACHED: "not reached, and now closed", CallState.REFUSED: "refused"}
    state = words.get(call.state, OUTCOMES[talk.outcome])
    screen.line(
        (f"Saved c{call.id}", HEAD), f"  {call.customer.name}: ", (state, WELL if held else QUIET),
        (f"   {talk.held} of {plural(talk.wanted, 'talk')} this week", QUIET),
    )  # fmt: skip
    for issue in talk.issues:
        verb = "now has" if issue.joined else "opened, with"
        screen.line((f"i{issue.id}", TYPED), f" {issue.title}: {verb} {plural(issue.raisers, 'customer')}", indent=2)
    for told in talk.told:
        rest = "reopened: not fixed for them" if told.reopened else f"told; {told.waiting or 'nobody'} left to tell"
        screen.line((f"i{told.id}", TYPED), f" {told.title}: ", (rest, BROKEN if told.reopened else WELL), indent=2)
    for promise in talk.kept:
        screen.line((f"p{promise.id}", TYPED), f" {promise.what}: ", ("kept", WELL), indent=2)
    for promise in talk.promises:
        screen.line((f"p{promise.id}", TYPED), f" {promise.what} by {say_date(promise.due_on)}", indent=2)
    for gold in talk.gold:
        screen.line((f"{gold.kind.value}", WAITING), f" “{gold.words}”", indent=2)
    if talk.again is not None:
        screen.line((f"c{talk.again.id}", TYPED), f" called again in week {talk.again.week}", indent=2)
    if talk.stepped_up is not None:
        _stepped_up(screen, talk.stepped_up)
    elif call.state is CallState.PLANNED and talk.outcome is Outcome.WRONG_NUMBER:
        screen.line((f"That number is marked as wrong. Next time: {phone(call.customer.phone)}", QUIET), indent=2)
    if call.state is CallState.PLANNED and talk.outcome in NOBODY_ANSWERED:
        screen.line((f"Next try: {next_try(call)}", QUIET), indent=2)


def next_try(call: CallRecord) -> str:
    """When to try again: ``Thu 26, 15:00``, or without a time ``Thu 26, in the afternoon``."""
    if call.starts_at is not None:
        return f"{short_day(call.starts_at)}, {call.starts_at:%H:%M}"
    day = short_day(call.not_before) if call.not_before else "another day"
    return f"{day}, {PARTS[call.part]}" if call.part else day


def show_moved(screen: Screen, moved: Moved) -> None:
    """Whose talk it is now, and what became of the call it was logged as."""
    call = moved.call
    screen.line((f"c{call.id}", HEAD), f"  {call.customer.name}: ", ("the talk is theirs now", WELL))
    if moved.reopened is None:
        screen.line((f"{moved.was_with.name} was not called.", QUIET), indent=2)
        return
    state = "still to be called" if moved.reopened.state is CallState.PLANNED else moved.reopened.state.value
    screen.line((f"c{moved.reopened.id}", TYPED), f" {moved.was_with.name} is {state}", indent=2)


def _stepped_up(screen: Screen, call: CallRecord) -> None:
    name = f"{call.customer.name}, {call.customer.company}" if call.customer.company else call.customer.name
    screen.line((f"c{call.id}", TYPED), f" {name} steps up beside them", indent=2)
