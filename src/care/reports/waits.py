"""What a pace promises: how soon a problem is heard of, and how long a customer waits from one call to the next."""

from math import gcd, prod
from typing import NamedTuple


def chance_heard_of(customers: int, heard: int, one_in: int = 10) -> float:
    """The chance that a problem of one customer ``one_in`` so many has been on the phone once that many were heard.

    It is 1 - C(N - K, h) / C(N, h), with K the customers it touches, rounded up: that those heard are not all among
    the others. Raises ValueError unless 0 <= heard <= customers and one_in > 0.
    """
    if not 0 <= heard <= customers or one_in < 1:
        raise ValueError(f"{heard} of {customers} cannot have been heard, or no problem touches one in {one_in}")
    touched = -(-customers // one_in)
    few, many = sorted((touched, heard))
    if few + many > customers:
        return 1.0
    # Of the few, one after the other, none falls among the many.
    return 1 - prod((customers - many - i) / (customers - i) for i in range(few))


class Waits(NamedTuple):
    """Weeks from one call of a customer to the next: on average, what one wait in ten is longer than, at most."""

    mean: float
    one_in_ten_over: int
    most: int


def waits(customers: int, weekly: int) -> Waits:
    """The waits of so many customers of whom so many are called a week, each once a cycle, everyone reached.

    Nobody joins, leaves or rests. Somebody called at place i of one cycle and at place j of the next has waited
    N - i + j calls, the rest of one cycle and the beginning of the other. i and j are uniform on 1 to N and independent
    of each other, so the wait has the triangular distribution of the sum of two dice with N faces, less one:
    P(wait = d) = (N - |N - d|) / N² for d from 1 to 2N - 1, with mean N.

    A week takes n calls and starts anywhere in a cycle. With g = gcd(N, n), weeks and cycles both begin at whole
    multiples of g calls, so that g customers can be taken as one: N' = N / g, n' = n / g, and the first call's place
    in its week is uniform on n', whatever the wait. More than w weeks later is then P(wait' > n'w + t) averaged over
    t from 0 to n' - 1. (On the sum of two dice: Oxford Reference, "Triangular distribution".)

    Raises ValueError unless both numbers are positive.
    """
    if customers < 1 or weekly < 1:
        raise ValueError(f"nobody waits where {weekly} of {customers} are called a week")
    weekly = min(weekly, customers)
    shared = gcd(customers, weekly)
    faces, week = customers // shared, weekly // shared
    # A wait ends at the latest in this week: first of a cycle at the end of a week, then last of the next cycle.
    most = (2 * faces - 2 + week) // week
    over, beyond = 0, most  # one in ten waits longer than ``over`` weeks, but not than ``beyond``
    while beyond - over > 1:
        middle = (over + beyond) // 2
        if 10 * sum(_longer(faces, week * middle + t) for t in range(week)) >= 2 * week * faces**2:
            over = middle
        else:
            beyond = middle
    return Waits(customers / weekly, over, most)


def _longer(faces: int, calls: int) -> int:
    """How many of the 2 * faces² half pairs of places are more than so many calls apart."""
    if calls >= faces:
        left = max(0, 2 * faces - 1 - calls)
        return left * (left + 1)
    return 2 * faces**2 - calls * (calls + 1)
