"""The whole report."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """How many issues are open, how many are not yet told, and how old the oldest open one is."""

    open: int
    untold: int
    oldest_days: int


@dataclass(frozen=True, slots=True)
class Report:
    """The sections asked for, by name. ``seal`` is that of the latest draw.

    Of the sections in ``in_a_line`` a page shows one line. ``totals`` are what a section counts beside the lines it
    lists: ``owed``, ``open_issues`` and ``telling``. ``everything`` says that every line was asked for, not the first
    few.
    """

    company: str
    since: date
    until: date
    seal: str | None
    sections: dict[str, Any] = field(default_factory=dict)
    in_a_line: tuple[str, ...] = ()
    totals: dict[str, Any] = field(default_factory=dict)
    everything: bool = False
