"""Everything we owe customers in one list: what is in it, in which order, whose it is, and how much there is."""

import pytest

from care.issues.editing import own_issue
from care.issues.listing import issue
from care.issues.raising import join_issue, raise_issue
from care.issues.telling import settle_issue, tell_raiser, tell_where_it_stands
from care.owed import owed as store_owed
from care.owed.owed import owed
from care.owed.promises import make_promise, move_promise
from care.words import IssueKind, IssueState
from stores import MONDAY, Store, later, made_once, people


@made_once
def owing(store: Store) -> Store:
    """Issue 1 open since long ago, 2 a failure, 3 fixed for two, 4 a declined failure; two promises and two touches."""
    store.take(people(6))
    with store.changing() as session:
        raise_issue(session, "Slow pages", 1, later(days=-100))
        raise_issue(session, "Double bill", 2, MONDAY, kind=IssueKind.FAILURE)
        raise_issue(session, "Export drops columns", 3, MONDAY)
        join_issue(session, 3, 4, MONDAY)
        settle_issue(session, 3, IssueState.FIXED, None, later(days=2))
        raise_issue(session, "Lost parcel", 5, MONDAY, kind=IssueKind.FAILURE)
        settle_issue(session, 4, IssueState.DECLINED, "not ours", later(days=5))
        make_promise(session, 6, "send the guide", later(days=3).date(), "Bo", MONDAY)
        make_promise(session, 6, "ring", later(days=30).date(), "Ann", MONDAY)
        own_issue(session, 3, "Bo")
    with store.bare() as connection:
        connection.execute(
            "INSERT INTO owing(customer_id, kind, due_on, state) VALUES (1, 'stay_in_touch', '2026-12-01', 'open'),"
            " (2, 'stay_in_touch', '2027-12-01', 'open')"
        )
    return store


NOW = later(days=9)


def refs(store: Store, now=NOW, **more) -> list[tuple[str, str, int]]:
    with store.reading() as session:
        return [(one.ref, one.kind, one.overdue_days) for one in owed(session, now, **more).owed]


def test_the_most_overdue_first_after_what_we_broke_and_what_failed(owing: Store) -> None:
    assert refs(owing) == [
        ("p1", "promise", 6),  # broken: due on the third day
        ("i4", "tell", 4),  # a failure that is settled, and they do not know
        ("i2", "recover", 2),  # a failure of the first day, to be recovered within seven
        ("i1:1", "where_it_stands", 49),  # raised 109 days ago, owed a word after 60
        ("i3", "tell", 7), ("i3", "tell", 7),
        ("p2", "promise", 0),
        ("n1", "stay_in_touch", 1),  # late or not, it comes last
    ]  # fmt: skip
    with owing.reading() as session:
        found = owed(session, NOW)
        counts = found.counts
    assert (counts.broken, counts.recover, counts.tell, counts.where_it_stands, counts.stay_in_touch,
            counts.promised, counts.longest_days) == (1, 1, 3, 1, 1, 1, 7)  # fmt: skip
    assert found.total == counts.total == 8


def test_a_page_is_the_first_of_the_whole_and_counts_all_of_it(owing: Store) -> None:
    whole = refs(owing)
    for limit in range(1, 10):
        assert refs(owing, limit=limit) == whole[:limit]
        with owing.reading() as session:
            assert owed(session, NOW, limit=limit).total == 8


def test_mine_is_what_i_promised_own_or_heard(owing: Store) -> None:
    assert refs(owing, caller="Bo") == [("p1", "promise", 6), ("i3", "tell", 7), ("i3", "tell", 7)]
    assert refs(owing, caller="Ann") == [("p2", "promise", 0)]
    with owing.bare() as connection:  # Ann heard it, and nobody owns it
        connection.execute(
            "INSERT INTO call(id, customer_id, week, kind, state, caller, tries, ics_sequence)"
            " VALUES (1, 1, '2026-W33', 'chosen', 'held', 'Ann', 1, 0)"
        )
        connection.execute("UPDATE raiser SET call_id = 1 WHERE issue_id = 1")
    assert refs(owing, caller="Ann") == [("i1:1", "where_it_stands", 49), ("p2", "promise", 0)]
    with owing.reading() as session:
        assert owed(session, NOW, caller="Ann", limit=5).total == 2


def test_a_failure_is_owed_once_it_should_have_been_recovered(owing: Store) -> None:
    assert ("i2", "recover", 0) not in refs(owing, later(days=7))
    assert [one for one in refs(owing, later(days=8)) if one[1] == "recover"] == [("i2", "recover", 1)]
    with owing.reading() as session:
        assert issue(session, 2, NOW).recover_by == later(days=7).date()


def test_a_word_is_owed_after_sixty_days_of_silence_and_no_day_sooner(owing: Store) -> None:
    with owing.changing() as session:
        tell_where_it_stands(session, 1, 1, "Person 0001", MONDAY)
    assert [one for one in refs(owing, later(days=60)) if one[0] == "i1:1"] == []
    assert [one for one in refs(owing, later(days=61)) if one[0] == "i1:1"] == [("i1:1", "where_it_stands", 1)]


def test_what_was_told_or_moved_is_owed_no_more_or_later(owing: Store) -> None:
    with owing.changing(NOW) as session:
        tell_raiser(session, 3, 3, "Person 0003", None, "Ann", NOW)
        tell_raiser(session, 4, 5, "Person 0005", "not fixed", "Ann", NOW)
        move_promise(session, 1, later(days=20).date(), NOW)
    assert refs(owing) == [
        ("i2", "recover", 2), ("i4", "recover", 2), ("i1:1", "where_it_stands", 49), ("i3", "tell", 7),
        ("p1", "promise", 0), ("p2", "promise", 0), ("n1", "stay_in_touch", 1),
    ]  # fmt: skip


def test_beyond_a_thousand_nobody_counts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_owed, "COUNTED", 3)
    store.take(people(6))
    with store.changing() as session:
        for who in range(1, 7):
            raise_issue(session, f"Trouble {who}", who, MONDAY)
            settle_issue(session, who, IssueState.FIXED, None, MONDAY)
    with store.reading() as session:
        found = owed(session, MONDAY, limit=2)
    assert (len(found.owed), found.counts.tell) == (2, 4)
