"""The whole report."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Report:
    """The sections asked for, by name. ``seal`` is that of the latest draw.

    Of the sections in ``in_a_line`` a page shows one line.
    """

    company: str
    since: date
    until: date
    seal: str | None
    sections: dict[str, Any] = field(default_factory=dict)
    in_a_line: tuple[str, ...] = ()
