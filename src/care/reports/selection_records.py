"""The selection report as the rest of care sees it."""

from datetime import date
from typing import NamedTuple

from care.reports.rates import Cases, Rates


class ChosenGroup(NamedTuple):
    """Some customers: ``of`` so many, ``some`` were drawn or heard, and ``expected`` would be by their share."""

    name: str
    of: int
    some: int
    expected: float


class Spread(NamedTuple):
    """The drawn among the customers of the cycle, or the heard among the drawn, over the groups of one kind.

    ``medians`` are what the drawn spent and what all did, where that is what is compared. ``verdict`` says what may be
    said of it.
    """

    what: str
    groups: tuple[ChosenGroup, ...]
    verdict: str
    medians: tuple[float, float] | None = None


class Exits(NamedTuple):
    """Customers taken out of the draw by hand: how many, how many of them among those next in turn, and by chance."""

    removed: int
    among_next: int
    expected: float
    verdict: str


class Conduct(NamedTuple):
    """Drawn calls a caller skipped, let lapse, or put off beyond their week."""

    caller: str
    skipped: int
    lapsed: int
    put_off: int


class BesideDraws(NamedTuple):
    """What is on record beside the draws: each of it is a place to look at, and none of it is wrong by itself.

    ``resized`` counts weeks drawn with another number than the policy's, ``hand_set`` draws under a clock set by hand,
    ``switched`` how often the strata were switched.
    """

    policy_changes: int
    undone: int
    forgotten: int
    merged: int
    resized: int
    hand_set: int
    switched: int


class Selection(NamedTuple):
    """Whether the selection favours anybody, as far as it can be told. ``no_chance`` counts by reason.

    ``waiting`` counts those who rest, are paused or have a call, and will be drawn again.
    ``spend_no_chance`` is the part of all spend, from 0 to 1, that is theirs who have no chance; None where no spend is
    known. ``strata`` says by what the draw is divided.
    """

    verdict: str
    begun_on: date
    key: str
    draws: int
    customers: int
    eligible: int
    no_chance: dict[str, int]
    waiting: int
    spend_no_chance: float | None
    strata: str
    cycle: int | None
    spreads: tuple[Spread, ...]
    heard: tuple[Spread, ...]
    exits: Exits
    cases: Cases
    rates: Rates
    callers: tuple[Conduct, ...]
    record: BesideDraws
