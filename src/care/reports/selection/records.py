"""The selection report as the rest of care sees it."""

from dataclasses import dataclass
from datetime import date

from care.reports.rates import Cases, Rates


@dataclass(frozen=True, slots=True)
class Group:
    """Some customers of the present cycle: how many there are, were drawn so far, and would be by their share."""

    name: str
    customers: int
    drawn: int
    expected: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The drawn of the present cycle over the groups of one kind; ``verdict`` says what may be said of it."""

    what: str
    groups: tuple[Group, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class Conduct:
    """Drawn calls a caller skipped or let lapse."""

    caller: str
    skipped: int
    lapsed: int


@dataclass(frozen=True, slots=True)
class Record:
    """What is on record beside the draws: each of it is a place to look at, and none of it is wrong by itself.

    ``resized`` counts weeks drawn with another number than the policy's, ``hand_set`` draws under a clock set by hand.
    """

    policy_changes: int
    undone: int
    forgotten: int
    merged: int
    resized: int
    hand_set: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Whether the selection favours anybody, as far as it can be told. ``no_chance`` counts by reason."""

    verdict: str
    begun_on: date
    key: str
    draws: int
    customers: int
    eligible: int
    no_chance: dict[str, int]
    cycle: int | None
    spreads: tuple[Spread, ...]
    cases: Cases
    rates: Rates
    callers: tuple[Conduct, ...]
    record: Record
