"""The whole report."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Report:
    """The sections asked for, by name. ``seal`` is that of the latest draw."""

    company: str
    since: date
    until: date
    seal: str | None
    sections: dict[str, Any] = field(default_factory=dict)
