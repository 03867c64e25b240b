"""One customer's story: everything in its order, the newest first, and what was changed on them by which command."""

from datetime import date

from care.calls.add import add_chosen
from care.customers.edit import Edit, edit_customer
from care.history.undo import undo_last
from care.interviews.notes import CallNotes, FoundGold, MadePromise, RaisedIssue
from care.interviews.record import record
from care.interviews.timeline import timeline
from care.interviews.versions import changes_of, counted, differences
from care.issues.telling import settle_issue, tell_raiser
from care.owed.promises import keep_promise
from care.person.forget import forget
from care.person.leave import stop_calling
from care.person.merge import merge_customers
from care.touches.touch import record_touch
from care.words import GoldKind, IssueState, Outcome, Purpose
from stores import MONDAY, Store, later, made_once, people


@made_once
def lived(store: Store) -> Store:
    """A customer with whom everything happened that can."""
    store.take(people(3))
    with store.changing() as session:
        add_chosen(session, 1, None, "Ann", MONDAY)
        record(session, 1, CallNotes(at=MONDAY, caller="Ann", outcome=Outcome.NO_ANSWER), MONDAY)
    notes = CallNotes(
        at=later(days=1), caller="Ann", minutes=17, answers={"ease": "slow", "life": "a boat"},
        issues=(RaisedIssue(title="Late", words="always late"),), remember="the boat",
        gold=(FoundGold(kind=GoldKind.WISH, words="on time"),),
        promises=(MadePromise(what="ring", due_on=date(2026, 12, 1)),),
    )  # fmt: skip
    with store.changing(later(days=1)) as session:
        record(session, 1, notes, later(days=1))
    with store.changing(later(days=2)) as session:
        record_touch(session, 1, Purpose.SELL, "the big parcel", None, "Bo", later(days=2), later(days=2))
    with store.changing(later(days=3)) as session:
        settle_issue(session, 1, IssueState.FIXED, None, later(days=3))
        tell_raiser(session, 1, 1, "Person", "pleased", "Ann", later(days=3))
        keep_promise(session, 1, later(days=4))
    return store


def story(store: Store, who: int = 1) -> list[tuple[str, str | None, str | None]]:
    with store.reading() as session:
        return [(one.what, one.words, one.ref) for one in timeline(session, who)]


def test_everything_stands_in_order_the_newest_first(lived: Store) -> None:
    assert story(lived) == [
        ("kept", "ring", "p1"),
        ("told", "Late: “pleased”", "i1"),
        ("sell", "the big parcel", None),
        ("chosen talk, 17 minutes", None, "c1"),
        ("ease", "slow", None),
        ("life", "a boat", None),
        ("wish", "on time", None),
        ("raised", "Late: “always late”", "i1"),
        ("promised", "ring by 2026-12-01", "p1"),
    ]
    with lived.reading() as session:
        moments = timeline(session, 1)
    assert [one.at for one in moments][:4] == [later(days=4), later(days=3), later(days=2), later(days=1)]
    assert [one.what for one in moments if one.private] == ["life"]
    assert story(lived, 2) == []


def changed(store: Store, who: int = 1) -> list[tuple[str, ...]]:
    with store.reading() as session:
        return [one.what for one in changes_of(session, who)]


def test_what_was_changed_is_said_with_what_it_was_before(lived: Store) -> None:
    with lived.changing(later(days=5)) as session:
        edit_customer(session, 2, Edit(name="New Name", company="Fjord AS", segment="Gold"), later(days=5))
    with lived.changing(later(days=6)) as session:
        edit_customer(session, 2, Edit(company="Berg AS", segment=""), later(days=6))
        stop_calling(session, 2, "never again", later(days=6))
    assert changed(lived, 2) == [
        ("company: Fjord AS → Berg AS", "segment: Gold → –", "do-not-call: – → never again"),
        ("name: Person 0002 → New Name", "company: – → Fjord AS", "segment: – → Gold"),
    ]
    with lived.reading() as session:
        [latest, _] = changes_of(session, 2)
    assert (latest.at, latest.command, latest.caller) == (later(days=6), "test", "Ann")


def test_a_talk_is_counted_by_what_it_left(lived: Store) -> None:
    assert [set(one) for one in changed(lived)[2:]] == [
        {
            "remember: – → the boat", "1 call changed", "2 answers added", "1 try added", "1 issue raised added",
            "1 promise added", "1 wish or trigger added", "1 touch to come added",
        },
        {"1 call added", "1 try added"},
    ]  # fmt: skip


def test_taking_it_back_is_a_change_as_well(lived: Store) -> None:
    with lived.changing(later(days=5)) as session:
        edit_customer(session, 3, Edit(name="Other"), later(days=5))
    with lived.changing(later(days=6)) as session:
        undo_last(session, later(days=6))
    assert changed(lived, 3) == [("name: Other → Person 0003",), ("name: Person 0003 → Other",)]


def test_whoever_was_merged_brings_their_history_along(lived: Store) -> None:
    with lived.changing(later(days=5)) as session:
        edit_customer(session, 3, Edit(name="Other"), later(days=5))
    with lived.changing(later(days=6)) as session:
        merge_customers(session, 3, 2, later(days=6))
    assert ("name: Person 0003 → Other",) in changed(lived, 2)
    assert any("merged into: – → customer 2" in one for one in changed(lived, 2)[0])


def test_nothing_is_left_of_whoever_is_forgotten(lived: Store) -> None:
    with lived.changing(later(days=6)) as session:
        forget(session, 1, later(days=6))
    assert changed(lived) == []


def test_only_what_a_person_knows_is_a_difference() -> None:
    old = {"name": "A", "place": 1, "gives": 0, "company_id": 7, "merged_into": None, "segment": ""}
    new = {"name": "A", "place": 2, "gives": 1, "company_id": None, "merged_into": 4, "segment": None}
    assert differences(old, new, {7: "Berg"}) == ["company: Berg → –", "merged into: – → customer 4"]
    assert counted({("answer", "insert"): 2, ("attempt", "delete"): 1, ("ledger", "insert"): 9}) == [
        "2 answers added", "1 try taken away",
    ]  # fmt: skip
