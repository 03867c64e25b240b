"""How many seats a draw has and to which strata they go, as the verifier knows it (``draw.md``, Order)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from care.db.tables.draw import Draw, DrawEntry
from care.verify.order import Turn
from care.words import Eligibility, Pace, Role

MILLION = 1_000_000
"""Parts of a seat, in which it is counted what a stratum is owed."""


class SealedStratum(NamedTuple):
    """What a draw sealed of one stratum.

    ``base`` is the first cycle of the order, and None where the store had no strata: then ``held_back`` and ``owed``
    are not sealed either. ``beside`` is true where the draw's one seat stands beside a call that reached nobody.
    """

    stratum: str
    customers: int
    eligible: int
    excluded: Mapping[str, int]
    seats: int
    still_to_come: int
    pointer_before: Turn | None
    pointer_after: Turn | None
    in_order: int | None
    held_back: int
    owed: int
    base: int | None
    beside: bool

    @property
    def free(self) -> int:
        """How many could be drawn and had no call of that week yet."""
        return self.eligible - self.held_back

    @property
    def orderly(self) -> int:
        """How many could be drawn, or could once they have rested or had their call."""
        waiting = sum(self.excluded.get(standing.value, 0) for standing in (Eligibility.RESTING, Eligibility.PLANNED))
        return self.eligible + waiting


def sealed_strata(draw: Draw) -> list[SealedStratum]:
    """The strata a draw sealed, in its order."""
    return [_sealed(facts) for facts in draw.strata]


def _sealed(facts: Mapping[str, Any]) -> SealedStratum:
    before, after = facts["pointer_before"], facts["pointer_after"]
    return SealedStratum(
        stratum=facts["stratum"],
        customers=facts["customers"],
        eligible=facts["eligible"],
        excluded=facts["excluded"],
        seats=facts["seats"],
        still_to_come=facts["still_to_come"],
        pointer_before=Turn(*before) if before else None,
        pointer_after=Turn(*after) if after else None,
        in_order=facts.get("in_order"),
        held_back=facts.get("held_back", 0),
        owed=facts.get("owed", 0),
        base=facts.get("base"),
        beside=facts.get("beside", False),
    )


class Claim(NamedTuple):
    """What a stratum has to ask for before a draw.

    ``size`` is its customers in the order, ``free`` those of them who can be drawn, ``owed`` what the draws before left
    it short of its share, in millionths of a seat, negative where it had more.
    """

    stratum: str
    size: int
    free: int
    owed: int


def deal(claims: Sequence[Claim], seats: int, tie: Callable[[str], int]) -> tuple[list[str], dict[str, int]]:
    """The stratum of each seat in turn, and what each stratum is owed afterwards, within one seat.

    After n seats a stratum should have had n times its share. Each seat goes to the one that is furthest below, among
    those in which somebody is free; of equals, to the one with the lowest ``tie``.
    """
    everybody = max(1, sum(claim.size for claim in claims))
    share = {claim.stratum: MILLION * claim.size // everybody for claim in claims}
    had: Counter[str] = Counter()
    dealt: list[str] = []

    def owed(claim: Claim) -> int:
        return claim.owed + len(dealt) * share[claim.stratum] - MILLION * had[claim.stratum]

    def after_next(claim: Claim) -> tuple[int, int]:
        return owed(claim) + share[claim.stratum], -tie(claim.stratum)

    while len(dealt) < seats and (open_claims := [claim for claim in claims if had[claim.stratum] < claim.free]):
        winner = max(open_claims, key=after_next).stratum
        dealt.append(winner)
        had[winner] += 1
    return dealt, {claim.stratum: min(MILLION, max(-MILLION, owed(claim))) for claim in claims}


def seats_carried(asked: int, orderly: int, policy: Mapping[str, Any]) -> int:
    """How many of the calls asked for so many customers carry: at an even pace each is called once in their rest."""
    rest: int = policy["rest_days"]
    if policy["pace"] != Pace.EVEN or not rest:
        return asked
    return min(asked, max(orderly * 7 // rest, 1))


def wrong_seats(
    draw: Draw, entries: Sequence[DrawEntry], before: Draw | None, key: bytes, policy: Mapping[str, Any]
) -> list[str]:
    """What is wrong with the seats and reserves of a draw, given the draw before it and the policy of the moment."""
    strata = sealed_strata(draw)
    wrong = []
    if draw.part == 1:
        carried = seats_carried(draw.asked, sum(one.orderly for one in strata), policy)
        if draw.seats != min(carried, sum(one.free for one in strata)):
            wrong.append("its seats are not as many as its customers carry")
    if draw.seats < 1 or (draw.seats > 1 and any(one.beside for one in strata)):
        wrong.append("its seats are not as many as were to be drawn")
    if not _are_dealt(draw, entries, strata, _claims(strata, before), key):
        wrong.append("its seats are not what the shares of the strata make them")
    if _reserves(entries) != _reserves_due(draw, entries, strata, policy):
        wrong.append("its reserves are not as many as stand behind its seats")
    return wrong


def chance_of(entry: DrawEntry, entries: Iterable[DrawEntry], strata: Iterable[SealedStratum]) -> tuple[int, int]:
    """The chance of a reserve who stepped up: how many of their stratum were taken up to them, of how many to come."""
    taken = sorted(
        other.rank for other in entries if other.stratum == entry.stratum and other.role is not Role.DEFERRED
    )
    to_come = sum(one.still_to_come for one in strata if one.stratum == entry.stratum)
    return 1 + taken.index(entry.rank), to_come


def _claims(strata: Iterable[SealedStratum], before: Draw | None) -> list[Claim]:
    """What each stratum may ask for; whatever was owed ends where the order begins anew."""
    earlier = {one.stratum: one for one in sealed_strata(before)} if before else {}
    claims = []
    for one in strata:
        last = earlier.get(one.stratum)
        owed = last.owed if last is not None and last.base == one.base else 0
        claims.append(Claim(one.stratum, one.orderly, one.free, owed))
    return claims


def _are_dealt(
    draw: Draw, entries: Iterable[DrawEntry], strata: Sequence[SealedStratum], claims: Sequence[Claim], key: bytes
) -> bool:
    called = [entry.stratum for entry in entries if entry.role is Role.CALLED]
    if any(one.base is None for one in strata):
        return len(strata) == 1
    if any(one.beside for one in strata):
        free = {claim.stratum for claim in claims if claim.free > 0}
        return set(called) <= free and {one.stratum: one.owed for one in strata} == {
            claim.stratum: claim.owed for claim in claims
        }
    dealt, owed = deal(claims, draw.seats, lambda stratum: _tie(key, draw.week, stratum))
    return dealt == called and owed == {one.stratum: one.owed for one in strata}


def _tie(key: bytes, week: str, stratum: str) -> int:
    """What settles between strata that are owed the same in a week."""
    return int(blake2b(b"\0".join((week.encode(), stratum.encode())), key=key, digest_size=8).hexdigest(), 16)


def _reserves(entries: Iterable[DrawEntry]) -> Counter[str]:
    return Counter(entry.stratum for entry in entries if entry.role is Role.RESERVE)


def _reserves_due(
    draw: Draw, entries: Iterable[DrawEntry], strata: Iterable[SealedStratum], policy: Mapping[str, Any]
) -> Counter[str]:
    """How many reserves of each stratum a draw needs: supplements have none, a week twice its seats or a number."""
    if draw.part > 1:
        return Counter()
    left = {one.stratum: one.free - one.seats for one in strata}
    number = policy["reserves"]
    if number is None:
        return +Counter({one.stratum: min(2 * one.seats, left[one.stratum]) for one in strata})
    called = [entry.stratum for entry in entries if entry.role is Role.CALLED]
    claims = [Claim(one.stratum, one.orderly, left[one.stratum], one.seats) for one in strata if one.seats]
    return Counter(deal(claims, number, called.index)[0])
