"""Times for calls: who makes which, and when, so that as many as possible have a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from care.calls.slots.assign import assign_callers, is_owner
from care.calls.slots.free import holds, on_step, starts_in, without
from care.calls.slots.matching import largest_match
from care.calls.slots.records import Lengths, Sought, Span


class Timed(NamedTuple):
    """Who makes a call, and when; no time where none was found."""

    caller: str
    start: datetime | None


def possible_starts(free: Sequence[Span], theirs: Sequence[Span], lengths: Lengths) -> list[datetime]:
    """Where a call could begin: at one of the starts the free pieces are laid out in, and where none of these meets
    the customer's hours, at any other.
    """
    found = [start for start in starts_in(free, lengths) if holds(theirs, start, lengths.call)]
    return found or _any_start(free, theirs, lengths)


def times_for(
    calls: Sequence[Sought], free: Mapping[str, Sequence[Span]], load: Mapping[str, int], lengths: Lengths
) -> list[Timed]:
    """Who makes each of the calls, which are in the order of the draw, and when.

    ``free`` are the free pieces of each caller, in order and apart; ``load`` how many calls of the week each has. The
    calls are assigned by turns to those with room; then as many as possible get one of the starts the free pieces are
    laid out in, from whoever they were assigned to, else from another, and last from whoever looks after the account.
    What is left over takes any gap that is still large enough.
    """
    starts = {caller: starts_in(pieces, lengths) for caller, pieces in free.items()}
    possible = {
        (call.call_id, caller): possible_starts(free.get(caller, ()), call.spans, lengths)
        for call in calls
        for caller in call.callers
    }
    room = {caller: len(mine) for caller, mine in starts.items()}
    assigned = assign_callers(calls, load, room, {pair: bool(found) for pair, found in possible.items()})
    tiers = [_tiers(call, caller) for call, caller in zip(calls, assigned, strict=True)]
    laid_out = {caller: set(mine) for caller, mine in starts.items()}
    choices = [
        [
            [
                (one, start)
                for one in tier
                for start in possible[call.call_id, one]
                if start in laid_out.get(one, ())
            ]
            for tier in mine
        ]
        for call, mine in zip(calls, tiers, strict=True)
    ]  # fmt: skip
    found = largest_match(choices)
    gaps = {caller: list(pieces) for caller, pieces in free.items()}
    for pair in filter(None, found):
        gaps[pair[0]] = _beside(gaps[pair[0]], pair[1], lengths)
    timed = [Timed(*pair) if pair else None for pair in found]
    for at in sorted(range(len(calls)), key=lambda at: sum(map(len, choices[at]))):
        for caller in (one for tier in tiers[at] for one in tier if timed[at] is None):
            left = _any_start(gaps.get(caller, ()), calls[at].spans, lengths)
            if left:
                timed[at] = Timed(caller, left[0])
                gaps[caller] = _beside(gaps[caller], left[0], lengths)
                break
    return [one or Timed(caller, None) for one, caller in zip(timed, assigned, strict=True)]


def _tiers(call: Sought, assigned: str) -> list[list[str]]:
    others = [caller for caller in call.callers if caller != assigned]
    outsiders = [one for one in others if not is_owner(one, call.owner)]
    owners = [one for one in others if one not in outsiders]
    return [[assigned], outsiders, owners] if not is_owner(assigned, call.owner) else [outsiders, [assigned], owners]


def _beside(free: Sequence[Span], start: datetime, lengths: Lengths) -> list[Span]:
    """What is free beside a call that begins then, the gap before and after it left out."""
    return without(free, [Span(start - lengths.gap, start + lengths.call + lengths.gap)])


def _any_start(free: Sequence[Span], theirs: Sequence[Span], lengths: Lengths) -> list[datetime]:
    """The first start in each free piece that lies in the customer's hours."""
    found = []
    for span in free:
        for window in theirs:
            start = on_step(max(span.start, window.start))
            if start + lengths.call <= min(span.end, window.end):
                found.append(start)
                break
    return found
