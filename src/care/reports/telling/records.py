"""What is known of how we close the loop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from care.words import IssueState


@dataclass(frozen=True, slots=True)
class Telling:
    """How well the loop was closed in a time.

    ``told`` customers were told in it, and ``waiting`` have still to be, counted up to a thousand. ``days_to_fix`` is
    the median of days from what they said until it was settled, ``days_to_tell`` from there until they were told;
    both None where nobody was. ``not_so`` of those told had said that it was not fixed. ``recovered`` were told of a
    failure of ours, of whom ``made_fans`` were none before.
    """

    told: int
    waiting: int
    days_to_fix: float | None
    days_to_tell: float | None
    not_so: int
    recovered: int
    made_fans: int


@dataclass(frozen=True, slots=True)
class YouSaid:
    """One issue that is told: what was said, by how many customers, what became of it, and when they all knew."""

    said: str
    customers: int
    became: IssueState
    did: str | None
    told_on: date


@dataclass(frozen=True, slots=True)
class YouSaidWeDid:
    """What customers said and what we did, without a name; only what everyone who said it has been told of."""

    issues: tuple[YouSaid, ...]
    customers: int


def median(numbers: Sequence[int]) -> float | None:
    """The middle one, or halfway between the two in the middle; None of none."""
    if not numbers:
        return None
    ordered, middle = sorted(numbers), len(numbers) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
