"""How many are drawn, and from whom (``draw.md``)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from care.calls.records import Frame
from care.db.tables.draw import DrawEntry
from care.settings import Policy
from care.words import IN_THE_ORDER, Eligibility, Pace, Role


def weekly_bound(eligible_or_resting: int, rest_days: int) -> int | None:
    """The most calls a week a small company carries so that no week is empty: E * 7 / rest_days, at least 1.

    None where customers do not rest.
    """
    return max(1, eligible_or_resting * 7 // rest_days) if rest_days else None


def seats_for(wanted: int, eligible_or_resting: int, rest_days: int, pace: Pace) -> int:
    """How many seats a week has, given how many talks are wanted."""
    bound = weekly_bound(eligible_or_resting, rest_days) if pace is Pace.EVEN else None
    return wanted if bound is None else min(wanted, bound)


def excluded_by_reason(standings: Mapping[Eligibility, int]) -> dict[str, int]:
    """How many could not be drawn, by reason, the largest first; those merged into another are nobody."""
    out = {kind: n for kind, n in standings.items() if n and kind not in (Eligibility.CALLABLE, Eligibility.MERGED)}
    return {kind.value: n for kind, n in sorted(out.items(), key=lambda item: (-item[1], item[0]))}


def frame_of(standings: Mapping[Eligibility, int]) -> Frame:
    """The sampling frame these counts make."""
    customers = sum(n for standing, n in standings.items() if standing is not Eligibility.MERGED)
    return Frame(customers, standings.get(Eligibility.CALLABLE, 0), excluded_by_reason(standings))


def summed(counts: Mapping[str, Mapping[Eligibility, int]]) -> dict[Eligibility, int]:
    """How many customers of each standing all strata have together."""
    total: Counter[Eligibility] = Counter()
    for standings in counts.values():
        total.update(standings)
    return total


def whole_frame(strata: Iterable[Mapping[str, Any]]) -> Frame:
    """The frames of all strata of a sealed draw as one, the largest reason of exclusion first."""
    out: Counter[str] = Counter()
    customers = eligible = 0
    for stratum in strata:
        customers, eligible = customers + stratum["customers"], eligible + stratum["eligible"]
        out.update(stratum["excluded"])
    return Frame(customers, eligible, dict(sorted(out.items(), key=lambda item: (-item[1], item[0]))))


def in_order(standings: Mapping[Eligibility, int]) -> int:
    """How many of the customers of these standings can be drawn now, or once they have rested or had their call."""
    return sum(standings.get(standing, 0) for standing in IN_THE_ORDER)


def chance_in(strata: Iterable[Mapping[str, Any]], entries: Iterable[DrawEntry], entry: DrawEntry) -> tuple[int, int]:
    """The chance of somebody a draw took: so many seats, up to theirs, among so many still to come in their stratum."""
    of = next(stratum["still_to_come"] for stratum in strata if stratum["stratum"] == entry.stratum)
    taken = (other for other in entries if other.stratum == entry.stratum and other.role is not Role.DEFERRED)
    return sum(other.rank <= entry.rank for other in taken), of


def seats_in(standings: Mapping[Eligibility, int], wanted: int, settings: Policy) -> int:
    """How many of the wanted talks the customers of these standings carry in one week."""
    return seats_for(wanted, in_order(standings), settings.rest_days, settings.pace)
