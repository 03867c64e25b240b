"""The life of an issue: its states, which follow on which, and what leads from one to another.

An open issue is fixed or declined, and told once everyone who raised it has been told. It is open again whenever
somebody says that it is not so.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from care.text import fold
from care.words import IssueState

NEXT: Mapping[IssueState, frozenset[IssueState]] = {
    IssueState.OPEN: frozenset({IssueState.FIXED, IssueState.DECLINED}),
    IssueState.FIXED: frozenset({IssueState.TOLD, IssueState.OPEN}),
    IssueState.DECLINED: frozenset({IssueState.TOLD, IssueState.OPEN}),
    IssueState.TOLD: frozenset({IssueState.OPEN}),
}
"""The states that may follow on each."""

SETTLED = frozenset(state for state, after in NEXT.items() if IssueState.TOLD in after)
"""The states in which there is something to tell to whoever raised it."""

UNSETTLED = frozenset(IssueState) - SETTLED - {IssueState.TOLD}
"""The states in which nobody knows yet what becomes of it."""

_NO = re.compile(
    r"^(n|no|nope|reopen)\b"
    r"|\b(not|never|isn.?t|hasn.?t|doesn.?t|didn.?t|cannot|can.?t)\b.{0,24}\b(fix|solv|resolv|work|done|gone|better|yet)"
    r"|\bnot[ -]fixed\b"
    r"|\bstill\b.{0,24}\b(not|broken|wrong|there|happen|drop|fail|slow|bad|same|miss|late|does|do|lose|gone)"
    r"|\b(again|same) (problem|trouble|thing)\b"
)

NO_WORD_DAYS = 60
"""How long a customer waits without a word before we owe them where it stands."""


def is_not_fixed(reaction: str | None) -> bool:
    """Whether the customer's reaction says that it is not fixed, in the ways people say so."""
    return reaction is not None and _NO.search(fold(reaction)) is not None


def state_after_telling(state: IssueState, reaction: str | None, waiting: int) -> IssueState:
    """The state of a settled issue once someone was told, of whom ``waiting`` are left who were not.

    It is open again where they say that it is not fixed, and told where nobody is left.
    """
    if is_not_fixed(reaction):
        return IssueState.OPEN
    return IssueState.TOLD if state in SETTLED and waiting == 0 else state


def state_after_raising(state: IssueState, *, was_told: bool) -> IssueState:
    """The state when a customer raises it: open again where it was told, to all or to them, for it is not solved."""
    return IssueState.OPEN if state is IssueState.TOLD or was_told else state


def columns_on_entering(state: IssueState, at: datetime | None, note: str | None) -> dict[str, object]:
    """The columns of an issue that come into a state at that moment. ``note`` is what it was settled with."""
    if state is IssueState.TOLD:
        return {"state": state, "told_at": at}
    if state in SETTLED:
        return {"state": state, "settled_at": at, "note": note}
    return {"state": state, "settled_at": None, "told_at": None}
