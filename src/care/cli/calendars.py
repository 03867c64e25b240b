"""My calendar and when I am busy, from ``care.toml``: it is about me and this computer, so no store holds it."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from care.cli.personal import personal_path, personal_settings
from care.cli.run import Run
from care.errors import BadFile, NoCalendar

if TYPE_CHECKING:
    from care.calls.slots.records import Busy
    from care.exchange.calendars.busy import Window
    from care.exchange.calendars.opening import Place


SOON_DAYS = 35


def my_calendar() -> "Place | None":
    """The calendar my calls are written into, None where none is set. Raises BadFile or WrongUsage for a wrong one."""
    said = personal_settings()
    return _place(said, said["calendar"]) if said.get("calendar") else None


def busy_times(run: Run, first: date, last: date) -> "dict[str, list[Busy]]":
    """When I am busy on these days, under my name; nothing where no calendar says so.

    What cannot be read is named on stderr and the rest counts. Our own events keep nobody busy.
    """
    said = personal_settings()
    sources = said.get("busy") or []
    if not sources:
        return {}
    from care.exchange.calendars.busy import Window
    from care.interviews.calendar_events.events import our_uids
    from care.times.zones import at_midnight

    with run.reading() as session:  # it is over before any server is asked: nobody waits for us meanwhile
        zone, is_ours, me = run.policy(session).timezone, our_uids(session), run.caller_in(session)
    window = Window(at_midnight(first, zone), at_midnight(last + timedelta(days=1), zone), zone)
    found: set[Busy] = set()
    for source in sources.split(",") if isinstance(sources, str) else sources:
        busy, problems = _busy_at(_place(said, source), window, is_ours)
        found.update(busy)
        for problem in problems:
            run.notice(f"Not counted as busy: {problem}.")
    return {me: sorted(found)}


def busy_soon(run: Run) -> "dict[str, list[Busy]]":
    """When I am busy in the coming weeks, for a call that is to get a time on one of their days."""
    today = run.now.date()
    return busy_times(run, today - timedelta(days=1), today + timedelta(days=SOON_DAYS))


def _busy_at(place: "Place", window: "Window", is_ours: Any) -> "tuple[list[Busy], list[str]]":
    from care.exchange.calendars.busy import busy_in
    from care.exchange.calendars.busy_files import busy_in_files

    if not place.is_server:
        return busy_in_files(Path(place.at), window, is_ours)
    from care.exchange.calendars.opening import opened

    busy: list[Busy] = []
    broken = 0
    try:
        with opened(place) as calendar:
            for data in calendar.within(window.starts_at, window.ends_at):
                try:
                    found = busy_in(data, window, is_ours)
                except ValueError:
                    broken += 1
                else:
                    busy += found.busy
                    broken += len(found.problems)
    except NoCalendar as problem:
        return [], [problem.what]
    return busy, [f"{place.at}: {broken} of its entries cannot be read"] if broken else []


def _place(said: dict[str, Any], at: object) -> "Place":
    """A calendar as ``care.toml`` names it, held against its form once more: the file may be written by hand.

    Only the server that my calendar is on, or the only one there is, is told my name and password.
    """
    from care.exchange.calendars.opening import Place
    from care.settings import CALENDAR_FORM, calendar_place

    try:
        place = Place(calendar_place(str(at)))
    except ValueError:
        raise BadFile(f"{personal_path()} names a calendar that is none. Write it like {CALENDAR_FORM}.") from None
    user, command = said.get("calendar_user"), said.get("calendar_password_command")
    mine = str(said.get("calendar") or "")
    if "://" in mine and not place.knows(mine):
        return place
    return Place(place.at, str(user) if user else None, str(command) if command else None)
