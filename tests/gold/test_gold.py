"""Gold in the store: gathered, made something of, merged, forgotten, and every step taken back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from care.errors import NotFound, WrongUsage
from care.gold.errors import CameToSomething, GatheredAlready, MixedKinds, NotGathered, RaisedByThem
from care.gold.find import find_passages, find_vein
from care.gold.gather import gather, gather_into, loosen, rename
from care.gold.promote import drop_vein, make_issue, make_standing_promise
from care.gold.records import WholeVein
from care.gold.suggest import suggestions
from care.gold.vein_states import NEXT
from care.gold.veins import gold, vein
from care.history.undo import undo_last
from care.interviews.brief import call_questions
from care.interviews.notes import CallNotes, FoundGold, RaisedIssue
from care.interviews.record import record
from care.issues.telling import settle_issue, tell_raiser
from care.person.forget import forget
from care.person.merge import merge_customers
from care.words import CallKind, GoldKind, IssueKind, IssueState, VeinState
from stores import Store, later, made_once, people

WISHES = {
    1: "always answer within a day",
    2: "an answer the same day, not next week",
    3: "answer mails within one day",
    4: "prices that stay for a year",
}
OUTSIDE_UNDO = ("change", "journal", "ledger", "sqlite_sequence")
"""What grows with whatever is done."""


def talk(store: Store, who: int, now: datetime, *gold: tuple[GoldKind, str], **more: Any) -> None:
    """A talk with that customer."""
    found = tuple(FoundGold(kind=kind, words=words) for kind, words in gold)
    with store.changing(now) as session:
        record(session, who, CallNotes(at=now, caller="Ann", kind=CallKind.CHOSEN, gold=found, **more), now)


@made_once
def mined(store: Store) -> Store:
    """Nine customers; w1 to w4 of the first four, a day apart, t5 of the fifth, and w6, which is the first's again."""
    store.take(people(9))
    for who, words in WISHES.items():
        talk(store, who, later(days=who), (GoldKind.WISH, words))
    talk(store, 5, later(days=5), (GoldKind.TRIGGER, "you pick up the phone"))
    talk(store, 1, later(days=6), (GoldKind.WISH, "one day for an answer is enough"))
    return store


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that undo has to bring back, in every table there is."""
    names = [name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [
        name for name in names if name not in OUTSIDE_UNDO and not name.startswith(("note_words", "customer_name_"))
    ]
    return {name: sorted(store.rows(f"SELECT * FROM {name}"), key=str) for name in kept}


NOW = later(days=10)


def do(store: Store, step: Callable[[Session], Any], now: datetime = NOW) -> Any:
    """One change."""
    with store.changing(now) as session:
        return step(session)


def read(store: Store, number: int = 1, now: datetime = NOW) -> WholeVein:
    with store.reading() as session:
        return vein(session, number, now)


def gathered(store: Store, *refs: str, title: str | None = "Answers within a day") -> WholeVein:
    found: WholeVein = do(store, lambda session: gather(session, refs, title, NOW))
    return found


def test_a_customer_counts_once_however_often_they_say_it(mined: Store) -> None:
    one = gathered(mined, "w1", "W2", "3", "w6", "w1")
    assert (one.ref, one.title, one.kind, one.state) == ("g1", "Answers within a day", GoldKind.WISH, VeinState.OPEN)
    assert (one.customers, one.said) == (3, 4)
    assert [(passage.ref, passage.customer.id) for passage in one.passages] == [
        ("w1", 1),
        ("w2", 2),
        ("w3", 3),
        ("w6", 1),
    ]
    with mined.reading() as session:
        found = gold(session, NOW, limit=1)
    assert [passage.ref for passage in found.loose] == ["t5"]
    assert found.total == 2


def test_what_sounds_alike_is_suggested_and_nothing_is_done_by_itself(mined: Store) -> None:
    before = contents(mined)
    with mined.reading() as session:
        (one,) = suggestions(session).suggestions
    assert ({passage.ref for passage in one.passages}, one.customers, one.vein) == ({"w1", "w2", "w3", "w6"}, 3, None)
    assert {"answer", "day"} <= set(one.shared)
    assert one.title in WISHES.values()
    assert contents(mined) == before
    gathered(mined, "w1", "w2")
    with mined.reading() as session:
        (one,) = suggestions(session).suggestions
    assert (one.vein, one.title, {passage.ref for passage in one.passages}) == (1, "Answers within a day", {"w3", "w6"})
    do(mined, lambda session: drop_vein(session, 1, NOW))
    with mined.reading() as session:
        (one,) = suggestions(session).suggestions
    assert (one.vein, {passage.ref for passage in one.passages}) == (None, {"w3", "w6"})


def test_a_vein_becomes_an_issue_of_all_its_customers(mined: Store) -> None:
    gathered(mined, "w1", "w2", "w3", "w6")
    one = do(mined, lambda session: make_issue(session, 1, NOW, kind=IssueKind.FAILURE))
    assert one.state is VeinState.ISSUE
    assert (one.issue.id, one.issue.title, one.issue.state) == (1, "Answers within a day", IssueState.OPEN)
    assert mined.rows("SELECT kind, raisers, date(opened_at) FROM issue") == [("failure", 3, "2026-11-24")]
    assert mined.rows("SELECT customer_id, words, date(raised_at), call_id FROM raiser ORDER BY customer_id") == [
        (1, "always answer within a day\none day for an answer is enough", "2026-11-24", 1),
        (2, "an answer the same day, not next week", "2026-11-25", 2),
        (3, "answer mails within one day", "2026-11-26", 3),
    ]
    # Whoever says it later is a raiser as well.
    talk(mined, 6, later(days=11), (GoldKind.WISH, "answer me on the same day"))
    do(mined, lambda session: gather_into(session, 1, ["w7"], later(days=12)))
    assert mined.one("SELECT raisers FROM issue") == 4
    with pytest.raises(RaisedByThem, match="g1 became i1, and who said w7"):
        do(mined, lambda session: loosen(session, ["w7"], NOW))


def test_joining_an_issue_takes_nothing_from_who_is_there(mined: Store) -> None:
    talk(mined, 2, later(days=7), issues=(RaisedIssue(title="Slow answers", words="a week!"),))
    talk(mined, 3, later(days=8), issues=(RaisedIssue(id=1, words="days and days"),))
    do(mined, lambda session: settle_issue(session, 1, IssueState.FIXED, None, NOW))
    do(mined, lambda session: tell_raiser(session, 1, 3, "Person 0003", "pleased", "Ann", NOW))
    gathered(mined, "w1", "w2", "w3")
    one = do(mined, lambda session: make_issue(session, 1, NOW, joins=1))
    assert one.issue.state is IssueState.FIXED  # 3 was told after they had said it, so it stays told
    assert mined.rows("SELECT customer_id, words, told_at IS NOT NULL FROM raiser ORDER BY customer_id") == [
        (1, "always answer within a day", 0),
        (2, "a week!", 0),
        (3, "days and days", 1),
    ]
    talk(mined, 3, later(days=11), (GoldKind.WISH, "still: an answer within a day"))
    do(mined, lambda session: gather_into(session, 1, ["w7"], later(days=12)))
    assert read(mined).issue.state is IssueState.OPEN  # type: ignore[union-attr]


def test_a_promise_is_asked_about_until_it_is_dropped(mined: Store) -> None:
    gathered(mined, "w1", "w2")
    one = do(mined, lambda session: make_standing_promise(session, 1, " We answer within  a day. ", NOW))
    assert (one.state, one.promise, one.question, one.asked) == (
        VeinState.PROMISE, "We answer within a day.", "promise-g1", True
    )  # fmt: skip
    with mined.reading() as session:
        keys = {call_questions(session, place, None)[-1].key for place in range(7)}
        (question,) = [q for place in range(7) for q in call_questions(session, place, None) if q.key == "promise-g1"]
    assert keys == {"wishes", "triggers", "wrong", "passion", "feeling", "word", "promise-g1"}
    assert (question.text, question.reading) == (
        "We promise: “We answer within a day.” How well do we keep that?",
        True,
    )
    talk(mined, 6, later(days=11), answers={"promise-g1": "you do"}, readings={"promise-g1": "good"})
    do(mined, lambda session: drop_vein(session, 1, later(days=12)))
    assert (read(mined).state, read(mined).asked) == (VeinState.DROPPED, False)
    with mined.reading() as session:
        assert "promise-g1" not in {call_questions(session, place, None)[-1].key for place in range(7)}
    do(mined, lambda session: make_standing_promise(session, 1, "We answer within two days", later(days=13)))
    assert read(mined).asked
    assert mined.one("SELECT count(*) FROM question WHERE key LIKE 'promise-%'") == 1
    assert (
        mined.one("SELECT count(*) FROM wording JOIN question ON question.id = question_id WHERE key = 'promise-g1'")
        == 2
    )


@pytest.mark.parametrize("state", VeinState)
def test_every_step_in_every_state_leads_where_the_table_says(mined: Store, state: VeinState) -> None:
    steps = {
        VeinState.ISSUE: lambda session: make_issue(session, 1, NOW),
        VeinState.PROMISE: lambda session: make_standing_promise(session, 1, "We answer within a day", NOW),
        VeinState.DROPPED: lambda session: drop_vein(session, 1, NOW),
    }
    gathered(mined, "w1", "w2")
    with mined.changing(NOW) as session:
        if state in steps:
            steps[state](session)
        for after, step in steps.items():
            savepoint = session.begin_nested()
            if after in NEXT[state]:
                assert step(session).state is after
            else:
                with pytest.raises(CameToSomething):
                    step(session)
            savepoint.rollback()


def test_the_table_of_states_says_what_may_follow() -> None:
    issue, promise, dropped = VeinState.ISSUE, VeinState.PROMISE, VeinState.DROPPED
    assert {state: set(after) for state, after in NEXT.items()} == {
        VeinState.OPEN: {issue, promise, dropped}, promise: {dropped}, dropped: {issue, promise}, issue: set(),
    }  # fmt: skip


def test_what_makes_no_sense_is_refused_and_changes_nothing(mined: Store) -> None:
    gathered(mined, "w1", "w2")
    before = contents(mined)
    refusals: list[tuple[Callable[[Session], Any], type[Exception], str]] = [
        (lambda s: gather(s, ["w3", "t5"], None, NOW), MixedKinds, "w3 is a wish and t5 a trigger"),
        (lambda s: gather_into(s, 1, ["t5"], NOW), MixedKinds, "t5 a trigger"),
        (lambda s: gather(s, ["w2", "w3"], None, NOW), GatheredAlready, "w2 is in g1 already"),
        (lambda s: gather(s, ["w3"], "  ", NOW), WrongUsage, "--title"),
        (lambda s: rename(s, 1, " ", NOW), WrongUsage, "--title"),
        (lambda s: gather(s, ["w99"], None, NOW), NotFound, "“w99”"),
        (lambda s: gather(s, ["t1"], None, NOW), NotFound, "“t1”"),
        (lambda s: gather(s, ["x1"], None, NOW), NotFound, "“x1”"),
        (lambda s: loosen(s, ["w3"], NOW), NotGathered, "w3 is in no vein"),
        (lambda s: make_standing_promise(s, 1, " ", NOW), WrongUsage, "one sentence"),
        (lambda s: make_standing_promise(s, 1, "a" * 201, NOW), WrongUsage, "at most 200"),
        (lambda s: make_issue(s, 1, NOW, joins=7), NotFound, "7"),
        (lambda s: vein(s, 9, NOW), NotFound, "g9"),
        (lambda s: find_vein(s, "tea"), NotFound, "“tea”"),
        (lambda s: find_passages(s, [""]), NotFound, "“”"),
    ]
    for step, kind, words in refusals:
        with pytest.raises(kind, match=words):
            do(mined, step)
        assert contents(mined) == before, words
    gathered(mined, "w3", title="Answers anyhow")
    with mined.reading() as session:
        assert [find_vein(session, said) for said in ("G1", "1", "within")] == [1, 1, 1]
        with pytest.raises(NotFound, match="g1 Answers within a day; g2 Answers anyhow"):
            find_vein(session, "answers")
    do(mined, lambda session: make_issue(session, 1, NOW))
    for again in (make_issue, drop_vein):
        with pytest.raises(CameToSomething, match="g1 became i1 already"):
            do(mined, lambda session, again=again: again(session, 1, NOW))  # type: ignore[misc]


def test_taking_the_last_out_ends_a_vein_but_not_a_promise(mined: Store) -> None:
    gathered(mined, "w1", "w2")
    done = do(mined, lambda session: loosen(session, ["w1"], NOW))
    assert ([one.ref for one in done.loose], done.veins[0].customers, done.gone) == (["w1"], 1, ())
    done = do(mined, lambda session: loosen(session, ["w2"], NOW))
    assert (done.veins, done.gone) == ((), ("g1",))
    assert mined.one("SELECT count(*) FROM vein") == 0
    assert gathered(mined, "w1").id == 2  # no number is ever given twice
    do(mined, lambda session: make_standing_promise(session, 2, "We answer within a day", NOW))
    done = do(mined, lambda session: loosen(session, ["w1"], NOW))
    assert [(one.ref, one.customers, one.asked) for one in done.veins] == [("g2", 0, True)]
    do(mined, lambda session: drop_vein(session, 2, NOW))
    with pytest.raises(WrongUsage, match="nobody is left in g2"):
        do(mined, lambda session: make_issue(session, 2, NOW))


STEPS: dict[str, Callable[[Session], Any]] = {
    "gather": lambda session: gather(session, ["w3", "w4"], None, NOW),
    "into": lambda session: gather_into(session, 1, ["w3"], NOW),
    "loosen": lambda session: loosen(session, ["w1"], NOW),
    "loosen all": lambda session: loosen(session, ["w1", "w2"], NOW),
    "rename": lambda session: rename(session, 1, "Quick", NOW),
    "issue": lambda session: make_issue(session, 1, NOW),
    "promise": lambda session: make_standing_promise(session, 1, "We answer", NOW),
    "drop": lambda session: drop_vein(session, 1, NOW),
    "merge": lambda session: merge_customers(session, 1, 2, NOW),
}


@pytest.mark.parametrize("name", STEPS)
def test_every_step_is_taken_back_to_the_last_row(mined: Store, name: str) -> None:
    gathered(mined, "w1", "w2")
    before = contents(mined)
    do(mined, STEPS[name])
    after = contents(mined)
    assert after != before
    do(mined, lambda session: undo_last(session, NOW))
    assert contents(mined) == before
    do(mined, lambda session: undo_last(session, NOW))
    assert contents(mined) == after


CAME_TO: dict[str, tuple[Callable[[Session], Any], str]] = {
    "an issue": (lambda session: make_issue(session, 1, NOW), "into"),
    "a promise": (lambda session: make_standing_promise(session, 1, "We promise", NOW), "drop"),
    "nothing": (lambda session: drop_vein(session, 1, NOW), "issue"),
}


@pytest.mark.parametrize("name", CAME_TO)
def test_so_is_every_step_after_it_came_to_something(mined: Store, name: str) -> None:
    gathered(mined, "w1", "w2")
    first, then = CAME_TO[name]
    do(mined, first)
    before = contents(mined)
    do(mined, STEPS[then])
    assert contents(mined) != before
    do(mined, lambda session: undo_last(session, NOW))
    assert contents(mined) == before


def test_two_who_were_one_count_once(mined: Store) -> None:
    gathered(mined, "w1", "w2", "w3")
    do(mined, lambda session: merge_customers(session, 1, 2, NOW))
    one = read(mined)
    assert (one.customers, one.said) == (2, 3)
    assert {passage.customer.id for passage in one.passages} == {2, 3}
    do(mined, lambda session: make_issue(session, 1, NOW))
    assert mined.rows("SELECT customer_id, words FROM raiser ORDER BY customer_id") == [
        (2, "always answer within a day\nan answer the same day, not next week"),
        (3, "answer mails within one day"),
    ]


def everything(store: Store) -> str:
    return "\n".join(store.dump()).lower()


def test_a_vein_goes_with_the_last_of_its_customers(mined: Store) -> None:
    gathered(mined, "w1", "w6", title=None)
    assert read(mined).title == "always answer within a day"
    do(mined, lambda session: rename(session, 1, "Always within a day, says she", NOW))
    gone = do(mined, lambda session: forget(session, 1, NOW))
    assert gone.veins == ("g1 Always within a day, says she",)
    assert mined.one("SELECT count(*) FROM vein") == 0
    for words in ("always answer", "says she", "is enough"):
        assert words not in everything(mined), words


def test_a_vein_of_others_stays_and_its_issue_too(mined: Store) -> None:
    gathered(mined, "w1", "w2", title=None)
    do(mined, lambda session: make_issue(session, 1, NOW))
    gone = do(mined, lambda session: forget(session, 1, NOW))
    assert (gone.veins, gone.issues) == ((), ())
    named = [(one.where, one.ref, one.words) for one in gone.mentions]
    assert ("vein", "g1", "always answer within a day") in named
    one = read(mined)
    assert (one.customers, one.state, mined.one("SELECT raisers FROM issue")) == (1, VeinState.ISSUE, 1)


def test_our_promise_outlives_who_asked_for_it_and_is_known_by_our_words(mined: Store) -> None:
    gathered(mined, "w1", title=None)
    do(mined, lambda session: make_standing_promise(session, 1, "We reply in 24 hours", NOW))
    gone = do(mined, lambda session: forget(session, 1, NOW))
    assert gone.veins == ()
    one = read(mined)
    assert (one.title, one.customers, one.state, one.asked) == ("We reply in 24 hours", 0, VeinState.PROMISE, True)
    assert "always answer" not in everything(mined)


def test_a_vein_whose_issue_goes_is_open_again(mined: Store) -> None:
    gathered(mined, "w1", "w2")
    do(mined, lambda session: make_issue(session, 1, NOW))
    with mined.bare() as connection:  # as if the other raiser had been taken from it
        connection.execute("DELETE FROM raiser WHERE customer_id = 2")
    do(mined, lambda session: forget(session, 1, NOW))
    one = read(mined)
    assert (one.state, one.issue, one.settled_on, one.customers) == (VeinState.OPEN, None, None, 1)


def test_age_counts_from_the_day_it_was_gathered(mined: Store) -> None:
    gathered(mined, "w1")
    assert read(mined, now=later(days=100)).age_days == 90
