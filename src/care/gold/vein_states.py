"""The states of a vein, and which follow on which.

One that was dropped may still become something, and one that became an issue is the issue's from then on. Only where
all who raised that issue are forgotten is it open again.
"""

from collections.abc import Mapping

from care.words import VeinState

NEXT: Mapping[VeinState, frozenset[VeinState]] = {
    VeinState.OPEN: frozenset({VeinState.ISSUE, VeinState.PROMISE, VeinState.DROPPED}),
    VeinState.PROMISE: frozenset({VeinState.DROPPED}),
    VeinState.DROPPED: frozenset({VeinState.ISSUE, VeinState.PROMISE}),
    VeinState.ISSUE: frozenset(),
}
"""The states that may follow on each."""
