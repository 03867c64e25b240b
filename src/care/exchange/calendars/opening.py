"""From what a person set as a calendar to the calendar itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from care.chain import digest
from care.errors import NoCalendar
from care.exchange.calendars.passwords import calendar_password, where_kept
from care.exchange.calendars.port import Calendar


class Place(NamedTuple):
    """Where a calendar is: an address or a path, and how one gets in."""

    at: str
    user: str | None = None
    command: str | None = None

    @property
    def is_server(self) -> bool:
        """Whether it is on a server."""
        return "://" in self.at

    @property
    def mark(self) -> str:
        """What the store remembers of which calendar it is: a digest, nothing one could go to."""
        at = self.at.rstrip("/") if self.is_server else str(Path(self.at).expanduser().absolute())
        return digest(at)[:16]

    def knows(self, other: str) -> bool:
        """Whether another address is on the same server, so that it may be told the same password."""
        ours, theirs = urlsplit(self.at), urlsplit(other)
        return (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc)


@contextmanager
def opened(place: Place) -> Iterator[Calendar]:
    """The calendar at that place. Raises NoCalendar where it cannot be reached."""
    if place.is_server:
        from care.exchange.calendars.server import server_calendar

        password = calendar_password(place.user, place.command)
        if place.user and password is None:
            raise NoCalendar(f"there is no password for {place.user} here", where_kept(place.user))
        with server_calendar(place.at, place.user, password) as calendar:
            yield calendar
        return
    from care.exchange.calendars.folder import ENDING, FileCalendar, FolderCalendar

    path = Path(place.at).expanduser()
    yield FileCalendar(path) if path.suffix.lower() == ENDING and not path.is_dir() else FolderCalendar(path)
