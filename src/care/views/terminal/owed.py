"""Screens of what we owe."""

from care.calls.staying.records import SmallTouch
from care.promises.records import PromiseRecord
from care.reports.owed import Owed, OwedItem
from care.text import plural
from care.times.when import say_date
from care.views.terminal.screen import BROKEN, HEAD, QUIET, TYPED, WAITING, WELL, Cell, Screen
from care.words import OwingKind, PromiseState


def owed_cells(one: OwedItem) -> list[Cell]:
    """One line of a list."""
    if one.kind == OwingKind.STAY_IN_TOUCH:
        return _small_touch(one)
    broken = one.state == PromiseState.BROKEN
    state = one.state if one.kind == "promise" else "to tell"
    what = one.what if one.kind == "promise" else f"{one.state}: {one.what}"
    due = plural(one.overdue_days, "day") if one.overdue_days else f"{one.due_on:%-d %b}"
    return [
        Cell(one.ref, TYPED),
        Cell(
            "due" if state == PromiseState.OPEN else state,
            BROKEN if broken else WAITING if one.kind == "tell" else QUIET,
        ),
        Cell(one.customer.name, cut=True),
        Cell(what, cut=True),
        Cell(due, BROKEN if broken else QUIET, right=True),
        Cell(one.owner or "", QUIET, cut=True, drop=True),
    ]


def _small_touch(one: OwedItem) -> list[Cell]:
    return [
        Cell(one.ref, TYPED),
        Cell("in touch", QUIET),
        Cell(one.customer.name, cut=True),
        Cell(f"“{one.what}”" if one.what else "a word, a card, a question", "" if one.what else QUIET, cut=True),
        Cell(f"{one.due_on:%-d %b}", QUIET, right=True),
        Cell(one.owner or "", QUIET, cut=True, drop=True),
    ]


def show_dropped(screen: Screen, one: SmallTouch) -> None:
    """A small touch that is not proposed again."""
    screen.line((f"n{one.id}", TYPED), f"  dropped: {one.customer.name}",
                (f", after the talk of {say_date(one.talked_on)}", QUIET))  # fmt: skip


def owed_sentence(items: tuple[OwedItem, ...]) -> tuple[str, str]:
    """The one sentence that leads the list, and its colour."""
    broken = sum(one.state == PromiseState.BROKEN for one in items)
    waiting = [one for one in items if one.kind == "tell"]
    near = sum(one.kind == OwingKind.STAY_IN_TOUCH for one in items)
    due = sum(one.kind == "promise" and one.state == PromiseState.OPEN for one in items)
    parts = []
    if broken:
        parts.append(f"{plural(broken, 'promise')} broken")
    if waiting:
        longest = max(one.overdue_days for one in waiting)
        since = f", the longest {plural(longest, 'day')}" if longest else ""
        verb = "waits" if len(waiting) == 1 else "wait"
        parts.append(f"{plural(len(waiting), 'customer')} {verb} to be told{since}")
    if due:
        parts.append(f"{plural(due, 'promise')} to keep")
    if near:
        parts.append(f"{plural(near, 'customer')} to stay in touch with")
    return ", ".join(
        parts
    ) or "nothing: every promise is kept and everyone has been told", BROKEN if broken else WAITING if waiting else ""


def show_owed(screen: Screen, found: Owed) -> None:
    """The sentence, then a line each."""
    if not found.total:
        screen.line("We owe nobody anything.")
        return
    words, style = owed_sentence(found.owed)
    screen.line(("WE OWE", HEAD), "  ", (words, style))
    screen.rows([owed_cells(one) for one in found.owed])
    if len(found.owed) < found.total:
        screen.line((f"and {found.total - len(found.owed)} more", QUIET), indent=2)


def show_kept(screen: Screen, one: PromiseRecord) -> None:
    """A promise that was kept."""
    screen.line((f"p{one.id}", TYPED), "  ", ("kept", WELL), f"  {one.what}, promised to {one.customer.name}",
                (f" by {say_date(one.due_on)}", QUIET))  # fmt: skip
