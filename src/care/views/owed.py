"""Screens of what we owe."""

from typing import Any

from care.owed.records import OTHER, PROMISE, RECOVER, TELL, WORD, Owed, OwedCounts, OwedItem, PromiseRecord
from care.text import plural
from care.times.when import say_date
from care.views.screen import BROKEN, HEAD, QUIET, TYPED, WAITING, WELL, Cell, Screen
from care.words import OwingState, PromiseState

MOST = 1000
"""Beyond so many nobody needs the number."""


_STATES = {TELL: "to tell", RECOVER: "to recover", WORD: "to hear", OTHER: "in touch"}


def owed_cells(one: OwedItem) -> list[Cell]:
    """One line of a list."""
    broken = one.state == PromiseState.BROKEN or one.kind == RECOVER
    state = one.state if one.kind == PROMISE else _STATES.get(one.kind, one.kind)
    thread = f"“{one.what}”" if one.what else "a word, a card, a question"
    said = {TELL: f"{one.state}: {one.what}", WORD: f"where it stands: {one.what}", OTHER: thread}
    what = said.get(one.kind, one.what)
    due = plural(one.overdue_days, "day") if one.overdue_days else f"{one.due_on:%-d %b}"
    return [
        Cell(one.ref, TYPED),
        Cell(
            "due" if state == PromiseState.OPEN else state,
            BROKEN if broken or one.failure else WAITING if one.kind in (TELL, WORD) else QUIET,
        ),
        Cell(one.customer.name, cut=True),
        Cell(what, cut=True),
        Cell(due, BROKEN if broken else QUIET, right=True),
        Cell(one.owner or "", QUIET, cut=True, drop=True),
    ]


def owed_sentence(counts: OwedCounts) -> tuple[str, str]:
    """The one sentence that leads the list, and its colour."""
    parts = []
    if counts.broken:
        parts.append(f"{_some(counts.broken, 'promise')} broken")
    if counts.recover:
        verb = "waits" if counts.recover == 1 else "wait"
        parts.append(f"{_some(counts.recover, 'customer')} {verb} too long after a failure")
    if counts.tell:
        since = f", the longest {plural(counts.longest_days, 'day')}" if counts.longest_days else ""
        verb = "waits" if counts.tell == 1 else "wait"
        parts.append(f"{_some(counts.tell, 'customer')} {verb} to be told{since}")
    if counts.where_it_stands:
        verb = "waits" if counts.where_it_stands == 1 else "wait"
        parts.append(f"{_some(counts.where_it_stands, 'customer')} {verb} to hear where it stands")
    if counts.stay_in_touch:
        parts.append(f"{_some(counts.stay_in_touch, 'customer')} to stay in touch with")
    if counts.promised:
        parts.append(f"{_some(counts.promised, 'promise')} to keep")
    bad, waits = counts.broken or counts.recover, counts.tell or counts.where_it_stands
    colour = BROKEN if bad else WAITING if waits else ""
    return ", ".join(parts) or "nothing: every promise is kept and everyone has been told", colour


def _some(count: int, one: str) -> str:
    return f"over {plural(MOST, one)}" if count > MOST else plural(count, one)


def show_owed(screen: Screen, found: Owed) -> None:
    """The sentence, then a line each."""
    if not found.total:
        screen.line("We owe nobody anything.")
        return
    words, style = owed_sentence(found.counts)
    screen.line(("WE OWE", HEAD), "  ", (words, style))
    screen.rows([owed_cells(one) for one in found.owed])
    if len(found.owed) < found.total:
        more = found.total - len(found.owed)
        screen.line((f"and over {MOST:,} more" if more > MOST else f"and {more:,} more", QUIET), indent=2)


def next_step(one: OwedItem) -> str:
    """What to type for the first thing owed."""
    if one.kind == TELL:
        return f"care issues draft {one.ref}, and when it is said care issues tell {one.ref} {one.customer.id}"
    if one.kind == RECOVER:
        return f"care issues fix {one.ref} --note TEXT"
    if one.kind == OTHER:
        return f"care touch {one.customer.id} give TEXT, or care owed drop {one.ref} --reason TEXT"
    return f"care issues draft i{one.id}" if one.kind == WORD else f"care owed done {one.ref}"


_ENDED = {
    PromiseState.KEPT.value: ("kept", WELL), PromiseState.DROPPED.value: ("dropped", QUIET),
    OwingState.DONE.value: ("done", WELL),
}  # fmt: skip


def show_done(screen: Screen, one: Any) -> None:
    """A promise, or another thing owed, as it stands now."""
    state, style = _ENDED.get(one.state.value, ("moved", WAITING))
    why = f". {one.reason}" if one.reason else ""
    if isinstance(one, PromiseRecord):
        due = f" by {say_date(one.due_on)}"
        before = f", first by {say_date(one.moved_from)}" if one.moved_from else ""
        screen.line((f"p{one.id}", TYPED), "  ", (state, style), f"  {one.what}, promised to {one.customer.name}",
                    (due + before + why, QUIET))  # fmt: skip
        return
    screen.line((f"n{one.id}", TYPED), "  ", (state, style), f"  in touch with {one.customer.name}",
                (f", {say_date(one.due_on)}{why}", QUIET))  # fmt: skip
