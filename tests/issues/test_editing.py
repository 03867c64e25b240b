"""Changing an issue, and two issues that are one."""

import pytest

from care.errors import WrongUsage
from care.issues.editing import IssueEdit, edit_issue, note_issue, own_issue
from care.issues.errors import MergedIssue
from care.issues.find import find_issue
from care.issues.listing import issue
from care.issues.merging import merge_issues
from care.issues.raising import join_issue, raise_issue
from care.issues.story import issue_story
from care.issues.telling import settle_issue, tell_raiser, tell_where_it_stands
from care.person.forget import forget
from care.person.merge import merge_customers
from care.words import IssueKind, IssueState, Stance
from stores import MONDAY, Store, later, made_once, people


@made_once
def two(store: Store) -> Store:
    """Issue 1 of customers 1 and 2, issue 2 of customers 2 and 3, and customer 4."""
    store.take(people(4))
    with store.changing() as session:
        raise_issue(session, "Export drops columns", 1, MONDAY, words="I repair it by hand")
        join_issue(session, 1, 2, MONDAY)
        raise_issue(session, "The export loses a column", 2, later(days=-3), kind=IssueKind.FAILURE)
        join_issue(session, 2, 3, MONDAY, words="mine too")
    return store


def test_of_two_issues_one_is_left_with_everyone_who_raised_either(two: Store) -> None:
    with two.changing(later(days=1)) as session:
        own_issue(session, 2, "Bo")
        note_issue(session, 2, "Bo looks at it", "Bo", later(days=1))
        merge_issues(session, 2, 1)
        record = issue_story(session, 1, later(days=1))
        assert issue_story(session, 2, later(days=1)).id == 1
    assert {one.id: one.words for one in record.raised_by} == {
        1: "I repair it by hand", 2: "The export loses a column", 3: "mine too",
    }  # fmt: skip
    assert (record.kind, record.owner, record.opened_on) == (IssueKind.FAILURE, "Bo", later(days=-3).date())
    assert (record.merged, [one.words for one in record.where_it_stands]) == ((2,), ["Bo looks at it"])
    with two.reading() as session:
        assert find_issue(session, "column") == 1
    with two.changing(later(days=2)) as session:
        for step in (
            lambda: settle_issue(session, 2, IssueState.FIXED, None, later(days=2)),
            lambda: join_issue(session, 2, 4, later(days=2)),
            lambda: own_issue(session, 2, "Ann"),
            lambda: merge_issues(session, 2, 1),
            lambda: merge_issues(session, 1, 2),
            lambda: tell_raiser(session, 2, 3, "Person 0003", None, "Ann", later(days=2)),
        ):
            with pytest.raises(MergedIssue, match="i2 is part of i1 now"):
                step()
        with pytest.raises(WrongUsage, match="Name two"):
            merge_issues(session, 1, 1)


def test_who_was_told_of_one_of_two_issues_still_has_to_be_told_of_what_they_became(two: Store) -> None:
    with two.changing(later(days=1)) as session:
        settle_issue(session, 2, IssueState.FIXED, None, later(days=1))
        tell_raiser(session, 2, 2, "Person 0002", "pleased", "Ann", later(days=1))
        tell_raiser(session, 2, 3, "Person 0003", "pleased", "Ann", later(days=1))
        assert issue(session, 2, later(days=1)).state is IssueState.TOLD
        merge_issues(session, 1, 2)
        record = issue(session, 2, later(days=1))
    # Customer 1 was never told and customer 2 not of what they raised first: it is open again for both.
    assert record.state is IssueState.OPEN
    assert {one.id: one.told for one in record.raised_by} == {1: False, 2: False, 3: True}


def test_two_issues_that_were_told_are_one_that_is(two: Store) -> None:
    with two.changing(later(days=1)) as session:
        for number, raisers in ((1, (1, 2)), (2, (2, 3))):
            settle_issue(session, number, IssueState.FIXED, None, later(days=1))
            for who in raisers:
                tell_raiser(session, number, who, "Person", "pleased", "Ann", later(days=1))
        merge_issues(session, 1, 2)
        assert issue(session, 2, later(days=1)).state is IssueState.TOLD


def test_an_issue_ends_when_the_one_who_still_had_to_be_told_is_forgotten_or_was_told_as_another(two: Store) -> None:
    with two.changing(later(days=1)) as session:
        settle_issue(session, 1, IssueState.FIXED, None, later(days=1))
        tell_raiser(session, 1, 1, "Person 0001", "pleased", "Ann", later(days=1))
        settle_issue(session, 2, IssueState.FIXED, None, later(days=1))
        tell_raiser(session, 2, 3, "Person 0003", "pleased", "Ann", later(days=1))
    with two.changing(later(days=2)) as session:
        merge_customers(session, 2, 1, later(days=2))  # 1 was told of i1, and is 2 as well
        assert issue(session, 1, later(days=2)).state is IssueState.TOLD
        assert issue(session, 2, later(days=2)).state is IssueState.FIXED
    with two.changing(later(days=3)) as session:
        forget(session, 1, later(days=3))
        assert [one.id for one in issue(session, 2, later(days=3)).raised_by] == [3]
        assert issue(session, 2, later(days=3)).state is IssueState.TOLD
    assert two.rows("SELECT id FROM issue") == [(2,)]  # nobody else raised i1


def test_somebody_who_raised_it_after_the_telling_is_not_told_by_being_one_with_who_was(two: Store) -> None:
    with two.changing(later(days=1)) as session:
        settle_issue(session, 1, IssueState.FIXED, None, later(days=1))
        tell_raiser(session, 1, 1, "Person 0001", "pleased", "Ann", later(days=1))
        join_issue(session, 1, 4, later(days=5), words="still the same for me")
        merge_customers(session, 4, 1, later(days=6))
        record = issue(session, 1, later(days=6))
    assert {one.id: one.told for one in record.raised_by} == {1: False, 2: False}
    assert record.state is IssueState.FIXED


def test_what_was_merged_into_a_forgotten_issue_goes_with_it(store: Store) -> None:
    store.take(people(2))
    with store.changing() as session:
        raise_issue(session, "Export drops columns", 1, MONDAY)
        raise_issue(session, "My export, says the first", 1, MONDAY)
        merge_issues(session, 2, 1)
        forget(session, 1, MONDAY)
    assert store.rows("SELECT * FROM issue") == []


def test_an_issue_is_edited(two: Store) -> None:
    with two.changing() as session:
        edit_issue(session, 1, IssueEdit(" Export  drops columns again ", True, "at ease", IssueKind.FAILURE))
        record = issue(session, 1, MONDAY)
        assert (record.title, record.blocking, record.feeling, record.kind) == (
            "Export drops columns again", True, "at ease", IssueKind.FAILURE,
        )  # fmt: skip
        edit_issue(session, 1, IssueEdit(blocking=False, feeling=""))
        record = issue(session, 1, MONDAY)
        assert (record.title, record.blocking, record.feeling) == ("Export drops columns again", False, None)
        with pytest.raises(WrongUsage, match="a few words"):
            edit_issue(session, 1, IssueEdit(title="  "))
        with pytest.raises(WrongUsage, match="a few words"):
            note_issue(session, 1, " ", "Ann", MONDAY)


def test_a_word_given_starts_the_wait_anew(two: Store) -> None:
    with two.changing(later(days=70)) as session:
        assert [one.word_days for one in issue(session, 1, later(days=70)).raised_by] == [70, 70]
        tell_where_it_stands(session, 1, 2, "Person 0002", later(days=70))
        assert {one.id: one.word_days for one in issue(session, 1, later(days=75)).raised_by} == {1: 75, 2: 5}
        with pytest.raises(WrongUsage, match="did not raise i1"):
            tell_where_it_stands(session, 1, 4, "Person 0004", later(days=70))
        settle_issue(session, 1, IssueState.FIXED, None, later(days=71))
        with pytest.raises(WrongUsage, match="care issues tell i1 2"):
            tell_where_it_stands(session, 1, 2, "Person 0002", later(days=71))


def test_a_failure_that_was_recovered_shows_what_it_made_of_them(two: Store) -> None:
    with two.bare() as connection:
        connection.execute("UPDATE customer SET stance = 'critic' WHERE id IN (1, 4)")
    with two.changing(later(days=1)) as session:
        raise_issue(session, "Double bill", 4, later(days=1), kind=IssueKind.FAILURE)
        settle_issue(session, 3, IssueState.FIXED, "Paid back", later(days=2))
        tell_raiser(session, 3, 4, "Person 0004", "wow", "Ann", later(days=3), stance=Stance.FAN)
        [raiser] = issue(session, 3, later(days=3)).raised_by
    assert (raiser.stance_before, raiser.stance_after) == (Stance.CRITIC, Stance.FAN)
    assert two.one("SELECT stance FROM customer WHERE id = 4") == "fan"


def test_what_was_done_the_first_time_is_not_said_of_the_second(two: Store) -> None:
    with two.changing(later(days=1)) as session:
        settle_issue(session, 1, IssueState.DECLINED, "too few want it", later(days=1))
        tell_raiser(session, 1, 1, "Person 0001", "not fixed", "Ann", later(days=2))
        settle_issue(session, 1, IssueState.FIXED, None, later(days=3))
        assert issue(session, 1, later(days=3)).note is None
