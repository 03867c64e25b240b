"""Screens of what we owe."""

from care.owed.records import OTHER, PROMISE, RECOVER, TELL, WORD, Owed, OwedCounts, OwedItem, PromiseRecord
from care.text import plural
from care.times.when import say_date
from care.touches.records import FollowUpRecord
from care.views.screen import BROKEN, HEAD, QUIET, TYPED, WAITING, WELL, Cell, Screen
from care.words import OwingState, PromiseState

MOST = 1000
"""Beyond so many nobody needs the number."""


_STATES = {TELL: "to tell", RECOVER: "to recover", WORD: "to hear", OTHER: "in touch"}


def owed_cells(item: OwedItem) -> list[Cell]:
    """One line of a list."""
    broken = item.state == PromiseState.BROKEN or item.kind == RECOVER
    state = item.state if item.kind == PROMISE else _STATES.get(item.kind, item.kind)
    thread = f"“{item.what}”" if item.what else "a word, a card, a question"
    words = {TELL: f"{item.state}: {item.what}", WORD: f"where it stands: {item.what}", OTHER: thread}
    what = words.get(item.kind, item.what)
    due = plural(item.overdue_days, "day") if item.overdue_days else f"{item.due_on:%-d %b}"
    return [
        Cell(item.ref, TYPED),
        Cell(
            "due" if state == PromiseState.OPEN else state,
            BROKEN if broken or item.failure else WAITING if item.kind in (TELL, WORD) else QUIET,
        ),
        Cell(item.customer.name, cut=True),
        Cell(what, cut=True),
        Cell(due, BROKEN if broken else QUIET, right=True),
        Cell(item.owner or "", QUIET, cut=True, drop=True),
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


def _some(count: int, noun: str) -> str:
    return f"over {plural(MOST, noun)}" if count > MOST else plural(count, noun)


def show_owed(screen: Screen, owed: Owed) -> None:
    """The sentence, then a line each."""
    if not owed.total:
        screen.line("We owe nobody anything.")
        return
    words, style = owed_sentence(owed.counts)
    screen.line(("WE OWE", HEAD), "  ", (words, style))
    screen.rows([owed_cells(item) for item in owed.owed])
    if len(owed.owed) < owed.total:
        more = owed.total - len(owed.owed)
        screen.line((f"and over {MOST:,} more" if more > MOST else f"and {more:,} more", QUIET), indent=2)


def next_step(item: OwedItem) -> str:
    """What to type for the first thing owed."""
    if item.kind == TELL:
        return f"care issues draft {item.ref}, and when it is said care issues tell {item.ref} {item.customer.id}"
    if item.kind == RECOVER:
        return f"care issues fix {item.ref} --note TEXT"
    if item.kind == OTHER:
        return f"care touch {item.customer.id} give TEXT, or care owed drop {item.ref} --reason TEXT"
    return f"care issues draft i{item.id}" if item.kind == WORD else f"care owed done {item.ref}"


_ENDED = {
    PromiseState.KEPT.value: ("kept", WELL), PromiseState.DROPPED.value: ("dropped", QUIET),
    OwingState.DONE.value: ("done", WELL),
}  # fmt: skip


def show_done(screen: Screen, ended: PromiseRecord | FollowUpRecord) -> None:
    """A promise, or another thing owed, as it stands now."""
    state, style = _ENDED.get(ended.state.value, ("moved", WAITING))
    why = f". {ended.reason}" if ended.reason else ""
    if isinstance(ended, PromiseRecord):
        due = f" by {say_date(ended.due_on)}"
        before = f", first by {say_date(ended.moved_from)}" if ended.moved_from else ""
        screen.line((f"p{ended.id}", TYPED), "  ", (state, style), f"  {ended.what}, promised to {ended.customer.name}",
                    (due + before + why, QUIET))  # fmt: skip
        return
    screen.line((f"n{ended.id}", TYPED), "  ", (state, style), f"  in touch with {ended.customer.name}",
                (f", {say_date(ended.due_on)}{why}", QUIET))  # fmt: skip
