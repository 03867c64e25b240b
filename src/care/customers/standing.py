"""Whether a customer could be drawn, and if not, why."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from care.words import Standing, Status, Usable


class StandingFacts(NamedTuple):
    """What a standing is worked out from; ``phones`` is the usability of each of their numbers."""

    status: Status
    phones: tuple[Usable, ...] = ()
    dnc_reason: str | None = None
    merged_into: int | None = None
    paused_until: date | None = None
    free_on: date | None = None
    planned: int = 0


def facts_of(row: Any) -> StandingFacts:
    """The facts in a row that names them, with ``phones`` as comma-joined usability."""
    phones = tuple(Usable(word) for word in row.phones.split(",")) if row.phones else ()
    return StandingFacts(
        row.status, phones, row.dnc_reason, row.merged_into, row.paused_until, row.free_on, row.planned
    )


_BY_STATUS = {
    Status.PROSPECT: Standing.PROSPECT,
    Status.ACTIVE: Standing.ACTIVE,
    Status.FORMER: Standing.FORMER,
}


def standing_of(facts: StandingFacts, statuses: Collection[Status], today: date) -> Standing:
    """The first reason that applies, in the order of ``Standing``; ``callable`` when none does.

    ``paused_until`` and ``free_on`` are the first days on which the customer can be drawn again.
    """
    if facts.merged_into is not None:
        return Standing.MERGED
    if facts.dnc_reason is not None:
        return Standing.DO_NOT_CALL
    if facts.status not in statuses:
        return _BY_STATUS[facts.status]
    if all(phone is Usable.NO for phone in facts.phones):
        return Standing.NO_PHONE
    if facts.planned:
        return Standing.PLANNED
    if facts.paused_until is not None and facts.paused_until > today:
        return Standing.PAUSED
    if facts.free_on is not None and facts.free_on > today:
        return Standing.RESTING
    return Standing.CALLABLE
