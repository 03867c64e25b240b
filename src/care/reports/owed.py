"""What we owe customers: promises and people to tell, in one list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from care.calls.staying.records import SmallTouch
from care.customers.person import Person
from care.issues.records import IssueRecord
from care.promises.records import PromiseRecord
from care.words import OwingKind, PromiseState


@dataclass(frozen=True, slots=True)
class OwedItem:
    """One thing we owe one customer: a ``promise``, to ``tell``, or to ``stay_in_touch``; ``state`` says how it stands.

    Telling is due the day it was settled, so ``overdue_days`` is how long they have waited. ``ref`` is what one types.
    """

    id: int
    kind: str
    customer: Person
    what: str
    due_on: date
    overdue_days: int
    state: str
    owner: str | None
    ref: str


@dataclass(frozen=True, slots=True)
class Owed:
    """Everything owed, and how many things there are in all."""

    owed: tuple[OwedItem, ...]
    total: int


def owed_promise(promise: PromiseRecord) -> OwedItem:
    """A promise as something owed."""
    return OwedItem(
        promise.id, "promise", promise.customer, promise.what, promise.due_on, promise.overdue_days,
        promise.state.value, promise.caller, f"p{promise.id}",
    )  # fmt: skip


def owed_tellings(issue: IssueRecord, today: date) -> list[OwedItem]:
    """One item for each raiser of a settled issue who has not been told."""
    since = issue.settled_on or today
    return [
        OwedItem(
            issue.id, "tell", Person(raiser.id, raiser.name, raiser.company, raiser.phone), issue.title, since,
            (today - since).days, issue.state.value, issue.owner, f"i{issue.id}",
        )
        for raiser in issue.raised_by
        if not raiser.told
    ]  # fmt: skip


def owed_small_touch(touch: SmallTouch, today: date) -> OwedItem:
    """A small touch as something owed, with the remembered thread as its words."""
    late = (today - touch.due_on).days
    return OwedItem(
        touch.id, OwingKind.STAY_IN_TOUCH, touch.customer, touch.remember or "", touch.due_on, late,
        touch.state.value, touch.caller, f"n{touch.id}",
    )  # fmt: skip


def in_order(items: Iterable[OwedItem]) -> Sequence[OwedItem]:
    """Broken promises first, then the longest overdue, then what is due next, and last whom to stay in touch with."""
    return sorted(items, key=lambda one: (_rank(one), -one.overdue_days, one.due_on, one.id))


def _rank(one: OwedItem) -> int:
    return 0 if one.state == PromiseState.BROKEN else 2 if one.kind == OwingKind.STAY_IN_TOUCH else 1
