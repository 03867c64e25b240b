"""WHEN as people type it. It is said on Monday 23 November 2026 at 09:00 in Oslo, unless a test says otherwise."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from care.errors import BadSetting, BadWhen
from care.times.when import (
    When,
    day_month,
    parse_day,
    parse_since,
    parse_when,
    say_date,
    say_day,
    short_day,
    span_words,
)

OSLO = "Europe/Oslo"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def day_of(said: str, now: datetime = NOW, zone: str = OSLO) -> str:
    return str(parse_day(said, now, zone))


def since(said: str, now: datetime = NOW, zone: str = OSLO) -> str:
    return str(parse_since(said, now, zone))


def refusal(said: str) -> str:
    with pytest.raises(BadWhen) as refused:
        parse_when(said, NOW, OSLO)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-12-01", "2026-12-01"),
        ("2026-1-5", "2026-01-05"),
        ("2026-12", "2026-12-01"),
        ("2026-W48", "2026-11-23"),
        ("2026-w53", "2026-12-28"),
        ("today", "2026-11-23"),
        ("  ToDay ", "2026-11-23"),
        ("tomorrow", "2026-11-24"),
        ("yesterday", "2026-11-22"),
        ("now", "2026-11-23"),
        ("monday", "2026-11-30"),
        ("tuesday", "2026-11-24"),
        ("TUE", "2026-11-24"),
        ("on thurs", "2026-11-26"),
        ("sunday", "2026-11-29"),
        ("next tuesday", "2026-12-01"),
        ("next monday", "2026-11-30"),
        ("this friday", "2026-11-27"),
        ("last friday", "2026-11-20"),
        ("last monday", "2026-11-16"),
        ("in 3 days", "2026-11-26"),
        ("in three days", "2026-11-26"),
        ("3 days from now", "2026-11-26"),
        ("in 1 day", "2026-11-24"),
        ("in a day", "2026-11-24"),
        ("in 2 weeks", "2026-12-07"),
        ("in a month", "2026-12-23"),
        ("in a year", "2027-11-23"),
        ("2 weeks ago", "2026-11-09"),
        ("3 days ago", "2026-11-20"),
        ("a month ago", "2026-10-23"),
        ("90d", "2027-02-21"),
        ("4w", "2026-12-21"),
        ("6m", "2027-05-23"),
        ("1y", "2027-11-23"),
        ("4 w", "2026-12-21"),
        ("this week", "2026-11-23"),
        ("next week", "2026-11-30"),
        ("last week", "2026-11-16"),
        ("next month", "2026-12-01"),
        ("last month", "2026-10-01"),
        ("next year", "2027-01-01"),
        ("end of month", "2026-11-30"),
        ("end of the month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("end of week", "2026-11-27"),
        ("end of next week", "2026-12-04"),
        ("end of year", "2026-12-31"),
        ("30 march", "2027-03-30"),
        ("march 30", "2027-03-30"),
        ("30th of March", "2027-03-30"),
        ("Mar 30, 2028", "2028-03-30"),
        ("30 March 2027", "2027-03-30"),
        ("23 november", "2026-11-23"),
        ("22 november", "2027-11-22"),
        ("29 feb", "2028-02-29"),
        ("march", "2027-03-01"),
        ("march 2026", "2026-03-01"),
        ("1 sept", "2027-09-01"),
        ("Tue 24", "2026-11-24"),
        ("Tue 1", "2026-12-01"),
        ("Thu 31", "2026-12-31"),
        ("Tue 24 Nov", "2026-11-24"),
        ("Tue 24 Nov 2026", "2026-11-24"),
        ("Tuesday 2026-11-24", "2026-11-24"),
        ("30/03/2026", "2026-03-30"),
        ("03/30/2026", "2026-03-30"),
        ("30.3.2026", "2026-03-30"),
        ("2026/12/01", "2026-12-01"),
        ("05/05/2026", "2026-05-05"),
    ],
)
def test_a_day_said_looking_forward(said: str, day: str) -> None:
    assert day_of(said) == day
    assert parse_when(said, NOW, OSLO).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-12-01", "2026-12-01"),
        ("monday", "2026-11-16"),
        ("tuesday", "2026-11-17"),
        ("sunday", "2026-11-22"),
        ("next tuesday", "2026-12-01"),
        ("last friday", "2026-11-20"),
        ("90d", "2026-08-25"),
        ("4w", "2026-10-26"),
        ("2 weeks", "2026-11-09"),
        ("in 2 weeks", "2026-12-07"),
        ("2 weeks ago", "2026-11-09"),
        ("30 march", "2026-03-30"),
        ("23 november", "2026-11-23"),
        ("24 november", "2025-11-24"),
        ("29 feb", "2024-02-29"),
        ("march", "2026-03-01"),
        ("november", "2026-11-01"),
        ("december", "2025-12-01"),
        ("end of month", "2026-10-31"),
        ("end of week", "2026-11-20"),
        ("Tue 17", "2026-11-17"),
    ],
)
def test_a_day_said_looking_back(said: str, day: str) -> None:
    assert since(said) == day


@pytest.mark.parametrize(
    ("said", "local"),
    [
        ("2026-12-01 15:00", "2026-12-01 15:00"),
        ("2026-12-01T15:00", "2026-12-01 15:00"),
        ("2026-12-01T15:00:00", "2026-12-01 15:00"),
        ("tomorrow 9am", "2026-11-24 09:00"),
        ("tomorrow at 9:30am", "2026-11-24 09:30"),
        ("next tuesday 15:00", "2026-12-01 15:00"),
        ("30 march 3 pm", "2027-03-30 15:00"),
        ("30 march 2028 at 3 p.m.", "2028-03-30 15:00"),
        ("friday 12am", "2026-11-27 00:00"),
        ("friday 12pm", "2026-11-27 12:00"),
        ("in 2 weeks 8:05", "2026-12-07 08:05"),
        ("15:00", "2026-11-23 15:00"),
        ("at 8:00", "2026-11-23 08:00"),
        ("Tue 24 10:00", "2026-11-24 10:00"),
        ("in 2 hours", "2026-11-23 11:00"),
        ("20 minutes ago", "2026-11-23 08:40"),
        ("in an hour", "2026-11-23 10:00"),
    ],
)
def test_a_time_gives_the_instant_in_utc(said: str, local: str) -> None:
    when = parse_when(said, NOW, OSLO)
    assert f"{when.day} {when.time:%H:%M}" == local
    assert when.instant is not None
    assert when.instant.utcoffset() == timedelta(0)
    offset = timedelta(hours=2 if local.startswith(("2027-03-30", "2028-03-30")) else 1)
    assert when.instant.replace(tzinfo=None) + offset == datetime.fromisoformat(local)
    assert when.note is None


def test_without_a_time_there_is_no_instant() -> None:
    assert parse_when("tomorrow", NOW, OSLO) == When(date(2026, 11, 24), None, None, None)


def test_now_is_this_instant() -> None:
    assert parse_when("now", NOW.replace(microsecond=7), OSLO) == When(date(2026, 11, 23), time(9), NOW, None)


def test_an_offset_is_turned_into_the_zone_and_said() -> None:
    when = parse_when("2026-12-01T00:30+05:30", NOW, OSLO)
    assert when.instant == datetime(2026, 11, 30, 19, 0, tzinfo=UTC)
    assert (when.day, when.time) == (date(2026, 11, 30), time(20))
    assert when.note == "that is 2026-11-30 20:00 in Europe/Oslo"
    assert parse_when("2026-12-01 15:00:00.5+0100", NOW, OSLO).note is None
    assert parse_when("2026-12-01T15:00Z", NOW, "UTC").note is None


@pytest.mark.parametrize("said", ["2026-12-01T15:00+25:00", "2026-12-01T25:00Z", "2026-13-01T15:00Z"])
def test_an_instant_that_does_not_exist_is_refused(said: str) -> None:
    assert "does not exist" in refusal(said)


@pytest.mark.parametrize(
    ("zone", "said", "shown", "note"),
    [
        (OSLO, "2027-03-28 02:30", time(3, 30), "02:30 does not exist that day; 03:30 it is"),
        (OSLO, "2027-10-31 02:30", time(2, 30), "02:30 happens twice that day; the first is meant"),
        ("America/New_York", "2027-03-14 2:30am", time(3, 30), "02:30 does not exist that day; 03:30 it is"),
        ("America/New_York", "2027-11-07 1:30am", time(1, 30), "01:30 happens twice that day; the first is meant"),
        ("Australia/Lord_Howe", "2027-10-03 02:15", time(2, 45), "02:15 does not exist that day; 02:45 it is"),
        ("Australia/Lord_Howe", "2027-04-04 01:45", time(1, 45), "01:45 happens twice that day; the first is meant"),
    ],
)
def test_where_the_clocks_change_it_is_said(zone: str, said: str, shown: time, note: str) -> None:
    when = parse_when(said, NOW, zone)
    assert (when.time, when.note) == (shown, note)


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Kiritimati", "2026-11-24"), ("Pacific/Pago_Pago", "2026-11-22"), ("UTC", "2026-11-23")]
)
def test_today_is_the_date_in_the_zone(zone: str, day: str) -> None:
    now = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    assert day_of("today", now, zone) == day
    assert day_of("tomorrow", now, zone) == str(date.fromisoformat(day) + timedelta(days=1))


def test_the_same_words_are_25_hours_apart_at_the_ends_of_the_earth() -> None:
    east = parse_when("2026-12-01 09:00", NOW, "Pacific/Kiritimati").instant
    west = parse_when("2026-12-01 09:00", NOW, "Pacific/Pago_Pago").instant
    assert east is not None
    assert west is not None
    assert west - east == timedelta(hours=25)


def test_months_of_different_length_end_on_their_last_day() -> None:
    end_of_january = datetime(2027, 1, 31, 12, tzinfo=UTC)
    assert day_of("in a month", end_of_january) == "2027-02-28"
    assert day_of("1y", datetime(2028, 2, 29, 12, tzinfo=UTC)) == "2029-02-28"


def test_the_end_of_the_week_said_at_the_weekend_is_that_of_the_next() -> None:
    saturday = datetime(2026, 11, 28, 12, tzinfo=UTC)
    assert day_of("end of week", saturday) == "2026-12-04"
    assert day_of("next tuesday", saturday) == "2026-12-01"
    assert since("end of week", saturday) == "2026-11-27"


def test_the_end_of_the_week_said_on_friday_is_today() -> None:
    friday = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert day_of("end of week", friday) == since("end of week", friday) == "2026-11-27"


def test_two_readings_are_refused_with_both() -> None:
    both = "can be read as 1 February or 2 January; write 2026-02-01 or 2026-01-02."
    assert refusal("01/02/2026") == f"“01/02/2026” {both}"
    assert refusal("1.2.2026") == f"“1.2.2026” {both}"
    assert refusal("01-02-2026") == f"“01-02-2026” {both}"
    assert refusal("01/02/26") == f"“01/02/26” {both}"
    assert "can be read as 1 February or 2 January" in refusal("1/2")
    assert "can be read as 1 February or 2 January" in refusal("01/02/2026 15:00")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("", "says no day; write it like 2026-12-01"),
        ("   ", "says no day"),
        ("nonsense", "cannot be read as a day; write it like 2026-12-01 15:00, tomorrow"),
        ("wednsday 15:00", "perhaps “wednesday 15:00” was meant"),
        ("hello fridya", "cannot be read as a day; write it like"),
        ("tommorow", "perhaps “tomorrow” was meant"),
        ("15.00", "a time is written 15:00"),
        ("tomorrow 15.00", "a time is written 15:00"),
        ("9.30", "has no year; write 2027-09-30, or 9:30 if it is a time"),
        ("30/3", "has no year; write 2027-03-30"),
        ("30.3.26", "has a year of two digits; write 2026-03-30"),
        ("13/13/2026", "does not exist, whichever number is the month"),
        ("31 feb", "does not exist: February never has more than 29 days"),
        ("29 feb 2027", "does not exist: February 2027 has 28 days"),
        ("2026-02-30", "does not exist: February 2026 has 28 days"),
        ("2026-13-01", "does not exist: there is no month 13"),
        ("31 april", "does not exist: April never has more than 30 days"),
        ("0 march", "does not exist"),
        ("2025-W53", "2025 ends with week 52, then comes 2026-W01"),
        ("tomorrow 24:00", "has no such time; the day goes from 0:00 to 23:59"),
        ("tomorrow 13pm", "with pm the hours go from 1 to 12"),
        ("0am", "with am the hours go from 1 to 12"),
        ("Wed 24", "does not fit: 2026-11-24 is a Tuesday"),
        ("Wed 24 Nov 2026", "does not fit: 2026-11-24 is a Tuesday"),
        ("in 3 days ago", "cannot be read"),
        ("in 2 hours ago", "cannot be read"),
        ("99999y", "outside the years that can be counted"),
        ("99999 weeks 15:00 ago", "cannot be read"),
        ("0000-01-01", "outside the years that can be counted"),
        ("30 mars", "cannot be read"),
        ("30 mai", "cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(said: str, reason: str) -> None:
    assert reason in refusal(said)


def test_the_edges_of_the_calendar_are_refused_and_not_raised() -> None:
    for zone, said in (("Pacific/Pago_Pago", "9999-12-31 23:00"), ("Asia/Tokyo", "0001-01-01 01:00")):
        with pytest.raises(BadWhen, match="outside the years"):
            parse_when(said, NOW, zone)
    with pytest.raises(BadWhen, match="outside the years"):
        parse_when("9999-12-31T23:00-11:00", NOW, OSLO)
    with pytest.raises(BadWhen, match="outside the years"):
        parse_day("in 99999 weeks", NOW.replace(year=9000), OSLO)


def test_a_long_text_is_quoted_short() -> None:
    assert len(refusal("call me maybe " * 1000)) < 250


def test_an_unknown_zone_is_not_blamed_on_the_words() -> None:
    with pytest.raises(BadSetting, match="Europe/Oslo"):
        parse_when("tomorrow", NOW, "Europe/Olso")


@given(st.dates())
def test_every_iso_date_is_itself(day: date) -> None:
    assert parse_day(day.isoformat(), NOW, OSLO) == parse_since(day.isoformat(), NOW, OSLO) == day


@given(st.datetimes(datetime(1987, 1, 1), datetime(2500, 1, 1)), st.sampled_from(["Asia/Kathmandu", "UTC"]))
def test_every_iso_time_is_itself_where_clocks_never_change(wall: datetime, zone: str) -> None:
    wall = wall.replace(second=0, microsecond=0)
    when = parse_when(wall.isoformat(), NOW, zone)
    assert (when.day, when.time, when.note) == (wall.date(), wall.time(), None)


@given(st.dates(date(1000, 1, 1)))
def test_a_date_as_care_writes_it_reads_back(day: date) -> None:
    assert parse_day(say_date(day), NOW, OSLO) == day


@given(st.dates(date(2026, 1, 24), date(2027, 9, 20)))
def test_a_day_as_care_writes_it_reads_back(day: date) -> None:
    today = date(2026, 11, 23)
    parse = parse_day if day >= today else parse_since
    assert parse(say_day(day, today), NOW, OSLO) == day


PARTS = """in a an 3 99999 days weeks months years d w m y h ago next last this end of week month year monday fri march
feb 31 29 2027 0 at 15:00 9am 13pm 25:61 1/2 30.3.2026 2026-W60 on from now 9999-12-31 0001-01-01 T Z + -"""
WORDS = st.sampled_from(PARTS.split())


@settings(deadline=None)  # the first refusal imports difflib
@given(st.one_of(st.text(), st.lists(WORDS, max_size=6).map(" ".join), st.text("0123456789-/.:TZW +amp", max_size=20)))
@example("٣ days ago")
@example("in 99999y")
@example("\ud800")
@example("9" * 5000 + " days")
def test_any_text_is_read_or_refused(said: str) -> None:
    for zone in (OSLO, "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        for parse in (parse_when, parse_since):
            try:
                parse(said, NOW, zone)
            except BadWhen as refused:
                assert refused.sentence.endswith(".")
                assert "\n" not in refused.sentence


@pytest.mark.parametrize(
    ("day", "said", "short"),
    [
        (date(2026, 11, 24), "Tue 24 Nov", "24 Nov"),
        (date(2027, 3, 1), "Mon 1 Mar", "1 Mar 2027"),
        (date(2027, 11, 24), "Wed 24 Nov 2027", "24 Nov 2027"),
        (date(2024, 10, 30), "Wed 30 Oct 2024", "30 Oct 2024"),
    ],
)
def test_a_day_is_said_with_its_year_only_when_it_is_needed(day: date, said: str, short: str) -> None:
    today = date(2026, 11, 23)
    assert say_day(day, today) == said
    assert day_month(day, today) == short


def test_days_in_words() -> None:
    assert short_day(date(2026, 11, 24)) == "Tue 24"
    assert say_date(date(2026, 3, 14)) == "14 March 2026"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (3, "3 days"),
        (59, "59 days"),
        (60, "2 months"),
        (254, "8 months"),
        (700, "23 months"),
        (730, "2 years"),
        (1100, "3 years"),
    ],
)
def test_a_length_of_time_in_words(days: int, words: str) -> None:
    assert span_words(days) == words
