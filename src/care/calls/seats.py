"""Which stratum each seat of a week goes to (``draw.md``, Order)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from care.settings import Policy

SEAT = 1_000_000
"""One seat, in the whole numbers in which it is counted what a stratum is owed."""


class Stratum(NamedTuple):
    """A stratum before a draw.

    ``in_order`` counts its customers who can be drawn now or once they have rested, ``free`` those who can be drawn
    now. ``owed`` is by how much the draws before fell short of its share, in millionths of a seat, negative where they
    went beyond it.
    """

    name: str
    in_order: int
    free: int
    owed: int = 0


class Shared(NamedTuple):
    """To which stratum each seat goes, in turn, and what each is owed afterwards."""

    picks: tuple[str, ...]
    owed: Mapping[str, int]


def share_out(strata: Sequence[Stratum], seats: int, tie: Callable[[str], int]) -> Shared:
    """Shares out seats one by one, each to the stratum that is owed most of those in which somebody is free.

    With every seat a stratum is owed its part of all customers in the order, so that after every draw it has had its
    share to within one seat. What nobody was free for is owed up to one seat and no further: else a stratum that came
    back from a rest would take weeks in a row. Of equals the one with the lowest ``tie`` comes first.
    """
    whole = sum(stratum.in_order for stratum in strata) or 1
    part = {stratum.name: stratum.in_order * SEAT // whole for stratum in strata}
    owed = {stratum.name: stratum.owed for stratum in strata}
    free = {stratum.name: stratum.free for stratum in strata}
    picks: list[str] = []
    for _ in range(min(seats, sum(free.values()))):
        for name in owed:
            owed[name] += part[name]
        pick = min((name for name in owed if free[name]), key=lambda name: (-owed[name], tie(name)))
        owed[pick] -= SEAT
        free[pick] -= 1
        picks.append(pick)
    return Shared(tuple(picks), {name: max(-SEAT, min(SEAT, n)) for name, n in owed.items()})


def seat_beside(strata: Sequence[Stratum], wanted: str) -> Shared:
    """One seat beside another, from its stratum where somebody is free in it: nobody is owed more or less for it."""
    free = [stratum for stratum in strata if stratum.free]
    free.sort(key=lambda stratum: (stratum.name != wanted, -stratum.owed, stratum.name))
    return Shared(tuple(stratum.name for stratum in free[:1]), {stratum.name: stratum.owed for stratum in strata})


def reserves_behind(strata: Sequence[Stratum], shared: Shared, wanted: int, settings: Policy) -> Counter[str]:
    """How many stand behind the called of each stratum: a number that was set is shared out as the seats are."""
    seats = Counter(shared.picks)
    if not wanted or settings.reserves is None:
        return Counter({name: settings.reserves_for(n) if wanted else 0 for name, n in seats.items()})
    left = [
        stratum._replace(free=stratum.free - seats[stratum.name], owed=seats[stratum.name])
        for stratum in strata
        if seats[stratum.name]
    ]
    return Counter(share_out(left, wanted, lambda name: shared.picks.index(name)).picks)


def owed_after(sealed: Sequence[Mapping[str, Any]], base: int) -> dict[str, int]:
    """What a draw left each of its sealed strata owed; nothing where the order began anew since, with ``base``."""
    return {stratum["stratum"]: stratum["owed"] for stratum in sealed if stratum.get("base") == base}


def tie_by(key: bytes, week: str) -> Callable[[str], int]:
    """What settles a tie between strata in that week: a keyed hash of the name, which no hand can choose."""

    def tie(name: str) -> int:
        made = blake2b(f"{week}\0{name}".encode(), key=key, digest_size=8)
        return int.from_bytes(made.digest(), "big")

    return tie
