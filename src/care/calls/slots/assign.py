"""Who makes which call: assigned in the order of the draw, the account's owner last."""

from collections.abc import Mapping, Sequence

from care.calls.slots.records import Sought
from care.text import fold


def is_owner(caller: str, owner: str | None) -> bool:
    """Whether the caller is the one who looks after the account, whom other tools may call by the whole name."""
    ours, theirs = fold(caller).split(), fold(owner or "").split()
    shared = min(len(ours), len(theirs))
    return shared > 0 and ours[:shared] == theirs[:shared]


def callers_in_turn(count: int, callers: Sequence[str]) -> list[str]:
    """Who makes each of so many calls: one after the other, by the order of the draw."""
    return [callers[index % len(callers)] for index in range(count)]


def assign_callers(
    calls: Sequence[Sought],
    load: Mapping[str, int],
    room: Mapping[str, int] | None = None,
    able: Mapping[tuple[int, str], bool] | None = None,
) -> list[str]:
    """Who makes each of the calls, which are in the order of the draw: whoever has the fewest, the earlier named first.

    ``load`` is how many calls each caller has in the week already. With ``room``, how many more each has a free slot
    for, a caller without any gets none while others have some; ``able`` says by call and caller whether a free slot of
    theirs meets the customer's hours. Whoever looks after the account gets it when no other caller can.
    """
    counts, left = dict(load), dict(room or {})
    chosen = []
    for call in calls:
        outsiders = [one for one in call.callers if not is_owner(one, call.owner)]
        tiers = [outsiders, list(call.callers)]
        if room is not None:
            roomy = [one for one in call.callers if left.get(one, 0) > 0]
            meeting = [one for one in roomy if able is None or able.get((call.call_id, one), False)]
            tiers = [
                [one for one in meeting if one in outsiders],
                meeting,
                [one for one in roomy if one in outsiders],
                *tiers,
            ]
        pool = next(tier for tier in tiers if tier)
        caller = min(pool, key=lambda one: (counts.get(one, 0), call.callers.index(one)))
        counts[caller] = counts.get(caller, 0) + 1
        left[caller] = left.get(caller, 0) - 1
        chosen.append(caller)
    return chosen
