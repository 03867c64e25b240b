"""Handing the plan out as files: a calendar to import, and what a colleague without the store needs."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from care.cli.run import Run
from care.text import plural
from care.words import CallState

if TYPE_CHECKING:
    from care.times.weeks import Week


LONGEST_NAME = 60
"""So much of a customer's name goes into the name of a file."""


def write_calendar(
    run: Run, week: "Week", path: Path, callers: Collection[str] | None = None, *, dates: bool = False
) -> None:
    """Writes the week's calls, of these callers or of all, as one .ics file; ``dates`` adds birthdays and promises.

    Raises BadFile when it cannot be written.
    """
    from care.exchange.calendars.events import calendar_text
    from care.exchange.files import write_whole
    from care.interviews.calendar_events.events import coming_dates, is_noted, note_given, week_events

    with run.reading() as session:
        calls = week_events(session, week, callers, run.now)
        dates_to_come = coming_dates(session, run.now) if dates else ()
    if not all(is_noted(call) for call in calls):  # what is given out now is what the next one counts on from
        with run.changing(noting=True) as session:
            calls = week_events(session, week, callers, run.now)
            note_given(session, calls)
    events = [call.event for call in calls if call.event is not None] + list(dates_to_come)
    write_whole(path, calendar_text(events, run.now))
    run.hint(f"{path}: {plural(len(events), 'event')}.")


def write_sheets(run: Run, week: "Week", folder: Path) -> None:
    """Writes into the folder what each caller of the week needs who has no store.

    That is ``CALLER.ics`` with their calls, and of each call ``CALLER c41 CUSTOMER.md``, the sheet to fill in. Raises
    BadFile when one cannot be written.
    """
    from care.calls.week import show_plan
    from care.exchange.files import write_whole
    from care.exchange.sheets.writing import markdown
    from care.interviews.calendar_events.events import week_events
    from care.interviews.sheets.forms import call_form

    with run.reading() as session:
        callers = sorted({call.caller for call in week_events(session, week, None, run.now)})
        calls = [call for call in show_plan(session, week).calls if call.state is CallState.PLANNED]
        sheets = [(call, markdown(call_form(session, call.customer.id, call.caller, run.now))) for call in calls]
    taken: set[str] = set()
    names = {caller: _file_name(caller, taken) for caller in callers}
    for caller, name in names.items():
        write_calendar(run, week, folder / f"{name}.ics", [caller])
    for call, text in sheets:
        named = f"{names.get(call.caller, call.caller)} c{call.id} {call.customer.name[:LONGEST_NAME]}"
        write_whole(folder / f"{_file_name(named, taken)}.md", text)
    if sheets:
        run.hint(f"{folder}: {plural(len(sheets), 'sheet')}. Filled in, they come back with care log --from DIR/*.md")


def _file_name(caller: str, taken: set[str]) -> str:
    """The caller's name as a file can have it, which no other of them has."""
    name = re.sub(r"[^\w .-]", "_", caller).strip(" .") or "caller"
    while name.casefold() in taken:
        name += "_"
    taken.add(name.casefold())
    return name
