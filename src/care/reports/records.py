"""What a report is asked for, and the whole report."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from care.reports.period import Period

FEW = 5
"""So many lines of a list a terminal shows where not every line is asked for."""


class Asking(NamedTuple):
    """Which sections, of what time, with what in them. ``everything`` asks for every line, not the first few.

    Those of ``in_a_line`` are shown in one.
    """

    sections: tuple[str, ...]
    period: Period
    private: bool = False
    initials: bool = False
    everything: bool = False
    in_a_line: tuple[str, ...] = ()


class Gathered(NamedTuple):
    """The record of a section, and by name what it counts beside the lines it lists."""

    record: Any
    totals: dict[str, Any]


class Report(NamedTuple):
    """The records of the sections asked for, by name. ``seal`` is that of the latest draw.

    Of the sections in ``in_a_line`` a page shows one line. ``totals`` are what a section counts beside the lines it
    lists: ``owed``, ``open_issues`` and ``telling``. ``everything`` says that every line was asked for, not the first
    few.
    """

    company: str
    since: date
    until: date
    seal: str | None
    sections: dict[str, Any]
    in_a_line: tuple[str, ...] = ()
    totals: Mapping[str, Any] = {}
    everything: bool = False

    def shown(self, count: int, *, terminal: bool) -> int:
        """How many of so many lines are shown: all of them but on a terminal, unless every line was asked for."""
        return min(count, FEW) if terminal and not self.everything else count


def is_record(value: object) -> bool:
    """Whether it has fields with names, as every record of care has, and is no plain tuple."""
    return isinstance(value, tuple) and hasattr(value, "_fields")
