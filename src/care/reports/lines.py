"""One line of an issue and of something owed, as the lists and the report show it."""

from care.issues.life import SETTLED, UNSETTLED
from care.issues.records import IssueRecord
from care.owed.records import OTHER, PROMISE, RECOVER, TELL, WORD, OwedCounts, OwedItem
from care.reports.blocks import BROKEN, QUIET, TYPED, WAITING, WELL, Cell
from care.text import plural
from care.words import IssueKind, IssueState, PromiseState

STATE = dict.fromkeys(UNSETTLED, "") | dict.fromkeys(SETTLED, WAITING) | {IssueState.TOLD: WELL}
"""The style of each state of an issue."""

MOST = 1000
"""Beyond so many nobody needs the number."""

_STATES = {TELL: "to tell", RECOVER: "to recover", WORD: "to hear", OTHER: "in touch"}


def issue_cells(issue: IssueRecord) -> list[Cell]:
    """An issue as one line of a list."""
    title = f"{issue.title}, {issue.state.value}" if issue.state not in UNSETTLED else issue.title
    count = plural(len(issue.raised_by), "customer")
    if issue.waiting:
        count = f"{issue.waiting} of {count} to tell"
    return [
        Cell(f"i{issue.id}" + (" *" if issue.new else ""), TYPED),
        Cell(title, STATE[issue.state], cut=True),
        Cell(kind_words(issue), BROKEN),
        Cell(count, WAITING if issue.waiting else ""),
        Cell(plural(issue.age_days, "day") if issue.age_days else "today", QUIET, right=True),
        Cell(issue.owner or "no owner", QUIET, drop=True),
    ]


def kind_words(issue: IssueRecord) -> str:
    """Whether an issue is a failure of ours and whether it blocks a customer, in words; empty where neither."""
    words = ["failure"] if issue.kind is IssueKind.FAILURE else []
    return ", ".join([*words, "blocking"] if issue.blocking else words)


def owed_cells(item: OwedItem) -> list[Cell]:
    """Something owed as one line of a list."""
    broken = item.state == PromiseState.BROKEN or item.kind == RECOVER
    state = item.state if item.kind == PROMISE else _STATES.get(item.kind, item.kind)
    thread = f"“{item.what}”" if item.what else "a word, a card, a question"
    said = {TELL: f"{item.state}: {item.what}", WORD: f"where it stands: {item.what}", OTHER: thread}
    what = said.get(item.kind, item.what)
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
    """The one sentence that leads what is owed, and its style."""
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
    style = BROKEN if bad else WAITING if waits else ""
    return ", ".join(parts) or "nothing: every promise is kept and everyone has been told", style


def _some(count: int, noun: str) -> str:
    return f"over {plural(MOST, noun)}" if count > MOST else plural(count, noun)
