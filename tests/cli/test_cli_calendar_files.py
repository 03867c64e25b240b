"""The plan as files: one to import, a folder or a file that is the calendar, and each caller's own."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from running import Care

OSLO = ZoneInfo("Europe/Oslo")
FOREIGN = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//mine//EN\r\nX-WR-CALNAME:Mine\r\n"
    "BEGIN:VEVENT\r\nUID:dentist\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261124T090000Z\r\nSUMMARY:Dentist\r\n"
    "X-KEEP:me\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def events(*paths: Path) -> dict[str, icalendar.Event]:
    """The events in these files by summary; two of the same name fail."""
    found = [one for path in paths for one in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")]
    named = {str(one["SUMMARY"]): one for one in found}
    assert len(named) == len(found), sorted(str(one["SUMMARY"]) for one in found)
    return named


def test_a_file_to_import(filled: Care) -> None:
    path = filled.folder / "out" / "calls.ics"
    done = filled.ok("plan", "--ics", str(path), "--json")
    calls = done.json["calls"]
    found = events(path)
    assert sorted(found) == sorted(_summary(call) for call in calls)
    assert (path.stat().st_mode & 0o777, len(calls)) == (0o600, 3)
    before = path.read_bytes()
    filled.ok("plan", "--ics", str(path))
    assert path.read_bytes() == before
    filled.ok("plan", "move", "c1", "thursday 15:00")
    filled.ok("plan", "skip", "c2", "--reason", "x")
    filled.ok("plan", "--ics", str(path))
    after = events(path)
    first, second, third = (_summary(call) for call in calls)
    assert {after[name]["UID"] for name in after} == {found[name]["UID"] for name in found}
    assert f"{after[first].start:%a %H:%M %Z}" == "Thu 15:00 CET"
    assert [(after[name]["SEQUENCE"], str(after[name]["STATUS"])) for name in (first, second, third)] == [
        (1, "CONFIRMED"), (1, "CANCELLED"), (0, "CONFIRMED")
    ]  # fmt: skip
    assert "plan skip" in filled.ok("undo").out  # writing a file is nothing one takes back


def _summary(call: dict[str, dict[str, str]]) -> str:
    who = call["customer"]
    return f"Call {who['name']}" + (f" ({who['company']})" if who["company"] else "")


def test_a_file_that_cannot_be_written_keeps_the_plan(filled: Care) -> None:
    done = filled("plan", "--ics", str(filled.folder))
    assert (done.code, done.out.startswith("Week 48")) == (4, True)
    assert done.err.splitlines()[-1].startswith("care: ")
    assert filled.ok("plan", "--json").json["drawn_at"]


@pytest.mark.parametrize("name", ['Nordmann, Kari; "the" \\n one', "Kari\u2028END:VEVENT", "K" * 200, "\u202eirak"])
def test_a_hostile_customer_is_one_event(filled: Care, name: str) -> None:
    added = filled.ok("customers", "add", name, "--company", f"{name} AS", "--phone", "+47 400 11 222", "--json").json
    filled.ok("plan", "add", str(added["id"]), "friday 9:00")
    path = filled.folder / "calls.ics"
    count = len(filled.ok("plan", "--ics", str(path), "--json").json["calls"])
    found = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert len(found) == count == 4
    assert all(one.errors == [] for one in found)
    assert len({str(one["UID"]) for one in found}) == count


def test_a_folder_is_the_calendar(filled: Care) -> None:
    folder = filled.folder / "khal" / "calls"
    folder.mkdir(parents=True)
    (folder / "dentist.ics").write_text(FOREIGN, newline="")
    filled.ok("config", "set", "calendar", str(folder))
    assert "Written to your calendar." in filled.ok("plan").err
    assert len(list(folder.iterdir())) == 4
    [mine] = [path for path in folder.iterdir() if path.name.startswith("care-c1-")]
    renamed = mine.rename(folder / "by-vdirsyncer.ics")
    filled.ok("plan", "move", "c1", "thursday 15:00")
    filled.ok("plan", "skip", "c2", "--reason", "x")
    assert len(list(folder.iterdir())) == 3
    [one] = events(renamed).values()
    assert f"{one.start:%a %H:%M}" == "Thu 15:00"
    renamed.write_text(renamed.read_text().replace("20261126T15", "20261127T08"), newline="")
    synced = filled.ok("plan", "--sync")
    assert "Fri 27 Nov 08:00, as in your calendar." in synced.err
    assert (folder / "dentist.ics").read_bytes() == FOREIGN.encode()
    assert filled.ok("plan").err == "Next: care brief\n"


def test_a_file_is_the_calendar(filled: Care) -> None:
    path = filled.folder / "mine.ics"
    path.write_text(FOREIGN, newline="")
    filled.ok("config", "set", "calendar", str(path))
    filled.ok("plan", "add", "kari", "thursday 15:00")
    filled.ok("plan")
    assert len(events(path)) == 5
    filled.ok("plan", "skip", "c2", "--reason", "x")
    found = events(path)
    assert len(found) == 4
    assert (found["Dentist"]["X-KEEP"], found["Dentist"].to_ical()) == ("me", _foreign().to_ical())
    assert icalendar.Calendar.from_ical(path.read_bytes())["X-WR-CALNAME"] == "Mine"
    assert len(icalendar.Calendar.from_ical(path.read_bytes()).walk("VTIMEZONE")) == 1
    assert filled.ok("plan").err == "Next: care brief\n"
    path.write_text("no calendar")
    done = filled("plan")
    assert (done.code, path.read_text()) == (6, "no calendar")
    assert "is no calendar that can be read. The plan is kept." in done.err


def _foreign() -> icalendar.Event:
    [one] = icalendar.Calendar.from_ical(FOREIGN).walk("VEVENT")
    assert isinstance(one, icalendar.Event)
    return one


def test_only_my_calls_are_in_my_calendar_and_each_caller_has_a_file(filled: Care) -> None:
    filled.ok("config", "set", "callers", "Ann, Bo")
    filled.ok("config", "set", "caller", "Bo")
    filled.ok("config", "set", "calendar", str(filled.folder / "bo.ics"))
    sheets = filled.folder / "sheets"
    calls = filled.ok("plan", "--sheets", str(sheets), "--json").json["calls"]
    theirs = {name: sorted(_summary(call) for call in calls if call["caller"] == name) for name in ("Ann", "Bo")}
    assert [len(names) for names in theirs.values()] == [2, 1]
    assert sorted(events(filled.folder / "bo.ics")) == theirs["Bo"]
    for name, names in theirs.items():
        assert sorted(events(sheets / f"{name}.ics")) == names
        assert (sheets / f"{name}.ics").stat().st_mode & 0o777 == 0o600
    forms = sorted(path.name for path in sheets.glob("*.md"))
    assert forms == sorted(f"{one['caller']} c{one['id']} {one['customer']['name']}.md" for one in calls)
    assert {path.stat().st_mode & 0o777 for path in sheets.glob("*.md")} == {0o600}
    filled.ok("plan", "--ics", str(filled.folder / "ann.ics"), "--caller", "Ann")
    assert sorted(events(filled.folder / "ann.ics")) == theirs["Ann"]


def test_a_sheet_handed_out_comes_back_filled_in(filled: Care) -> None:
    sheets = filled.folder / "sheets"
    call = filled.ok("plan", "--sheets", str(sheets), "--json").json["calls"][0]
    [form] = sheets.glob(f"* c{call['id']} *.md")
    form.write_text(form.read_text().replace("How well do we deliver on our promises?", "@@", 1), "utf-8")
    lines = form.read_text().splitlines()
    [at] = [place for place, line in enumerate(lines) if "@@" in line]
    lines[at] = lines[at].replace("@@", "How well do we deliver on our promises?")
    lines.insert(at + 1, "you do, except the bill")
    form.write_text("\n".join(lines), "utf-8")
    found = filled.ok("log", "--from", str(form), "--json").json
    assert "you do, except the bill" in str(found)
    shown = filled.ok("customers", "show", str(call["customer"]["id"])).out
    assert "you do, except the bill" in shown


def test_birthdays_and_promises_in_a_file(talked: Care) -> None:
    path = talked.folder / "calls.ics"
    talked.ok("plan", "--ics", str(path))
    assert not [name for name in events(path) if not name.startswith("Call")]
    talked.ok("plan", "--ics", str(path), "--with-dates")
    found = events(path)
    birthday = found["Birthday of Kari Nordmann (Fjord AS)"]
    assert (birthday.start, birthday.end) == (date(2026, 11, 26), date(2026, 11, 27))
    assert found["Promised to Kari Nordmann: Send the VAT guide"].start == date(2026, 11, 27)


def test_busy_files_keep_calls_away_and_broken_ones_are_named(filled: Care) -> None:
    busy = filled.folder / "busy"
    busy.mkdir()
    (busy / "board.ics").write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:b\r\nDTSTAMP:20261101T000000Z\r\n"
        "DTSTART;TZID=Europe/Oslo:20251125T090000\r\nDURATION:PT2H\r\nRRULE:FREQ=WEEKLY;BYDAY=TU,TH\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )
    (busy / "broken.ics").write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\n")
    filled.ok("config", "set", "busy", f"{busy}, {filled.folder / 'nowhere.ics'}")
    filled.ok("config", "set", "slots", "Tue 9:00-12:00, Thu 10:00-12:00")
    done = filled.ok("plan", "--json")
    assert [one["starts_at"][:16] for one in done.json["calls"]] == [
        "2026-11-24T11:00", "2026-11-24T11:30", "2026-11-26T11:00"
    ]  # fmt: skip
    broken, nowhere = done.err.splitlines()[:2]
    assert broken.startswith(f"Not counted as busy: {busy / 'broken.ics'}: ")
    assert nowhere == f"Not counted as busy: {filled.folder / 'nowhere.ics'}: there is no such file or folder."
    assert "Not counted" not in filled.ok("plan").err  # every call has its time: nobody asks any more


def test_the_events_of_the_forgotten_go_too(filled: Care) -> None:
    path = filled.folder / "mine.ics"
    filled.ok("config", "set", "calendar", str(path))
    filled.ok("plan", "add", "kari", "2026-11-23 10:00")
    filled.ok("log", "kari", "--answer", "ease=easy", now="2026-11-23T10:30:00+01:00")
    later = "2026-11-23T12:00:00+01:00"
    filled.ok("plan", "add", "kari", "friday 10:00", now=later)
    filled.ok("plan", "add", "ola", "friday 11:00", now=later)
    assert path.read_text().count("SUMMARY:Call Kari") == 2
    filled.ok("customers", "forget", "kari", "--yes", now=later)
    assert "Kari" not in path.read_text()
    assert "Ola Hansen" in path.read_text()


def test_reading_back_needs_a_calendar(filled: Care) -> None:
    filled("plan", "--sync").refused(2, "there is no calendar to read back. Set one: care config set calendar URL.")
    assert filled.ok("plan", "--dry-run").out.startswith("Week 48, a rehearsal")  # and nothing was drawn
