"""Our events as iCalendar: one per call whatever a name holds, and at the right time in a real calendar program."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from care.customers.records import Person
from care.exchange.calendars.events import calendar_text, eligibility_of, rewritten
from care.interviews.calendar_events.records import Event, EventSpan
from care.interviews.calendar_events.wording import dial_of, plain, summary_of

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOSTILE = [
    "Kari\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Not a call",
    "Kari\x00Nordmann",
    "Kari\u2028BEGIN:VEVENT\u2029\x85UID:x",
    'Nordmann, Kari; the \\n one: "quoted"',
    "\u202eirak\u202c",
    "K" * 200,
    "山田" * 100,
    "👩‍👩‍👧 Ødegård",
    "BEGIN:VCALENDAR",
    ";VALUE=DATE:",
]


def event(number: int = 1, summary: str = "Call Kari", **more: object) -> Event:
    """An event on Tuesday at ten in Oslo."""
    start = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Oslo"))
    said = {"span": EventSpan(start, start + timedelta(minutes=20)), "description": "Ask\n1 How?", **more}
    return Event(uid=f"care-c{number}-abc", sequence=0, summary=summary, **said)  # type: ignore[arg-type]


def test_what_an_event_says() -> None:
    [found] = Calendar.from_ical(calendar_text([event(dial="+4722123456")], NOW)).walk("VEVENT")
    assert found.errors == []
    assert (found["UID"], found["SEQUENCE"], found["STATUS"]) == ("care-c1-abc", 0, "CONFIRMED")
    assert (found["SUMMARY"], found["DESCRIPTION"]) == ("Call Kari", "Ask\n1 How?")
    assert found["URL"] == "tel:+4722123456"
    assert found["CATEGORIES"].cats == ["Customer calls"]
    assert (str(found.start.tzinfo), found.end - found.start) == ("Europe/Oslo", timedelta(minutes=20))
    assert found["DTSTAMP"].dt == NOW
    [alarm] = found.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(minutes=-10))


def test_a_zone_comes_with_its_rules_and_utc_needs_none() -> None:
    text = calendar_text([event()], NOW)
    assert "DTSTART;TZID=Europe/Oslo:20261124T100000" in text
    [zone] = Calendar.from_ical(text).walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Oslo"
    offsets = {str(one["TZOFFSETTO"].to_ical()) for one in zone.walk("STANDARD") + zone.walk("DAYLIGHT")}
    assert offsets == {"+0100", "+0200"}
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert "VTIMEZONE" not in calendar_text([event(span=EventSpan(at, at + timedelta(hours=1)))], NOW)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_makes_exactly_one_event(name: str) -> None:
    made = event(summary=summary_of(Person(1, name, name)), description=f"Remember: {plain(name)}\n\nAsk")
    text = calendar_text([made, event(2)], NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    found = Calendar.from_ical(text).walk("VEVENT")
    assert [one["UID"] for one in found] == ["care-c1-abc", "care-c2-abc"]
    assert all(one.errors == [] for one in found)
    assert found[0]["SUMMARY"] == summary_of(Person(1, name, name))
    assert found[0]["SUMMARY"].isprintable() or "\u200d" in found[0]["SUMMARY"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_name_makes_exactly_one_event(name: str, words: str) -> None:
    made = event(summary=summary_of(Person(1, name)), description=plain(words))
    [found] = Calendar.from_ical(calendar_text([made], NOW)).walk("VEVENT")
    assert found.errors == []
    assert str(found["SUMMARY"]).strip() == made.summary.strip()
    there = eligibility_of(calendar_text([made], NOW).encode(), made.uid, None, "")
    assert there is not None
    assert (there.words, there.span and there.span.key) == (made.words, made.span.key)


def test_a_number_is_dialled_only_where_it_is_one() -> None:
    assert dial_of("+47 22 12 34 56") == "+4722123456"
    assert dial_of("(030) 123/45-67") == "0301234567"
    assert dial_of("*31#22123456") is None
    assert dial_of("call me; rm -rf") is None
    assert dial_of(None) is None


def test_what_somebody_added_stays_when_we_write_again() -> None:
    text = calendar_text([event()], NOW).replace("STATUS:CONFIRMED", "STATUS:CONFIRMED\r\nLOCATION:Room 4\r\nX-MINE:1")
    there = eligibility_of(text.encode(), "care-c1-abc", None, "")
    assert there is not None
    start = datetime(2026, 11, 25, 14, 0, tzinfo=ZoneInfo("Europe/London"))
    moved = event(summary="Call Kari (Fjord)", span=EventSpan(start, start + timedelta(minutes=20)))
    [found] = Calendar.from_ical(rewritten(there, moved, NOW, time=True, words=False)).walk("VEVENT")
    assert (found["LOCATION"], found["X-MINE"], found["SUMMARY"]) == ("Room 4", "1", "Call Kari")
    assert found.start == start
    [found] = Calendar.from_ical(rewritten(there, moved, NOW, time=False, words=True)).walk("VEVENT")
    assert found["SUMMARY"] == "Call Kari (Fjord)"
    assert str(found.start.tzinfo) == "Europe/Oslo"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Europe/Oslo", ["2026-11-24 10:00|Call Kari", "2027-03-29 10:00|Call Ola"]),
        ("Asia/Tokyo", ["2026-11-24 18:00|Call Kari", "2027-03-29 17:00|Call Ola"]),
    ],
)
def test_a_real_khal_lists_the_right_local_times(tmp_path: Path, zone: str, shown: list[str]) -> None:
    summer = datetime(2027, 3, 29, 10, 0, tzinfo=ZoneInfo("Europe/Oslo"))  # the day after the clocks went forward
    day = EventSpan(date(2026, 11, 26), date(2026, 11, 27))
    events = [
        event(),
        event(2, "Call Ola", span=EventSpan(summer, summer + timedelta(minutes=20))),
        event(3, "Birthday of Mia", span=day),
    ]
    (tmp_path / "calls.ics").write_text(calendar_text(events, NOW), "utf-8", newline="")
    listed = khal(tmp_path, zone)
    assert [one for one in listed if "Birthday" not in one] == shown
    assert sum("Birthday of Mia" in one for one in listed) == 1


def khal(folder: Path, zone: str) -> list[str]:
    """What a khal in that zone lists once it has imported the folder's ``calls.ics``."""
    program = shutil.which("khal", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    assert program, "khal is part of the test extra"
    (folder / "care").mkdir()
    (folder / "khal.conf").write_text(
        f"[calendars]\n[[care]]\npath = {folder / 'care'}\n"
        f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
        "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {folder / 'khal.db'}\n",
        "utf-8",
    )
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTHON", "KHAL"))}
    plain |= {"HOME": str(folder), "LANG": "C.UTF-8", "TZ": "UTC"}

    def run(*words: str) -> str:
        command = [program, "-c", str(folder / "khal.conf"), *words]
        done = subprocess.run(command, env=plain, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("import", "--batch", "-a", "care", str(folder / "calls.ics"))
    line = "{start-date} {start-time}|{title}"
    return run("list", "--day-format", "", "--format", line, "2026-11-01", "200d").split("\n")[:-1]
