"""Pairs that may be one person, as the rest of care sees them."""

from dataclasses import dataclass

from care.customers.person import Person


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers who look like one. ``reasons`` say why, the strongest first; ``calls`` is how many each has had."""

    id: int
    one: Person
    other: Person
    reasons: tuple[str, ...]
    calls: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The open pairs, the likeliest first, and how many there are in all."""

    pairs: tuple[Pair, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Merged:
    """Two customers made one: who is left, who went into them, and how many rows moved, by what they are."""

    kept: Person
    gone: Person
    moved: dict[str, int]
