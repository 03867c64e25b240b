"""When somebody is busy, as calendars say it; what is expected was worked out by hand from RFC 5545."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from care.exchange.calendars.busy import Window, busy_in
from care.exchange.calendars.busy_files import busy_in_files

OSLO = "Europe/Oslo"
WEEK = Window(datetime(2026, 10, 18, 22, tzinfo=UTC), datetime(2026, 11, 1, 23, tzinfo=UTC), OSLO)
"""19 October to 1 November 2026 in Oslo, where summer time ends on the 25th."""

DATA = Path(__file__).parents[3] / "shared" / "data"
SHARED = sorted(DATA.rglob("*.ics")) or [None]


def calendar(*events: str) -> bytes:
    """A calendar of events, each a text with its properties on lines of their own."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
    for number, event in enumerate(events):
        properties = [line.strip() for line in event.strip().splitlines()]
        if not properties[0].startswith("BEGIN"):
            properties = ["BEGIN:VEVENT", *properties, "END:VEVENT"]
        if not any(line.startswith("UID") for line in properties):
            properties.insert(1, f"UID:{number}@test")
        lines += properties
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def times(data: bytes, window: Window = WEEK) -> list[str]:
    """The busy times as ``day hour:minute-hour:minute`` on the clocks of Oslo."""
    found = busy_in(data, window, lambda uid: uid.startswith("ours"))
    assert found.problems == []
    assert all(str(one.starts_at.tzinfo) == window.zone for one in found.busy)
    return [f"{one.starts_at:%-d %H:%M}-{one.ends_at:%H:%M}" for one in found.busy]


def test_one_event_in_whatever_zone() -> None:
    assert times(calendar("DTSTART:20261020T080000Z\nDTEND:20261020T090000Z")) == ["20 10:00-11:00"]
    assert times(calendar("DTSTART;TZID=Asia/Tokyo:20261020T170000\nDURATION:PT90M")) == ["20 10:00-11:30"]
    assert times(calendar("DTSTART:20261020T100000\nDTEND:20261020T103000")) == ["20 10:00-10:30"]  # floating
    assert times(calendar("DTSTART:20261020T100000Z")) == []  # takes no time


def test_repetitions_keep_their_hour_when_summer_time_ends() -> None:
    weekly = "DTSTART;TZID=Europe/Oslo:20200107T090000\nDTEND;TZID=Europe/Oslo:20200107T093000\nRRULE:FREQ=WEEKLY"
    assert times(calendar(weekly)) == ["20 09:00-09:30", "27 09:00-09:30"]
    in_london = weekly.replace("Oslo", "London")
    assert times(calendar(in_london)) == ["20 10:00-10:30", "27 10:00-10:30"]
    universal = "DTSTART:20200107T080000Z\nDTEND:20200107T083000Z\nRRULE:FREQ=WEEKLY"
    assert times(calendar(universal)) == ["20 10:00-10:30", "27 09:00-09:30"]


def test_moved_cancelled_and_left_out_instances() -> None:
    daily = """UID:daily
        DTSTART;TZID=Europe/Oslo:20261019T090000
        DTEND;TZID=Europe/Oslo:20261019T100000
        RRULE:FREQ=DAILY;COUNT=4
        EXDATE;TZID=Europe/Oslo:20261020T090000
        RDATE;TZID=Europe/Oslo:20261030T090000"""
    moved = """UID:daily
        RECURRENCE-ID;TZID=Europe/Oslo:20261021T090000
        DTSTART;TZID=Europe/Oslo:20261021T140000
        DTEND;TZID=Europe/Oslo:20261021T150000"""
    cancelled = """UID:daily
        RECURRENCE-ID;TZID=Europe/Oslo:20261022T090000
        DTSTART;TZID=Europe/Oslo:20261022T090000
        DTEND;TZID=Europe/Oslo:20261022T100000
        STATUS:CANCELLED"""
    assert times(calendar(daily, moved, cancelled)) == ["19 09:00-10:00", "21 14:00-15:00", "30 09:00-10:00"]


@pytest.mark.parametrize(
    ("properties", "busy"),
    [
        ("DTSTART;VALUE=DATE:20261020\nDTEND;VALUE=DATE:20261021", []),  # a birthday says nothing
        ("DTSTART;VALUE=DATE:20261020\nTRANSP:TRANSPARENT", []),
        ("DTSTART;VALUE=DATE:20261020\nTRANSP:OPAQUE", ["20 00:00-00:00"]),
        ("DTSTART;VALUE=DATE:20261024\nDTEND;VALUE=DATE:20261026\nTRANSP:OPAQUE", ["24 00:00-00:00"]),
        ("DTSTART;VALUE=DATE:20261020\nX-MICROSOFT-CDO-BUSYSTATUS:OOF", ["20 00:00-00:00"]),
        ("DTSTART:20261020T080000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20261020T080000Z\nDURATION:PT1H\nSTATUS:CANCELLED", []),
        ("DTSTART:20261020T080000Z\nDURATION:PT1H\nSTATUS:TENTATIVE", ["20 10:00-11:00"]),
        ("UID:ours-1\nDTSTART:20261020T080000Z\nDURATION:PT1H", []),
        ("DTSTART:20261018T210000Z\nDURATION:PT2H", ["18 23:00-01:00"]),  # it reaches into the window
        ("DTSTART:20261018T200000Z\nDURATION:PT2H", []),  # it ends where the window begins
    ],
)
def test_what_counts(properties: str, busy: list[str]) -> None:
    assert times(calendar(properties)) == busy


def test_a_whole_day_lasts_as_long_as_the_clocks_say() -> None:
    found = busy_in(calendar("DTSTART;VALUE=DATE:20261025\nTRANSP:OPAQUE"), WEEK, lambda uid: False)
    [(starts_at, ends_at)] = found.busy
    assert (ends_at.astimezone(UTC) - starts_at.astimezone(UTC)).total_seconds() == 25 * 3600


def test_published_busy_times() -> None:
    published = """BEGIN:VFREEBUSY
        FREEBUSY:20261020T080000Z/20261020T090000Z,20261021T080000Z/PT30M
        FREEBUSY;FBTYPE=FREE:20261022T080000Z/PT30M
        FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261023T080000Z/PT30M
        END:VFREEBUSY"""
    assert times(calendar(published)) == ["20 10:00-11:00", "21 10:00-10:30", "23 10:00-10:30"]


def test_one_bad_entry_leaves_the_others() -> None:
    good = "DTSTART:20261020T080000Z\nDURATION:PT1H"
    for bad in ("DTSTART:yesterday", "SUMMARY:when?", f"{good}\nRRULE:FREQ=SECONDLY", f"{good}\nRRULE:FREQ=OFTEN"):
        found = busy_in(calendar(good, bad), WEEK, lambda uid: False)
        assert (len(found.busy), found.problems) == (1, ["1 entry cannot be read"]), bad


def test_a_folder_names_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "a.ics").write_bytes(calendar("DTSTART:20261020T080000Z\nDURATION:PT1H"))
    (tmp_path / "b.ics").write_bytes(b"not a calendar")
    (tmp_path / "c.ics").write_bytes(calendar("DTSTART:20261021T080000Z\nDURATION:PT1H", "DTSTART:never"))
    (tmp_path / "notes.txt").write_text("no calendar, and nobody said so")
    found = busy_in_files(tmp_path, WEEK, lambda uid: False)
    assert [one.starts_at.day for one in found.busy] == [20, 21]
    assert [one.removeprefix(f"{tmp_path}/") for one in found.problems] == [
        "b.ics: it is no calendar that can be read",
        "c.ics: 1 entry cannot be read",
    ]
    assert busy_in_files(tmp_path / "nowhere", WEEK, lambda uid: False).problems == [
        f"{tmp_path}/nowhere: there is no such file or folder"
    ]


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.name if path else "none")
def test_calendars_of_other_programs(path: Path | None) -> None:
    if path is None:
        pytest.skip(f"the shared calendars are not at {DATA}")
    for year in (2012, 2014, 2026):
        window = Window(datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC), OSLO)
        found = busy_in_files(path, window, lambda uid: False)
        assert all(one.starts_at < one.ends_at for one in found.busy)
        assert all(problem.startswith(f"{path}: ") for problem in found.problems)


def test_most_calendars_of_other_programs_can_be_read() -> None:
    if SHARED == [None]:
        pytest.skip(f"the shared calendars are not at {DATA}")
    whole = sum(not busy_in_files(path, WEEK, lambda uid: False).problems for path in SHARED if path)
    assert whole >= len(SHARED) * 2 // 3
