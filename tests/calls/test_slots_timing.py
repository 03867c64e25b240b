"""Times for calls: as many as possible, nothing twice, nobody outside their hours."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.calls.slots.assign import assign_callers, callers_in_turn, is_owner
from care.calls.slots.clocks import customer_clock
from care.calls.slots.diary import Diary, Planned
from care.calls.slots.matching import largest_match
from care.calls.slots.records import Busy, Lengths, Sought, Span
from care.calls.slots.timing import times_for
from care.settings import Policy
from care.times.hours import read_hours

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
TWENTY = Lengths(timedelta(minutes=20), timedelta(minutes=10))


def most(choices: Sequence[frozenset[int]], taken: frozenset[int] = frozenset()) -> int:
    """How many of the calls can have a time, found by trying everything."""
    if not choices:
        return 0
    rest = most(choices[1:], taken)
    return max([rest, *(1 + most(choices[1:], taken | {one}) for one in choices[0] - taken)])


@given(st.lists(st.frozensets(st.integers(0, 5)), max_size=6))
def test_the_match_is_as_large_as_the_largest(choices: list[frozenset[int]]) -> None:
    found = largest_match([[sorted(one)] for one in choices])
    taken = [time for time in found if time is not None]
    assert all(time is None or time in one for time, one in zip(found, choices, strict=True))
    assert len(taken) == len(set(taken)) == most(choices)
    assert found == largest_match([[sorted(one)] for one in choices])


def test_who_is_hard_to_place_comes_first_and_others_move_on() -> None:
    assert largest_match([[["a", "b", "c"]], [["a"]], [["a", "b"]]]) == ["c", "a", "b"]
    assert largest_match([[["a"]], [["a"]]]) == ["a", None]  # else who was named first
    assert largest_match([]) == []


def test_a_later_tier_is_only_turned_to_where_nothing_else_is_left() -> None:
    assert largest_match([[["a"], ["x"]], [["a", "b"], ["y"]]]) == ["a", "b"]
    assert largest_match([[["a"], ["x"]], [["a"], ["y"]]]) == ["a", "y"]


def test_calls_are_assigned_one_after_the_other() -> None:
    assert callers_in_turn(5, ["Ann", "Bo"]) == ["Ann", "Bo", "Ann", "Bo", "Ann"]
    assert callers_in_turn(0, ["Ann"]) == []


def sought(call_id: int, *callers: str, owner: str | None = None, spans: Sequence[Span] = ()) -> Sought:
    return Sought(call_id, callers, tuple(spans), owner)


@pytest.mark.parametrize(
    ("callers", "owners", "load", "room", "assigned"),
    [
        ("ABC", [None] * 5, {}, None, "ABCAB"),
        ("AB", [None] * 3, {"A": 2}, None, "BBA"),
        ("AB", ["A", "A", "B", None], {}, None, "BBAA"),
        ("AB", ["a"], {}, None, "B"),
        ("A", ["A"], {}, None, "A"),  # nobody else can
        ("AB", [None] * 4, {}, {"A": 0, "B": 3}, "BBBA"),
        ("AB", [None] * 4, {}, {"A": 1, "B": 9}, "ABBB"),
        ("AB", ["B", None], {}, {"A": 0, "B": 2}, "BB"),  # the owner, rather than nobody with a slot
    ],
)
def test_calls_are_assigned_by_turns_to_who_has_room_and_to_the_owner_last(
    callers: str, owners: list[str | None], load: dict[str, int], room: dict[str, int] | None, assigned: str
) -> None:
    calls = [sought(number, *callers, owner=owner) for number, owner in enumerate(owners)]
    able = None if room is None else {(call.call_id, one): True for call in calls for one in callers}
    assert "".join(assign_callers(calls, load, room, able)) == assigned


@pytest.mark.parametrize(
    ("caller", "owner", "same"),
    [
        ("Ann", "ann", True), ("Ann", "Ann Berg", True), ("Ann Berg", "Ann", True), ("Ann", None, False),
        ("Ann", "Anna", False), ("Ann Berg", "Ann Lund", False), ("Ann", "", False),
    ],
)  # fmt: skip
def test_the_owner_is_known_by_the_name_their_other_tools_give_them(caller: str, owner: str | None, same: bool) -> None:
    assert is_owner(caller, owner) is same


steps = st.tuples(st.integers(0, 40), st.integers(1, 24)).map(lambda one: (one[0] * 5, (one[0] + one[1]) * 5))


def spans_from(minutes: Sequence[tuple[int, int]]) -> list[Span]:
    """Pieces in order that do not touch, from minutes of a day, whatever they overlap."""
    inside = sorted({minute for a, b in minutes for minute in range(a, b)})
    found: list[Span] = []
    for minute in inside:
        at = MONDAY + timedelta(minutes=minute)
        if found and found[-1].end == at:
            found[-1] = Span(found[-1].start, at + timedelta(minutes=1))
        else:
            found.append(Span(at, at + timedelta(minutes=1)))
    return found


def grid(spans: Sequence[Span], lengths: Lengths) -> list[datetime]:
    """One call after the other from the beginning of each piece, the gap to the one before kept."""
    found: list[datetime] = []
    for span in spans:
        at = span.start
        while at + lengths.call <= span.end:
            if found and at < found[-1] + lengths.call + lengths.gap:
                at += timedelta(minutes=5)
                continue
            found.append(at)
            at += lengths.call + lengths.gap
    return found


@settings(deadline=None)
@given(
    st.lists(st.lists(steps, max_size=2), min_size=1, max_size=2),
    st.lists(st.tuples(st.lists(steps, max_size=2), st.sampled_from([None, "A", "B"])), max_size=5),
)
def test_as_many_calls_as_possible_get_a_time_and_none_overlap(
    ours: list[list[tuple[int, int]]], theirs: list[tuple[list[tuple[int, int]], str | None]]
) -> None:
    callers = "AB"[: len(ours)]
    free = {caller: spans_from(one) for caller, one in zip(callers, ours, strict=True)}
    calls = [sought(n, *callers, owner=owner, spans=spans_from(one)) for n, (one, owner) in enumerate(theirs)]
    timed = times_for(calls, free, {}, TWENTY)
    cells = [(caller, start) for caller in callers for start in grid(free[caller], TWENTY)]
    choices = [
        frozenset(
            n
            for n, (_, start) in enumerate(cells)
            if any(span.start <= start and start + TWENTY.call <= span.end for span in call.spans)
        )
        for call in calls
    ]
    placed = [one for one in timed if one.start is not None]
    assert len(placed) >= most(choices)
    for call, one in zip(calls, timed, strict=True):
        for spans in (free[one.caller], call.spans) if one.start else ():
            assert any(span.start <= one.start and one.start + TWENTY.call <= span.end for span in spans)
    for caller in callers:
        starts = sorted(one.start for one in placed if one.caller == caller)
        assert all(b - a >= TWENTY.call + TWENTY.gap for a, b in pairwise(starts))
    # Only a call that nobody fits at all is left over while somebody has a gap for it.
    for call, one in zip(calls, timed, strict=True):
        if one.start is None:
            rest = times_for([call], {c: leave(free[c], placed, c) for c in callers}, {}, TWENTY)
            assert rest[0].start is None


def leave(spans: Sequence[Span], placed: Sequence[object], caller: str) -> list[Span]:
    out = [one.start for one in placed if one.caller == caller]
    left = []
    for span in spans:
        at = span.start
        minutes = []
        while at < span.end:
            if all(not start - TWENTY.gap <= at < start + TWENTY.call + TWENTY.gap for start in out):
                minutes.append((int((at - MONDAY).total_seconds() // 60),) * 2)
            at += timedelta(minutes=1)
        left += spans_from([(a, a + 1) for a, _ in minutes])
    return left


ZONES = [("Europe/Oslo", "NO"), ("America/New_York", "US"), ("Asia/Tokyo", "JP"), ("Asia/Kolkata", "IN"),
         ("Australia/Lord_Howe", "AU"), ("UTC", None), ("Pacific/Kiritimati", "KI"),
         ("Europe/London", "XX")]  # fmt: skip
SLOTS = ["Tue 10:00-12:00, Thu 15:00-17:00", "Mon-Fri 7-9", "Sun 00:30-05:00", "Mon-Sun 20:00-24:00",
         "Thu 06:00-23:00 Asia/Tokyo"]  # fmt: skip
PREFERS = [None, "mornings", "after 16:00", "Tue, Thu", "weekends", "every day 9-21", "Sun 01:00-04:00"]
MONDAYS = [date(2026, 3, 23), date(2026, 10, 19), date(2026, 11, 23), date(2026, 12, 21), date(2026, 3, 2)]
"""Europe's clocks change, both ways, then Thanksgiving, Christmas, and the week New York's clocks change."""


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(ZONES),
    st.lists(st.sampled_from(SLOTS), min_size=1, max_size=2),
    st.lists(st.tuples(st.sampled_from(ZONES), st.sampled_from(PREFERS)), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 7 * 96), st.integers(1, 200)), min_size=1, max_size=4),
    st.sampled_from(MONDAYS),
    st.integers(0, 5 * 24),
)
def test_no_call_lies_outside_hours_on_a_holiday_on_a_busy_time_or_in_the_past(
    team: tuple[str, str | None],
    slots: list[str],
    who: list[tuple[tuple[str, str | None], str | None]],
    away: list[tuple[int, int]],
    monday: date,
    hour: int,
) -> None:
    names = ("Ann", "Bo")[: len(slots)]
    policy = Policy(timezone=team[0], country=team[1], callers=names, slots=dict(zip(names, slots, strict=True)))
    there = ZoneInfo(team[0])
    start = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    now = start + timedelta(hours=hour)
    busy = {"Ann": [Busy(start + timedelta(minutes=15 * a), start + timedelta(minutes=15 * (a + n))) for a, n in away]}
    other = Planned(99, "Eva", "Ann", Span(start + timedelta(days=1, hours=9), start + timedelta(days=1, hours=9.5)))
    week = [monday + timedelta(days=n) for n in range(7)]
    diary = Diary(policy, week, now, busy, [other])
    clocks = [customer_clock(prefers, zone, country, policy) for (zone, country), prefers in who]
    calls = [sought(n, *names, spans=diary.can_be_called(clock)) for n, clock in enumerate(clocks)]
    timed = times_for(calls, {name: diary.free_of(name) for name in names}, {}, diary.lengths)
    for one, ((zone, country), prefers) in zip(timed, who, strict=True):
        if one.start is None:
            continue
        end = one.start + timedelta(minutes=20)
        said, _, own = policy.slots[one.caller].rpartition(" ")
        sides = [
            (read_hours(said), ZoneInfo(own), team[1])
            if "/" in own
            else (read_hours(policy.slots[one.caller]), there, team[1]),
            (read_hours(prefers or "9-18", read_hours("9-18")), ZoneInfo(zone), country),
        ]
        assert one.start >= now
        minutes = [one.start + timedelta(minutes=n) for n in range(20)]
        assert {minute.astimezone(there).date() for minute in minutes} <= set(week)
        for hours, clock, land in sides:
            closed = holidays.country_holidays(land, years=[2026, 2027]) if land not in (None, "XX", "KI") else {}
            for shown in (minute.astimezone(clock) for minute in minutes):
                at = shown.hour * 60 + shown.minute
                assert any(d == shown.weekday() and a <= at < b for d, a, b in hours)
                assert shown.date() not in closed
        if one.caller == "Ann":
            assert all(busy.ends_at <= one.start or end <= busy.starts_at for busy in busy["Ann"])
            assert (
                end + timedelta(minutes=10) <= other.span.start or other.span.end + timedelta(minutes=10) <= one.start
            )


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=UTC)


def span(start: tuple[int, int], end: tuple[int, int]) -> Span:
    return Span(at(*start), at(*end))


@pytest.mark.parametrize(
    ("hours", "starts"),
    [
        ([((10, 12), (10, 38)), ((10, 34), (11, 10))], [at(10, 15), at(10, 45)]),  # the gap after the first
        ([((10, 34), (11, 10)), ((10, 12), (10, 38))], [at(10, 35), None]),  # no gap would be left before the first
        ([((10, 34), (11, 10)), ((10, 4), (10, 26))], [at(10, 35), at(10, 5)]),  # exactly the gap before it
        ([((10, 30), (10, 50)), ((10, 1), (10, 28))], [at(10, 30), None]),  # none before a call on a start laid out
        ([((10, 30), (10, 50)), ((9, 58), (10, 20))], [at(10, 30), at(10)]),
    ],
)
def test_left_over_calls_keep_the_gap_on_both_sides(
    hours: list[tuple[tuple[int, int], tuple[int, int]]], starts: list[datetime | None]
) -> None:
    # One piece from 10:00 to 11:10, laid out from 10:00 and 10:30; other starts are for what is left over.
    calls = [sought(number, "Ann", spans=[span(*theirs)]) for number, theirs in enumerate(hours)]
    timed = times_for(calls, {"Ann": [span((10, 0), (11, 10))]}, {}, TWENTY)
    assert [one.start for one in timed] == starts


def test_the_gap_is_kept_before_and_after_a_planned_call() -> None:
    policy = Policy(timezone="UTC", callers=("Ann",), slots={"Ann": "Tue 10:00-12:00"})
    eva = Planned(99, "Eva", "Ann", span((10, 40), (11, 0)))
    diary = Diary(policy, [date(2026, 11, 24)], MONDAY, {}, [eva])
    assert diary.free_of("Ann") == [span((10, 0), (10, 30)), span((11, 10), (12, 0))]
    assert diary.starts_of("Ann") == [at(10), at(11, 10), at(11, 40)]
    assert Diary(policy, [date(2026, 11, 24)], MONDAY, {}, [eva._replace(caller="Bo")]).free_of("Ann") == [
        span((10, 0), (12, 0))
    ]


def test_what_speaks_against_a_time_is_a_call_it_overlaps_and_not_one_it_touches() -> None:
    policy = Policy(timezone="UTC", callers=("Ann",))
    eva = Planned(99, "Eva", "Ann", span((10, 40), (11, 0)))
    diary = Diary(policy, [date(2026, 11, 24)], MONDAY, {}, [eva])
    clock = customer_clock(None, "UTC", None, policy)
    assert diary.against(Planned(1, "Kari", "Ann", span((10, 20), (10, 40))), clock) == ()
    assert diary.against(Planned(1, "Kari", "Ann", span((11, 0), (11, 20))), clock) == ()
    assert diary.against(Planned(1, "Kari", "Bo", span((10, 30), (10, 50))), clock) == ()
    assert diary.against(Planned(1, "Kari", "Ann", span((10, 21), (10, 41))), clock) == (
        "c1 overlaps c99 with Eva at 10:40.",
    )
