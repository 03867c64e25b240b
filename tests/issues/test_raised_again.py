from datetime import timedelta

from care.issues.actions import issue, join_issue, raise_issue, settle_issue, tell_raiser
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
