"""Zones: their names, and dates and times where clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.errors import BadSetting, BadWhen
from care.times.zones import as_instant, at_midnight, is_zone, local_date, local_time, local_zone_name, zone

OSLO, NEW_YORK, LORD_HOWE = "Europe/Oslo", "America/New_York", "Australia/Lord_Howe"
KIRITIMATI, PAGO_PAGO = "Pacific/Kiritimati", "Pacific/Pago_Pago"
ZONES = st.sampled_from([OSLO, NEW_YORK, LORD_HOWE, KIRITIMATI, PAGO_PAGO, "Asia/Kathmandu", "America/Santiago", "UTC"])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Europe/Olso", "Europe/Oslo"),
        ("Oslo", "Europe/Oslo"),
        ("europe/oslo!", "Europe/Oslo"),
        ("new york", "America/New_York"),
        ("Kathmandu", "Asia/Kathmandu"),
        ("../etc/passwd", "Europe/Oslo or UTC"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_name_that_was_meant(said: str, meant: str) -> None:
    with pytest.raises(BadSetting) as refused:
        zone(said)
    assert refused.value.sentence == f"time zone cannot be “{said}”. Write it like {meant}."


@pytest.mark.parametrize(
    "said",
    [
        *("", " ", ".", "..", "/", "/etc/passwd", "Europe", "Europe/", "a\0b", "\ud800", "x" * 5000),
        *("localtime", "posix/Europe/Oslo", "right/Europe/Oslo", "zone.tab", "tzdata.zi"),
    ],
)
def test_junk_is_refused_whatever_zoneinfo_makes_of_it(said: str) -> None:
    assert not is_zone(said)
    with pytest.raises(BadSetting) as refused:
        zone(said)
    assert len(refused.value.sentence) < 150


@settings(deadline=None)  # a look-up reads the disk
@given(st.text())
def test_no_text_breaks_the_look_up(said: str) -> None:
    assert is_zone(said) in (True, False)


def machine(root: Path, timezone: str | None = None, link: str | None = None) -> Path:
    (root / "etc").mkdir()
    if timezone is not None:
        (root / "etc" / "timezone").write_text(timezone)
    if link is not None:
        (root / "etc" / "localtime").symlink_to(link)
    return root


@pytest.mark.parametrize(
    ("tz", "timezone", "link", "name"),
    [
        ("Asia/Tokyo", "Europe/Oslo\n", "/usr/share/zoneinfo/Asia/Kolkata", "Asia/Tokyo"),
        (":Asia/Tokyo", None, None, "Asia/Tokyo"),
        ("/usr/share/zoneinfo/Asia/Tokyo", None, None, "Asia/Tokyo"),
        ("CET-1CEST", "Europe/Oslo\n", "/usr/share/zoneinfo/Asia/Kolkata", "Europe/Oslo"),
        (None, "Europe/Oslo\n", None, "Europe/Oslo"),
        (None, "junk", "/usr/share/zoneinfo/Asia/Kolkata", "Asia/Kolkata"),
        (None, "Ålesund", "/var/db/timezone/zoneinfo/Asia/Kolkata", "Asia/Kolkata"),
        (None, None, "../usr/share/zoneinfo/posix/Asia/Kolkata", "Asia/Kolkata"),
        (None, None, "/nowhere", "UTC"),
        (None, None, None, "UTC"),
    ],
)
def test_the_machines_zone(tmp_path: Path, tz: str | None, timezone: str | None, link: str | None, name: str) -> None:
    environ = {} if tz is None else {"TZ": tz}
    assert local_zone_name(environ, machine(tmp_path, timezone, link)) == name


def test_the_machines_zone_is_always_a_zone() -> None:
    assert is_zone(local_zone_name())


@pytest.mark.parametrize(
    ("name", "day", "said", "shown"),
    [
        (OSLO, date(2027, 3, 28), time(2, 30), "03:30"),
        (OSLO, date(2027, 3, 28), time(2, 0), "03:00"),
        (NEW_YORK, date(2027, 3, 14), time(2, 59), "03:59"),
        (LORD_HOWE, date(2027, 10, 3), time(2, 15), "02:45"),
    ],
)
def test_a_time_the_clocks_skip_is_moved_and_said(name: str, day: date, said: time, shown: str) -> None:
    moment = as_instant(day, said, name)
    assert moment.note == f"{said:%H:%M} does not exist that day; {shown} it is"
    assert f"{local_time(moment.instant, name):%Y-%m-%d %H:%M}" == f"{day} {shown}"


@pytest.mark.parametrize(
    ("name", "day", "said", "first"),
    [
        (OSLO, date(2027, 10, 31), time(2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (NEW_YORK, date(2027, 11, 7), time(1, 0), datetime(2027, 11, 7, 5, 0, tzinfo=UTC)),
        (LORD_HOWE, date(2027, 4, 4), time(1, 45), datetime(2027, 4, 3, 14, 45, tzinfo=UTC)),
    ],
)
def test_an_hour_that_comes_twice_is_its_first(name: str, day: date, said: time, first: datetime) -> None:
    moment = as_instant(day, said, name)
    assert moment == (first, f"{said:%H:%M} happens twice that day; the first is meant")


@pytest.mark.parametrize(
    ("name", "day", "said"),
    [
        (OSLO, date(2027, 3, 28), time(1, 59)),
        (OSLO, date(2027, 3, 28), time(3, 0)),
        (OSLO, date(2027, 10, 31), time(1, 59)),
        (OSLO, date(2027, 10, 31), time(3, 0)),
        (LORD_HOWE, date(2027, 4, 4), time(1, 29)),
        (LORD_HOWE, date(2027, 4, 4), time(2, 0)),
        (LORD_HOWE, date(2027, 10, 3), time(2, 30)),
    ],
)
def test_beside_a_change_nothing_is_said(name: str, day: date, said: time) -> None:
    assert as_instant(day, said, name).note is None


def test_a_day_that_a_country_skipped_says_which_day_it_is() -> None:
    moment = as_instant(date(2011, 12, 30), time(10), "Pacific/Apia")
    assert moment.note == "2011-12-30 10:00 does not exist in Pacific/Apia; 2011-12-31 10:00 it is"


def test_midnight_is_the_first_instant_of_the_day_even_where_clocks_skip_it() -> None:
    day = date(2026, 9, 6)
    first = at_midnight(day, "America/Santiago")
    assert f"{local_time(first, 'America/Santiago'):%H:%M}" == "01:00"
    assert local_date(first - timedelta(seconds=1), "America/Santiago") == day - timedelta(days=1)


@given(st.dates(date(1971, 1, 1), date(2500, 1, 1)), ZONES)
def test_midnight_begins_its_day(day: date, name: str) -> None:
    first = at_midnight(day, name)
    assert first.tzinfo is UTC
    assert local_date(first, name) == day
    assert local_date(first - timedelta(seconds=1), name) < day


@given(st.datetimes(datetime(1971, 1, 1), datetime(2500, 1, 1)), ZONES)
def test_what_the_clocks_show_leads_back_unless_it_is_said(wall: datetime, name: str) -> None:
    moment = as_instant(wall.date(), wall.time(), name)
    shown = local_time(moment.instant, name).replace(tzinfo=None, fold=0)
    assert moment.instant.utcoffset() == timedelta(0)
    assert (shown == wall) or "does not exist" in (moment.note or "")


def test_the_ends_of_the_earth_have_different_dates() -> None:
    noon = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    assert local_date(noon, KIRITIMATI) == date(2026, 11, 24)
    assert local_date(noon, PAGO_PAGO) == date(2026, 11, 22)
    assert at_midnight(date(2026, 11, 23), PAGO_PAGO) - at_midnight(date(2026, 11, 23), KIRITIMATI) == timedelta(
        hours=25
    )


def test_a_fold_in_the_time_is_not_listened_to() -> None:
    assert as_instant(date(2027, 10, 31), time(2, 30, fold=1), OSLO) == as_instant(
        date(2027, 10, 31), time(2, 30), OSLO
    )


@pytest.mark.parametrize(("day", "name"), [(date.max, PAGO_PAGO), (date.min, "Asia/Tokyo")])
def test_beyond_the_calendar_is_refused(day: date, name: str) -> None:
    with pytest.raises(BadWhen, match="outside the years"):
        as_instant(day, time(23) if day == date.max else time(1), name)
