"""Screens of what we owe."""

from care.owed.records import OTHER, RECOVER, TELL, WORD, Owed, OwedItem, PromiseRecord
from care.reports.lines import MOST, owed_cells, owed_sentence
from care.times.when import say_date
from care.touches.records import FollowUpRecord
from care.views.screen import HEAD, QUIET, TYPED, WAITING, WELL, Screen
from care.words import OwingState, PromiseState


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
