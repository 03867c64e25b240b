"""When to try again: on another day, in another part of the day, in the slots where there are any."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.calls.records import CallRecord
from care.calls.slots.parts_of_day import part_of, part_to_try, start_to_try
from care.calls.tries import Try, record_try
from care.calls.week import show_plan
from care.issues.tell_notes import one_call
from care.words import Outcome, Part
from stores import MONDAY, WEEK, draft, new_store, people, phone

M, N, A = Part.MORNING, Part.NOON, Part.AFTERNOON


@pytest.mark.parametrize(
    ("tried", "there_are", "part"),
    [
        ([M], [M, N, A], A), ([N], [M, N, A], A), ([A], [M, N, A], M), ([M, A], [M, N, A], N),
        ([M, M, A], [M, N, A], N), ([M, N, A], [M, N, A], A), ([M], [M], M), ([A], [M, A], M), ([M], [], A),
    ],
)  # fmt: skip
def test_the_part_least_tried_comes_next(tried: list[Part], there_are: list[Part], part: Part) -> None:
    assert part_to_try(tried, there_are) is part


@given(
    st.lists(st.integers(0, 14 * 24), max_size=20),
    st.lists(st.integers(0, 14 * 24), min_size=1, max_size=4),
)
def test_no_try_on_a_day_before_and_none_in_a_part_tried_more_than_another(free: list[int], tried: list[int]) -> None:
    def at(hours: int) -> datetime:
        return datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=hours)

    tries = [at(hours) for hours in tried]
    parts = [part_of(one.hour) for one in tries]
    starts = [at(hours) for hours in free]
    found = start_to_try(starts, [one.date() for one in tries], parts, datetime.date, lambda one: one.hour)
    other = [one for one in starts if one.date() not in {one.date() for one in tries}]
    assert (found is None) == (not other)
    if found is not None:
        mine = parts.count(part_of(found.hour))
        assert all(parts.count(part_of(one.hour)) > mine or (parts.count(part_of(one.hour)) == mine and one >= found)
                   for one in other)  # fmt: skip


def oslo(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Europe/Oslo"))


def tried(
    folder: Path, whens: Sequence[tuple[datetime, Outcome]], customer: dict[str, str | None], **settings: object
) -> CallRecord:
    """A store with one customer's call after these tries; the call as it then stands."""
    store = new_store(folder / "care.db", timezone="Europe/Oslo", country="NO", attempts=9, **settings)
    store.take([draft("Kari", phone(1), **customer)])
    store.plan()
    for at, outcome in whens:
        with store.changing(at) as session:
            record_try(session, 1, Try(at, "Ann", outcome), at)
    with store.reading() as session:
        record = one_call(session, 1, whens[-1][0])
        assert show_plan(session, WEEK).calls == (record,)
    store.close()
    return record


SLOTS = {"slots": {"Ann": "Tue 10:00-12:00, Thu 10:00-12:00, Thu 15:00-17:00"}}


@pytest.mark.parametrize(
    ("whens", "customer", "next_at"),
    [
        ([oslo(24, 10)], {}, "Thu 26 15:00"),  # not Thursday morning: the morning was tried
        ([oslo(24, 10), oslo(26, 15)], {}, "Tue 01 10:00"),
        ([oslo(24, 10), oslo(26, 15), oslo(27, 12)], {}, "Tue 01 10:00"),
        ([oslo(23, 16)], {}, "Tue 24 10:00"),
        ([oslo(24, 10)], {"hours": "mornings"}, "Thu 26 10:00"),
        # 10:00 here is 14:30 there, 15:00 is too late: the afternoon again, on another day. Tuesday is a holiday there.
        ([oslo(23, 10)], {"zone": "Asia/Kolkata", "country": "IN"}, "Thu 26 10:00"),
    ],
)  # fmt: skip
def test_with_slots_the_next_try_is_a_time_in_them(
    tmp_path: Path, whens: list[datetime], customer: dict[str, str | None], next_at: str
) -> None:
    call = tried(tmp_path, [(at, Outcome.NO_ANSWER) for at in whens], customer, **SLOTS)
    assert call.starts_at is not None and call.ends_at is not None
    assert f"{call.starts_at:%a %d %H:%M}" == next_at
    assert call.ends_at - call.starts_at == timedelta(minutes=20)
    assert (call.not_before, call.part) == (call.starts_at.date(), None)


@pytest.mark.parametrize(
    ("whens", "customer", "day", "part"),
    [
        ([oslo(24, 10)], {}, date(2026, 11, 25), A),
        ([oslo(24, 10), oslo(25, 15)], {}, date(2026, 11, 26), N),
        ([oslo(27, 15)], {}, date(2026, 11, 30), M),  # a Friday: the next working day is Monday
        ([oslo(24, 10)], {"hours": "Fri mornings"}, date(2026, 11, 27), M),
        ([oslo(24, 10)], {"zone": "Asia/Tokyo"}, date(2026, 11, 25), M),  # it was 18:00 there
        ([oslo(25, 10)], {"country": "US"}, date(2026, 11, 27), A),  # Thanksgiving
    ],
)
def test_without_slots_the_next_try_is_a_working_day(
    tmp_path: Path, whens: list[datetime], customer: dict[str, str | None], day: date, part: Part
) -> None:
    call = tried(tmp_path, [(at, Outcome.VOICEMAIL) for at in whens], customer)
    assert (call.starts_at, call.ends_at, call.not_before, call.part) == (None, None, day, part)


def test_where_no_slot_fits_it_is_a_working_day_all_the_same(tmp_path: Path) -> None:
    call = tried(tmp_path, [(oslo(24, 10), Outcome.BUSY)], {"zone": "Asia/Tokyo"}, slots={"Ann": "Tue 15-17"})
    assert (call.starts_at, call.not_before, call.part) == (None, date(2026, 11, 25), M)


@pytest.mark.parametrize("outcome", [Outcome.RESCHEDULED, Outcome.REACHED, Outcome.REFUSED, Outcome.WRONG_NUMBER])
def test_other_outcomes_propose_nothing(tmp_path: Path, outcome: Outcome) -> None:
    call = tried(tmp_path, [(oslo(24, 10), outcome)], {}, **SLOTS)
    assert call.not_before is None
    assert call.part is None


def test_the_next_try_keeps_out_of_the_way_of_other_calls(tmp_path: Path) -> None:
    store = new_store(tmp_path / "care.db", timezone="Europe/Oslo", country="NO", **SLOTS)
    store.take(people(40))
    store.plan()
    now = oslo(24, 12)
    for call in (1, 2, 3):
        with store.changing(now) as session:
            record_try(session, call, Try(now, "Ann", Outcome.NO_ANSWER), now)
    # Each no-answer brings a reserve beside, who takes the next free time as well; 10:00 here is 09:00 in UTC.
    starts = dict(store.rows("SELECT id, substr(starts_at, 6, 11) FROM call"))
    assert [starts[call] for call in (1, 4, 2, 5, 3, 6)] == [
        "11-26 09:00", "11-26 09:30", "11-26 10:00", "11-26 10:30", "11-26 14:00", "11-26 14:30",
    ]  # fmt: skip
    store.close()


def test_the_last_try_proposes_none(tmp_path: Path) -> None:
    store = new_store(tmp_path / "care.db", attempts=1)
    store.take(people(1))
    store.plan()
    with store.changing() as session:
        record_try(session, 1, Try(MONDAY, "Ann", Outcome.NO_ANSWER), MONDAY)
    assert store.rows("SELECT state, not_before FROM call") == [("unreached", None)]
    store.close()
