"""Free pieces of a week, on days when the clocks change too, and the starts of calls in them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.calls.slots.clocks import public_holidays
from care.calls.slots.free import holds, spans_of, starts_in, without
from care.calls.slots.records import Lengths, Span
from care.times.hours import Stretch, read_hours

TWENTY = Lengths(timedelta(minutes=20), timedelta(minutes=10))
ZONES = ("Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC", "Pacific/Apia",
         "America/Sao_Paulo", "Africa/Casablanca")  # fmt: skip


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def piece(start: str, end: str) -> Span:
    return Span(utc(start), utc(end))


def test_a_slot_is_at_its_hour_before_and_after_the_clocks_change() -> None:
    hours = read_hours("Mon 10-12, Sun 10-12")
    saturday_before, _, monday_after = (date(2026, 10, 24) + timedelta(days=n) for n in range(3))
    spans = spans_of(hours, [saturday_before - timedelta(days=5), date(2026, 10, 25), monday_after], "Europe/Oslo")
    assert spans == [
        piece("2026-10-19T08:00", "2026-10-19T10:00"),  # summer time, two hours ahead
        piece("2026-10-25T09:00", "2026-10-25T11:00"),
        piece("2026-10-26T09:00", "2026-10-26T11:00"),
    ]


@pytest.mark.parametrize(
    ("hours", "spans"),
    [
        ("Sun 01:00-04:00", [("00:00", "02:00")]),  # 02:00 to 03:00 is skipped: two hours are left of three
        ("Sun 02:00-04:00", [("01:00", "02:00")]),
        ("Sun 02:15-02:45", []),
        ("Sun 02:30-03:30", [("01:00", "01:30")]),
    ],
)
def test_an_hour_that_is_skipped_holds_no_call(hours: str, spans: list[tuple[str, str]]) -> None:
    found = spans_of(read_hours(hours), [date(2026, 3, 29)], "Europe/Oslo")
    assert found == [piece(f"2026-03-29T{a}", f"2026-03-29T{b}") for a, b in spans]


@pytest.mark.parametrize(
    ("hours", "spans"),
    [
        ("Sun 01:00-04:00", [("23:00", "03:00")]),  # 02:00 to 03:00 comes twice: four hours
        ("Sun 02:30-04:00", [("01:30", "03:00")]),
        ("Sun 01:00-02:30", [("23:00", "00:30")]),
        ("Sun 02:15-02:45", []),
    ],
)
def test_an_hour_that_comes_twice_holds_no_call_outside_the_slot(hours: str, spans: list[tuple[str, str]]) -> None:
    found = spans_of(read_hours(hours), [date(2026, 10, 25)], "Europe/Oslo")
    day = {"23:00": "24"}
    assert found == [piece(f"2026-10-{day.get(a, '25')}T{a}", f"2026-10-25T{b}") for a, b in spans]


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 95), st.integers(1, 96)), min_size=1, max_size=4),
    st.sampled_from(ZONES),
    st.dates(date(2010, 1, 4), date(2027, 12, 31)),
)
def test_every_minute_of_a_piece_shows_an_hour_of_the_week(
    quarters: list[tuple[int, int, int]], zone: str, first: date
) -> None:
    hours = tuple(Stretch(d, 15 * a, 15 * b) for d, a, b in quarters if a < b)
    days = [first + timedelta(days=n) for n in range(8)]
    there = ZoneInfo(zone)
    spans = spans_of(hours, days, zone)
    assert spans == sorted(spans)
    for span in spans:
        assert span.start < span.end
        minute = span.start
        while minute < span.end:
            shown = minute.astimezone(there)
            at = shown.hour * 60 + shown.minute
            assert any(shown.weekday() == d and a <= at < b for d, a, b in hours)
            assert shown.date() in days
            minute += timedelta(minutes=15)


def test_a_closed_day_has_no_pieces() -> None:
    week = [date(2026, 12, 21) + timedelta(days=n) for n in range(7)]
    closed = public_holidays("NO", [2026])
    spans = spans_of(read_hours("9-10"), week, "UTC", closed)
    assert [span.start.day for span in spans] == [21, 22, 23, 24]  # Christmas Day is a Friday


def test_public_holidays_of_a_country_nobody_knows_are_none() -> None:
    assert public_holidays("XX", [2026]) == public_holidays(None, [2026]) == frozenset()
    assert date(2026, 11, 26) in public_holidays("US", [2026])  # Thanksgiving
    assert date(2026, 5, 17) in public_holidays("NO", [2025, 2026])


def test_what_is_taken_is_left_out() -> None:
    whole = [piece("2026-11-23T09:00", "2026-11-23T12:00"), piece("2026-11-24T09:00", "2026-11-24T10:00")]
    taken = [
        piece("2026-11-23T08:00", "2026-11-23T09:30"),
        piece("2026-11-23T10:00", "2026-11-23T10:00"),  # no time at all
        piece("2026-11-23T10:30", "2026-11-23T11:00"),
        piece("2026-11-24T09:00", "2026-11-24T10:00"),
    ]
    assert without(whole, taken) == [
        piece("2026-11-23T09:30", "2026-11-23T10:30"),
        piece("2026-11-23T11:00", "2026-11-23T12:00"),
    ]


def test_calls_begin_one_after_the_other_on_five_minutes() -> None:
    spans = [piece("2026-11-23T09:02", "2026-11-23T10:00"), piece("2026-11-23T10:05", "2026-11-23T10:30")]
    found = [start.strftime("%H:%M") for start in starts_in(spans, TWENTY)]
    # 09:35 + 20 minutes is within the first; 10:05 leaves the gap of ten minutes to it.
    assert found == ["09:05", "09:35", "10:05"]
    assert starts_in([piece("2026-11-23T09:00", "2026-11-23T09:19")], TWENTY) == []
    close = [piece("2026-11-23T09:00", "2026-11-23T09:20"), piece("2026-11-23T09:22", "2026-11-23T09:50")]
    assert [start.strftime("%H:%M") for start in starts_in(close, TWENTY)] == ["09:00", "09:30"]


def test_a_call_lies_in_one_piece_or_in_none() -> None:
    spans = [piece("2026-11-23T09:00", "2026-11-23T09:20"), piece("2026-11-23T09:30", "2026-11-23T10:00")]
    starts = [utc(f"2026-11-23T09:{minute:02}") for minute in (0, 5, 20, 30, 40, 45)]
    assert [holds(spans, start, TWENTY.call) for start in starts] == [True, False, False, True, True, False]
    assert not holds([], datetime(2026, 1, 1, tzinfo=UTC), TWENTY.call)
