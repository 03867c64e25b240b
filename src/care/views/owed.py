"""Screens of what we owe."""

from typing import Any

from care.owed.records import OTHER, RECOVER, TELL, WORD, Owed, OwedItem, PromiseRecord
from care.reports.lines import MOST, owed_cells, owed_sentence
from care.times.when import say_date
from care.views.screen import HEAD, QUIET, TYPED, WAITING, WELL, Screen
from care.words import OwingState, PromiseState


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
