"""A calendar in a folder, an event a file, as vdirsyncer and khal keep it; and one in a single file."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from care.errors import BadFile, NoCalendar
from care.exchange.calendars.busy import UNREADABLE
from care.exchange.calendars.events import calendars_in, eligibility_of, events_in
from care.exchange.calendars.port import ChangedElsewhere
from care.exchange.files import write_whole
from care.interviews.calendar_events.records import CalendarEvent

ENDING = ".ics"


class FolderCalendar:
    """A folder of .ics files, each with one event; ours are named by their UID."""

    def __init__(self, folder: Path) -> None:
        """Raises NoCalendar where there is no such folder."""
        if not folder.is_dir():
            raise NoCalendar(f"there is no calendar folder {folder}", "Make it, or name another")
        self.folder = folder

    def find(self, uids: Iterable[str]) -> dict[str, CalendarEvent]:
        """Those of these events that it has; a file that was renamed is found by what is in it."""
        wanted = set(uids)
        found = {uid: there for uid in wanted if (there := _standing(self.folder / f"{uid}{ENDING}", uid)) is not None}
        missing = wanted - found.keys()
        for path in self._files() if missing else ():
            data = _read(path)
            for uid in [one for one in missing if data is not None and one.encode() in data]:
                if (there := _standing(path, uid)) is not None:
                    found[uid] = there
        return found

    def within(self, starts_at: datetime, ends_at: datetime) -> list[bytes]:
        """The data of every file."""
        return [data for path in self._files() if (data := _read(path)) is not None]

    def write(self, uid: str, text: str, before: CalendarEvent | None) -> CalendarEvent:
        """Writes the file of one event. Raises Changed where it is another than before."""
        path = self.folder / f"{uid}{ENDING}" if before is None else Path(before.place)
        _check(path, before)
        return _written(path, uid, text)

    def remove(self, before: CalendarEvent) -> None:
        """Removes the file of one event. Raises Changed where it is another."""
        path = Path(before.place)
        if path.exists():
            _check(path, before)
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise NoCalendar(f"{path} cannot be removed: {error.strerror}", "Check who may write there") from None

    def _files(self) -> list[Path]:
        return sorted(one for one in self.folder.iterdir() if one.suffix == ENDING and not one.name.startswith("."))


class FileCalendar:
    """One .ics file with many events, ours among others'. Raises NoCalendar where it cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        data = _read(path)
        if data is not None:
            try:
                whole = len(calendars_in(data)) == 1
            except UNREADABLE:
                whole = False
            if not whole:
                raise NoCalendar(f"{path} is no calendar that can be read", "Mend it, or name another file")

    def find(self, uids: Iterable[str]) -> dict[str, CalendarEvent]:
        """Those of these events that are in it."""
        return {uid: there for uid in uids if (there := self._standing(uid)) is not None}

    def within(self, starts_at: datetime, ends_at: datetime) -> list[bytes]:
        """The data of the file."""
        data = _read(self.path)
        return [] if data is None else [data]

    def write(self, uid: str, text: str, before: CalendarEvent | None) -> CalendarEvent:
        """Writes the file anew with this event in it. Raises Changed where the event is another than before."""
        there = self._standing(uid)
        if (there.etag if there else None) != (before.etag if before else None):
            raise ChangedElsewhere
        _written(self.path, uid, self._with(text, uid))
        return self._standing(uid) or CalendarEvent(uid, None, "", 0, False, None, b"", str(self.path))

    def remove(self, before: CalendarEvent) -> None:
        """Writes the file anew without this event. Raises Changed where the event is another."""
        there = self._standing(before.uid)
        if there is None:
            return
        if there.etag != before.etag:
            raise ChangedElsewhere
        _written(self.path, before.uid, self._with(None, before.uid))

    def _standing(self, uid: str) -> CalendarEvent | None:
        """The event in the file; its version is that of the event alone, whatever else is written into the file."""
        data = _read(self.path)
        found = None if data is None else eligibility_of(data, uid, None, str(self.path))
        if data is None or found is None:
            return None
        mine = b"".join(event.to_ical() for event in events_in(data) if str(event.get("UID", "")) == uid)
        return found._replace(etag=_version(mine))

    def _with(self, text: str | None, uid: str) -> str:
        """The calendar with the event of that text in the place of the one of that UID; without it for None."""
        data = _read(self.path)
        if data is None:
            return text or ""
        [calendar] = calendars_in(data)
        calendar.subcomponents = [subcomponent for subcomponent in calendar.subcomponents if not _is(subcomponent, uid)]
        if text is not None:
            [new] = calendars_in(text.encode())
            known = {str(zone.get("TZID")) for zone in calendar.walk("VTIMEZONE")}
            zones = [zone for zone in new.walk("VTIMEZONE") if str(zone.get("TZID")) not in known]
            calendar.subcomponents += [*zones, *(one for one in new.walk("VEVENT") if _is(one, uid))]
        return str(calendar.to_ical().decode())


def _is(component: Any, uid: str) -> bool:
    return component.name == "VEVENT" and str(component.get("UID", "")) == uid


def _version(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _read(path: Path) -> bytes | None:
    """The bytes of a file, None where there is none. Raises NoCalendar where it may not be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NoCalendar(f"{path} cannot be read: {error.strerror}", "Check whether you may open it") from None


def _standing(path: Path, uid: str) -> CalendarEvent | None:
    data = _read(path)
    if data is None:
        return None
    return eligibility_of(data, uid, _version(data), str(path))


def _check(path: Path, before: CalendarEvent | None) -> None:
    data = _read(path)
    now = None if data is None else _version(data)
    if now != (before.etag if before else None):
        raise ChangedElsewhere


def _written(path: Path, uid: str, text: str) -> CalendarEvent:
    try:
        write_whole(path, text)
    except BadFile as error:
        raise NoCalendar(error.sentence.rstrip("."), "Name another calendar") from None
    data = text.encode()
    found = eligibility_of(data, uid, _version(data), str(path))
    return found or CalendarEvent(uid, None, "", 0, False, None, data, str(path))
