"""What every calendar can do, whatever it is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from care.interviews.calendar_events.records import CalendarEvent


class ChangedElsewhere(Exception):
    """The event is not as it was when it was read: somebody changed it in between."""


class Calendar(Protocol):
    """One calendar. Everything it does may raise NoCalendar."""

    def find(self, uids: Iterable[str]) -> dict[str, CalendarEvent]:
        """Those of these events that it has."""

    def within(self, starts_at: datetime, ends_at: datetime) -> list[bytes]:
        """The data of everything in it that takes place within that time, or may."""

    def write(self, uid: str, text: str, before: CalendarEvent | None) -> CalendarEvent:
        """Writes one event, in the place of the one before, and returns it as it then stands there.

        Raises ChangedElsewhere where another stands there than before.
        """

    def remove(self, before: CalendarEvent) -> None:
        """Removes one event. Raises ChangedElsewhere where another stands there; one that is gone already is well."""
