"""Weekly hours as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.times.hours import Stretch, read_hours, say_hours

OFFICE = tuple(Stretch(day, 9 * 60, 18 * 60) for day in range(5))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Tue 10:00-12:00, Thu 15:00-17:00", "Tue 10:00-12:00, Thu 15:00-17:00"),
        ("09:00-18:00", "Mon-Fri 09:00-18:00"),
        ("tuesday 10 - 12", "Tue 10:00-12:00"),
        ("Tues 10.30–12", "Tue 10:30-12:00"),
        ("Tue, Thu 10-12", "Tue, Thu 10:00-12:00"),
        ("Mon-Fri 9-12, 13-17", "Mon-Fri 09:00-12:00, 13:00-17:00"),
        ("Mon-Fri 9-12 and 13-17; Sat 10-12", "Mon-Fri 09:00-12:00, 13:00-17:00, Sat 10:00-12:00"),
        ("Fri-Mon 10-11", "Mon, Fri, Sat, Sun 10:00-11:00"),
        ("9am to 1pm", "Mon-Fri 09:00-13:00"),
        ("1-3pm", "Mon-Fri 13:00-15:00"),
        ("11-1pm", "Mon-Fri 11:00-13:00"),
        ("22:00-24:00", "Mon-Fri 22:00-24:00"),
        ("22:00-00:00", "Mon-Fri 22:00-24:00"),
        ("mornings", "Mon-Fri 09:00-12:00"),
        ("In the afternoon", "Mon-Fri 12:00-17:00"),
        ("evenings", "Mon-Fri 17:00-20:00"),
        ("mornings or evenings", "Mon-Fri 09:00-12:00, 17:00-20:00"),
        ("after 16:00", "Mon-Fri 16:00-20:00"),
        ("after 4pm", "Mon-Fri 16:00-20:00"),
        ("before 10", "Mon-Fri 08:00-10:00"),
        ("Tue, Thu", "Tue, Thu 09:00-18:00"),
        ("Saturdays", "Sat 09:00-18:00"),
        ("weekends", "Sat, Sun 09:00-18:00"),
        ("every day after 18:00", "Mon-Sun 18:00-20:00"),
        ("Tue, Thu after 16:00", "Tue, Thu 16:00-20:00"),
        ("mornings on Tue and Thu", "Tue, Thu 09:00-12:00"),
        ("Tue mornings, Thu afternoons", "Tue 09:00-12:00, Thu 12:00-17:00"),
        ("mornings Tue, afternoons Thu", "Tue 09:00-12:00, Thu 12:00-17:00"),
        ("Tue 10:00-12:00, 11:00-13:00", "Tue 10:00-13:00"),
    ],
)
def test_hours_are_read_as_people_say_them(said: str, meant: str) -> None:
    assert say_hours(read_hours(said, OFFICE)) == meant


@pytest.mark.parametrize(
    "said",
    ["", " , ", "whenever", "monkeys", "10", "10:00", "Tue 12-10", "10-10", "Tue 10-26", "9:75-10", "0am-3pm",
     "13-14pm", "after 20:00", "before 8", "mornings, Tue after 16:00", "call me maybe", "not mornings",
     "Tue 10-12 Mars",
     "１０-１２"],
)  # fmt: skip
def test_what_says_no_hours_is_refused(said: str) -> None:
    with pytest.raises(ValueError):
        read_hours(said, OFFICE)


def test_days_alone_need_hours_where_none_are_meant_otherwise() -> None:
    with pytest.raises(ValueError):
        read_hours("Tue, Thu")


stretches = st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)).filter(lambda one: one[1] < one[2])


@given(st.lists(stretches, min_size=1, max_size=9))
def test_hours_that_were_said_are_read_again(week: list[tuple[int, int, int]]) -> None:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    typed = "; ".join(f"{days[d]} {a // 60}:{a % 60:02}-{b // 60}:{b % 60:02}" for d, a, b in week)
    hours = read_hours(typed)
    assert read_hours(say_hours(hours)) == hours
    minutes = {(d, minute) for d, a, b in week for minute in range(a, b)}
    assert {(d, minute) for d, a, b in hours for minute in range(a, b)} == minutes
