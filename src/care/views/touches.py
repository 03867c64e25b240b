"""The screen of a touch."""

from dataclasses import dataclass
from datetime import datetime

from care.customers.records import Person
from care.views.screen import HEAD, QUIET, Screen
from care.words import Area, Purpose


@dataclass(frozen=True, slots=True)
class Touched:
    """A touch just recorded. ``area`` goes with ``involve``."""

    id: int
    customer: Person
    purpose: Purpose
    words: str | None
    area: Area | None
    caller: str
    at: datetime


def show_touch(screen: Screen, touched: Touched) -> None:
    """Whom, what for, and in which words."""
    where = f" in {touched.area.value}" if touched.area else ""
    screen.line((touched.customer.name, HEAD), f"  {touched.purpose.value}{where}", (f"  by {touched.caller}", QUIET))
    if touched.words:
        screen.line(f"“{touched.words}”", indent=2)
