"""Time zones by their IANA names, and what the clocks there make of a date and a time."""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from care.errors import BadSetting, BadWhen

MIDNIGHT = time()

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")

LONGEST = 60  # longer than any zone's name; what is longer is not quoted in full


class Moment(NamedTuple):
    """An instant in UTC, and what has to be said about it when the clocks changed at that hour."""

    instant: datetime
    note: str | None = None


def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name.

    Raises BadSetting, with the name that was probably meant, when there is none.
    """
    found = _look_up(name)
    if found is None:
        raise BadSetting("time zone", name if len(name) <= LONGEST else f"{name[:LONGEST]}…", _nearest(name))
    return found


def is_zone(name: str) -> bool:
    """Whether there is a time zone of that name."""
    return _look_up(name) is not None


def local_zone_name(environ: Mapping[str, str] = os.environ, root: Path = Path("/")) -> str:
    """The IANA name of this machine's zone: from TZ, ``/etc/timezone``, the ``/etc/localtime`` link, else ``UTC``.

    A TZ that is a rule and not a name (``CET-1CEST``) cannot be named, so the files are asked instead.
    """
    etc = root / "etc"
    candidates = [_after_zoneinfo(environ.get("TZ", "").removeprefix(":"))]
    with suppress(OSError, UnicodeDecodeError):
        candidates.append((etc / "timezone").read_text(encoding="ascii").strip())
    with suppress(OSError):
        # One step only: the zone's file may itself be a link to a neighbour with the same clocks (Oslo to Berlin).
        candidates.append(_after_zoneinfo(str((etc / "localtime").readlink())))
    return next((name for name in candidates if name and is_zone(name)), "UTC")


def as_instant(day: date, at: time, name: str) -> Moment:
    """The instant, in UTC, at which the clocks of the zone show that date and time.

    A time that the clocks skip is moved on by what they skip, an hour that comes twice is its first; the note says so.
    Raises BadWhen outside the years 1 to 9999 and BadSetting for an unknown zone.
    """
    there = zone(name)
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=there)
    try:
        instant = wall.astimezone(UTC)
        shown = instant.astimezone(there)
        later = wall.replace(fold=1).astimezone(UTC)
    except OverflowError:
        raise BadWhen(f"{day} {at:%H:%M}", "is outside the years that can be counted") from None
    if shown.date() != day:
        return Moment(instant, f"{day} {at:%H:%M} does not exist in {name}; {shown:%Y-%m-%d %H:%M} it is")
    if shown.replace(tzinfo=None) != wall.replace(tzinfo=None):
        return Moment(instant, f"{at:%H:%M} does not exist that day; {shown:%H:%M} it is")
    if later != instant:
        return Moment(instant, f"{at:%H:%M} happens twice that day; the first is meant")
    return Moment(instant)


def at_midnight(day: date, name: str) -> datetime:
    """The first instant of the day in the zone, in UTC; not always 00:00, some clocks skip it."""
    return as_instant(day, MIDNIGHT, name).instant


def local_time(instant: datetime, name: str) -> datetime:
    """What the clocks of the zone show at that instant."""
    return instant.astimezone(zone(name))


def local_date(instant: datetime, name: str) -> date:
    """The date in the zone at that instant."""
    return local_time(instant, name).date()


def _look_up(name: str) -> ZoneInfo | None:
    # These exist on some machines only, or count leap seconds: a store must mean the same everywhere.
    if name.startswith(("posix/", "right/")) or name in ("", "localtime", "posixrules"):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # Not found is a KeyError, a path such as ../x a ValueError, a folder such as Europe an OSError.
        return None


def _nearest(said: str) -> str:
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    wanted = "_".join(said.split()).lower()
    known = sorted((full for full in available_timezones() if full.split("/")[0] in AREAS), key=len, reverse=True)
    # A city alone stands for its zone; the shorter of two zones with one city comes last and so is the one kept.
    names = {full.rpartition("/")[2].lower(): full for full in known} | {full.lower(): full for full in known}
    close = get_close_matches(wanted, names, n=1, cutoff=0.7) if len(said) <= LONGEST else []
    return names[close[0]] if close else "Europe/Oslo or UTC"


def _after_zoneinfo(path: str) -> str:
    return path.rpartition("zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")
