"""The life of an issue: open, fixed or declined, told."""

import re

from care.text import fold
from care.words import IssueState

SETTLED = frozenset({IssueState.FIXED, IssueState.DECLINED})


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


def state_after_telling(state: IssueState, waiting: int) -> IssueState:
    """The state once someone was told: ``told`` when a settled issue has no raiser left who waits."""
    return IssueState.TOLD if state in SETTLED and waiting == 0 else state


def state_after_raising(state: IssueState, *, was_told: bool) -> IssueState:
    """The state when a customer raises it: open again where it was told, to all or to them, for it is not solved."""
    return IssueState.OPEN if state is IssueState.TOLD or was_told else state
