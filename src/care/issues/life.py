"""The life of an issue: open, fixed or declined, told."""

from care.text import fold
from care.words import IssueState

SETTLED = frozenset({IssueState.FIXED, IssueState.DECLINED})

_NOT_FIXED = frozenset({"not fixed", "not-fixed", "n", "no", "still broken", "reopen"})


def is_not_fixed(reaction: str | None) -> bool:
    """Whether the customer's reaction says that it is not fixed."""
    return reaction is not None and fold(reaction) in _NOT_FIXED


def state_after_telling(state: IssueState, waiting: int) -> IssueState:
    """The state once someone was told: ``told`` when a settled issue has no raiser left who waits."""
    return IssueState.TOLD if state in SETTLED and waiting == 0 else state


def state_after_raising(state: IssueState, *, was_told: bool) -> IssueState:
    """The state when a customer raises it: open again where it was told, to all or to them, for it is not solved."""
    return IssueState.OPEN if state is IssueState.TOLD or was_told else state
