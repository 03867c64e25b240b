"""Matching calls to times, so that as many as possible have one."""

from collections import deque
from collections.abc import Hashable, Sequence
from typing import TypeVar

Time = TypeVar("Time", bound=Hashable)


def largest_match(choices: Sequence[Sequence[Sequence[Time]]]) -> list[Time | None]:
    """A time for as many calls as possible, no time twice, None for those that are left over.

    ``choices`` are the times each call could have, in tiers: a later tier is only turned to for calls that find nothing
    otherwise. Those with the fewest choices come first, then those named first; within a tier the earlier choice is
    taken while it is free. A maximum bipartite matching by augmenting paths.
    """
    hard_first = sorted(range(len(choices)), key=lambda call: (sum(map(len, choices[call])), call))
    time_of: list[Time | None] = [None] * len(choices)
    call_of: dict[Time, int] = {}
    for tiers in range(1, max(map(len, choices), default=0) + 1):
        open_to = [[time for tier in mine[:tiers] for time in tier] for mine in choices]
        for call in hard_first:
            if time_of[call] is None:
                _augment(call, open_to, time_of, call_of)
    return time_of


def _augment(call: int, open_to: list[list[Time]], time_of: list[Time | None], call_of: dict[Time, int]) -> None:
    """Gives the call a time, moving others on to times of theirs where that makes room; the shortest way there is."""
    wanted_by: dict[Time, int] = {}
    waiting = deque([call])
    while waiting:
        one = waiting.popleft()
        for time in open_to[one]:
            if time in wanted_by:
                continue
            wanted_by[time] = one
            holder = call_of.get(time)
            if holder is not None:
                waiting.append(holder)
                continue
            while True:  # back along the way: each takes what the next one gives up
                mover = wanted_by[time]
                before = time_of[mover]
                time_of[mover], call_of[time] = time, mover
                if before is None:
                    return
                time = before
