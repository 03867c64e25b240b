"""Handing the plan out as files: a calendar to import, and what a colleague without the store needs."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from care.cli.run import Run
from care.text import plural

if TYPE_CHECKING:
    from care.times.weeks import Week


def write_calendar(
    run: Run, week: "Week", path: Path, callers: Collection[str] | None = None, *, dates: bool = False
) -> None:
    """Writes the week's calls, of these callers or of all, as one .ics file; ``dates`` adds birthdays and promises.

    Raises BadFile when it cannot be written.
    """
    from care.exchange.files import write_whole
    from care.exchange.ics.events import calendar_text
    from care.interviews.appointments.actions import coming_dates, is_noted, note_given, week_events

    with run.reading() as session:
        found = week_events(session, week, callers, run.now)
        more = coming_dates(session, run.now) if dates else ()
    if not all(is_noted(one) for one in found):  # what is given out now is what the next one counts on from
        with run.changing(noting=True) as session:
            found = week_events(session, week, callers, run.now)
            note_given(session, found)
    events = [one.event for one in found if one.event is not None] + list(more)
    write_whole(path, calendar_text(events, run.now))
    run.hint(f"{path}: {plural(len(events), 'event')}.")


def write_sheets(run: Run, week: "Week", folder: Path) -> None:
    """Writes into the folder what each caller of the week needs: ``NAME.ics`` with their calls.

    Raises BadFile when it cannot be written.
    """
    from care.interviews.appointments.actions import week_events

    with run.reading() as session:
        callers = sorted({one.caller for one in week_events(session, week, None, run.now)})
    taken: set[str] = set()
    for caller in callers:
        name = _file_name(caller, taken)
        write_calendar(run, week, folder / f"{name}.ics", [caller])


def _file_name(caller: str, taken: set[str]) -> str:
    """The caller's name as a file can have it, which no other of them has."""
    name = re.sub(r"[^\w .-]", "_", caller).strip(" .") or "caller"
    while name.casefold() in taken:
        name += "_"
    taken.add(name.casefold())
    return name
