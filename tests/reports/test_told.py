"""How well the loop is closed, and what may be published of it."""

from collections.abc import Callable

import pytest

from care.history.undo import undo_last
from care.issues.raising import join_issue, raise_issue
from care.issues.telling import settle_issue, tell_raiser
from care.person.merge import merge_customers
from care.reports.anonymise import without_names
from care.reports.period import Period, period_between
from care.reports.telling import median, telling
from care.reports.told import you_said
from care.words import IssueKind, IssueState, Stance
from stores import Store, draft, later, people, phone


@pytest.mark.parametrize(
    ("numbers", "middle"), [([], None), ([4], 4), ([9, 1], 5), ([3, 1, 2], 2), ([1, 2, 4, 100], 3), ([0, 0, 5], 0)]
)
def test_the_middle(numbers: list[int], middle: float | None) -> None:
    assert median(numbers) == middle


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kari's export drops columns", "… export drops columns"),
        ("Told Kari  Nordmann, and KARI again", "Told …, and … again"),
        ("Åsa wrote to bill@fjord.example, or +47 22 12 34 56", "… wrote to …, or …"),
        ("Per invoice 100 of 3 columns", "Per invoice 100 of 3 columns"),
        ("Per Lund asked per month", "… asked per month"),
        ("Fjord AS has two logins", "… has two logins"),
        ("A fjord is long", "A fjord is long"),
        ("Bo mended it with Ann", "Bo mended it with …"),
    ],
)
def test_names_are_left_out_and_nothing_else(text: str, left: str) -> None:
    assert without_names(text, ["Per Lund", "Fjord AS"], ["Kari Nordmann", "Asa", "Ann"]) == left


def period(days: int, since: int = 0) -> Period:
    return period_between(later(days=since).date(), later(days=days).date(), later(days=days).date(), "UTC")


@pytest.fixture
def at(store: Store) -> Callable[..., None]:
    """One change of the store on that day."""
    store.take([*people(6), draft("Kari Nordmann", phone(7), company="Fjord AS", line=9, external_id="K")])

    def change(day: float, action, *arguments, **more) -> None:
        with store.changing(later(days=day)) as session:
            action(session, *arguments, **more)

    return change


def told(at: Callable[..., None], day: float, number: int, who: int, said: str | None = None, **more) -> None:
    at(day, tell_raiser, number, who, "Somebody", said, "Ann", later(days=day), **more)


def test_days_and_shares_are_those_of_the_customers_told_in_the_time(store: Store, at: Callable[..., None]) -> None:
    at(0, raise_issue, "One", 1, later(days=0))
    at(4, join_issue, 1, 2, later(days=4))
    at(5, join_issue, 1, 3, later(days=5))
    at(10, settle_issue, 1, IssueState.FIXED, "mended", later(days=10))
    told(at, 11, 1, 1)
    told(at, 13, 1, 2, "not fixed")
    at(14, settle_issue, 1, IssueState.FIXED, "mended again", later(days=14))
    told(at, 20, 1, 2, "yes")
    with store.reading() as session:
        whole, early, late = (telling(session, one) for one in (period(21), period(12), period(40, 30)))
    # Of the two told, customer 1 was told before it was mended again, so only customer 2 has days: 4 to 14, 14 to 20.
    assert (whole.told, whole.waiting, whole.days_to_fix, whole.days_to_tell, whole.not_so) == (2, 1, 10, 6, 1)
    assert (early.told, late.told, late.days_to_fix) == (1, 0, None)
    at(22, undo_last, later(days=22))
    with store.reading() as session:
        assert telling(session, period(23)).told == 1


def test_recoveries_that_made_a_fan_are_seen(store: Store, at: Callable[..., None]) -> None:
    for who in (1, 2, 3):
        at(0, raise_issue, f"Failure {who}", who, later(days=0), kind=IssueKind.FAILURE)
        at(1, settle_issue, who, IssueState.FIXED, None, later(days=1))
    told(at, 2, 1, 1, "wow", stance=Stance.FAN)
    told(at, 2, 2, 2, "well", stance=Stance.CRITIC)
    told(at, 2, 3, 3, "fine")
    with store.reading() as session:
        found = telling(session, period(3))
    assert (found.recovered, found.made_fans) == (3, 1)


def test_only_what_everybody_was_told_of_is_published_and_without_a_name(store: Store, at: Callable[..., None]) -> None:
    at(0, raise_issue, "Kari's export at Fjord AS drops columns", 7, later(days=0), words="I, Kari, repair it")
    at(0, join_issue, 1, 1, later(days=0))
    at(0, raise_issue, "Bills in English", 2, later(days=0))
    at(0, raise_issue, "Half told", 3, later(days=0))
    at(0, join_issue, 3, 4, later(days=0))
    for number in (1, 3):
        at(1, settle_issue, number, IssueState.FIXED, "Ann mended it for Person 0005", later(days=1))
    at(1, settle_issue, 2, IssueState.DECLINED, "too few", later(days=1))
    told(at, 2, 1, 7)
    told(at, 3, 1, 1)
    told(at, 4, 2, 2)
    told(at, 4, 3, 3)
    with store.reading() as session:
        found = you_said(session, period(9))
        assert you_said(session, period(9, 5)).issues == ()
    assert [(one.said, one.customers, one.became, one.did, one.told_on) for one in found.issues] == [
        ("Bills in English", 1, IssueState.DECLINED, "too few", later(days=4).date()),
        ("… export at … drops columns", 2, IssueState.FIXED, "… mended it for …", later(days=3).date()),
    ]
    at(6, merge_customers, 4, 3, later(days=6))  # the one who still waited is the one who was told
    with store.reading() as session:
        assert [one.said for one in you_said(session, period(9)).issues][1:] == [
            "Half told", "… export at … drops columns",
        ]  # fmt: skip
