from datetime import timedelta

import pytest

from care.issues.life import is_not_fixed
from care.issues.listing import issue
from care.issues.raising import join_issue, raise_issue
from care.issues.telling import settle_issue, tell_raiser
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
