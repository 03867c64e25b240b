"""What became of the gold, as the rest of care sees it."""

from dataclasses import dataclass
from datetime import date

from care.interviews.gold.records import VeinIssue
from care.reports.heard.records import HeardShare
from care.words import GoldKind, VeinState

PATIENCE_DAYS = 90
"""A vein nothing came of for so long is named."""


@dataclass(frozen=True, slots=True)
class KeptShare:
    """How many of those asked since that day heard us keep a promise; only drawn talks, one customer one vote."""

    good: int
    of: int
    part: float
    low: float
    high: float
    since: date


@dataclass(frozen=True, slots=True)
class VeinOutcome:
    """A vein and what became of it. ``idle_days`` is set where nothing did for longer than we should wait."""

    id: int
    ref: str
    title: str
    kind: GoldKind
    state: VeinState
    customers: int
    opened_on: date
    issue: VeinIssue | None
    promise: str | None
    kept: KeptShare | None
    idle_days: int | None


@dataclass(frozen=True, slots=True)
class GoldReport:
    """The veins by the number of customers, and how many passages are not gathered yet."""

    veins: tuple[VeinOutcome, ...]
    loose: int


def kept_share(share: HeardShare, since: date) -> KeptShare:
    """The share of good readings since that day."""
    return KeptShare(share.good, share.of, share.part, share.low, share.high, since)


def days_idle(state: VeinState, age_days: int) -> int | None:
    """For how many days nothing came of an open vein, once that is too long; else None."""
    return age_days if state is VeinState.OPEN and age_days >= PATIENCE_DAYS else None
