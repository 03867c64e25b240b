from datetime import timedelta

import pytest

from care.issues.life import is_not_fixed
from care.issues.listing import issue
from care.issues.raising import join_issue, raise_issue
from care.issues.telling import settle_issue, tell_raiser, tell_where_it_stands
from care.words import IssueState
from stores import MONDAY, Store, people


def test_who_was_told_and_raises_it_again_opens_it_for_all(store: Store) -> None:
    store.take(people(2))
    with store.changing() as session:
        number = raise_issue(session, "Export drops columns", 1, MONDAY)
        join_issue(session, number, 2, MONDAY)
        settle_issue(session, number, IssueState.FIXED, None, MONDAY)
        tell_raiser(session, number, 1, "One", "pleased", "Ann", MONDAY)
        assert issue(session, number, MONDAY).state is IssueState.FIXED
        join_issue(session, number, 1, MONDAY + timedelta(days=1), words="It is gone again.")
        again = issue(session, number, MONDAY)
    assert again.state is IssueState.OPEN
    assert [(one.id, one.told, one.words) for one in again.raised_by] == [
        (1, False, "It is gone again."),
        (2, False, None),
    ]


def test_the_days_without_a_word_count_from_the_last_time_they_heard_of_it(store: Store) -> None:
    def days_after(day: int) -> list[int | None]:
        return [raiser.word_days for raiser in issue(session, number, MONDAY + timedelta(days=day)).raised_by]

    store.take(people(2))
    with store.changing() as session:
        number = raise_issue(session, "Export drops columns", 1, MONDAY)
        join_issue(session, number, 2, MONDAY)
        assert days_after(10) == [10, 10]
        tell_where_it_stands(session, number, 1, "One", MONDAY + timedelta(days=10))
        assert days_after(12) == [2, 12]
        settle_issue(session, number, IssueState.FIXED, None, MONDAY + timedelta(days=12))
        tell_raiser(session, number, 1, "One", "not fixed", "Ann", MONDAY + timedelta(days=13))
        assert days_after(15) == [2, 15]
        settle_issue(session, number, IssueState.FIXED, None, MONDAY + timedelta(days=16))
        tell_raiser(session, number, 1, "One", "pleased", "Ann", MONDAY + timedelta(days=17))
        assert days_after(18) == [None, 18]
        join_issue(session, number, 1, MONDAY + timedelta(days=20))
        assert days_after(25) == [5, 25]


@pytest.mark.parametrize(
    "said",
    ["not fixed", "Not fixed!", "it is not fixed", "not solved", "not fixed yet", "not fixed: it still drops", "n",
     "Still broken", "no, the same as before", "it doesn't work", "the same problem", "never worked"],
)  # fmt: skip
def test_not_fixed_is_understood_as_people_say_it(said: str) -> None:
    assert is_not_fixed(said)


@pytest.mark.parametrize(
    "said",
    ["pleased", "fixed, thank you", "works now", "noted", "finally!", "nice of you to call", "still a fan", None],
)
def test_other_words_are_not_taken_for_it(said: str | None) -> None:
    assert not is_not_fixed(said)
