"""A talk on record put right, and undo exact."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session
from test_record import FULL, keep, whom

from care.customers.doctor import examine
from care.errors import WrongUsage
from care.history.undo import undo_last
from care.interviews.amend import NothingHeld, amend, last_talk, recorded
from care.interviews.notes import CallNotes, FoundGold, MadePromise, RaisedIssue
from care.interviews.timeline import timeline
from care.issues.raising import raise_issue
from care.issues.telling import settle_issue
from care.verify.check import verify
from care.words import GoldKind, How, IssueState, Outcome, Reading, Stance
from stores import MONDAY, Store, later, made_once, people

TABLES = ("customer", "call", "attempt", "answer", "gold", "issue", "raiser", "promise", "tally", "note", "owing")


def contents(store: Store) -> dict[str, list[tuple]]:
    """Every row a talk can touch, but for the numbers of the search's own rows."""
    found = {table: sorted(store.rows(f"SELECT * FROM {table}"), key=str) for table in TABLES if table != "note"}
    return found | {
        "note": sorted(store.rows("SELECT kind, row_id, customer_id, call_id, private, words FROM note"), key=str)
    }


def check(store: Store) -> None:
    """Nothing is out of order: every derived column as it would be worked out anew, and the draws as they were."""
    with store.reading() as session:
        assert [one.name for one in examine(session, later(days=1)) if not one.well] == []
        assert verify(session, None).problems == ()


def change(store: Store, act: Callable[[Session], object], now=MONDAY) -> None:
    with store.changing(now) as session:
        act(session)


def on_record(store: Store, call: int = 1) -> CallNotes:
    with store.reading() as session:
        return recorded(session, call)


@made_once
def held(store: Store) -> Store:
    """Calls 1 to 3 of 40 customers; the first is held and yielded everything; issue 2 of theirs was told of in it."""
    store.take(people(40))
    store.plan()
    with store.changing() as session:
        raise_issue(session, "Slow site", whom(store, 2), MONDAY)
        raise_issue(session, "Late invoices", whom(store), MONDAY, words="always late")
        settle_issue(session, 2, IssueState.FIXED, "sent on the 1st now", MONDAY)
    keep(store, whom(store), FULL, later(hours=2))
    return store


def test_what_was_recorded_reads_as_it_was_said(held: Store) -> None:
    there = on_record(held)
    assert there.answers == FULL.answers
    assert there.readings == FULL.readings
    assert [(one.id, one.words) for one in there.issues] == [(3, "where do I leave the car?"), (1, "for me too")]
    assert (there.promises, there.gold) == (FULL.promises, FULL.gold)
    assert (there.remember, there.stance, there.sold, there.defended) == ("the boat", Stance.FAN, False, True)
    assert (there.how, there.minutes, there.listeners, there.at) == (How.VISIT, 17, ("Bo",), FULL.at)


def test_the_same_notes_change_nothing_but_the_version(held: Store) -> None:
    before, same = contents(held), on_record(held)
    change(held, lambda session: amend(session, 1, same, later(hours=3)))
    after = contents(held)
    assert held.one("SELECT version FROM call WHERE id = 1") == 2
    for table in TABLES:
        if table != "call":
            assert after[table] == before[table], table


def test_a_talk_becomes_what_the_notes_say(held: Store) -> None:
    said = on_record(held).model_copy(
        update={
            "answers": {"promises": "never", "ease": "easy"},
            "readings": {"promises": Reading.BAD},
            "issues": (RaisedIssue(id=1, words="and slower each day"), RaisedIssue(title="Rude", words="rude")),
            "promises": (MadePromise(what="send the guide", due_on=date(2026, 12, 9)),),
            "gold": (FoundGold(kind=GoldKind.WISH, words="answer within a day"),),
            "stance": Stance.CRITIC,
            "minutes": 20,
            "caller": "Bo",
            "remember": "the other boat",
            "at": later(days=-1),
        }
    )
    change(held, lambda session: amend(session, 1, said, later(hours=3)))
    there = on_record(held)
    assert (there.answers, there.readings) == (said.answers, said.readings)
    assert [(one.id, one.words) for one in there.issues] == [(1, "and slower each day"), (4, "rude")]
    assert (there.promises, there.gold, there.remember) == (said.promises, said.gold, "the other boat")
    assert (there.stance, there.minutes, there.caller, there.at) == (Stance.CRITIC, 20, "Bo", later(days=-1))
    assert held.rows("SELECT id, title FROM issue ORDER BY id") == [(1, "Slow site"), (2, "Late invoices"), (4, "Rude")]
    who = whom(held)
    assert held.rows("SELECT stance, last_heard_at, free_on FROM customer WHERE id = ?", who) == [
        ("critic", "2026-11-22 09:00:00.000000", "2027-02-20")
    ]
    assert held.one("SELECT at FROM attempt WHERE call_id = 1") == "2026-11-22 09:00:00.000000"
    check(held)


def test_a_promise_that_was_kept_stays(held: Store) -> None:
    with held.bare() as connection:
        connection.execute("UPDATE promise SET state = 'kept', settled_at = made_at")
    without = on_record(held).model_copy(update={"promises": ()})
    change(held, lambda session: amend(session, 1, without, later(hours=3)))
    assert held.rows("SELECT what, state FROM promise") == [("send the guide", "kept")]


@pytest.mark.parametrize(
    ("update", "says"), [({"at": later(days=3)}, "still to come"), ({"outcome": Outcome.NO_ANSWER}, "care undo")]
)
def test_what_cannot_have_been_is_refused(held: Store, update: dict, says: str) -> None:
    before, said = contents(held), on_record(held).model_copy(update=update)
    with pytest.raises(WrongUsage, match=says):
        change(held, lambda session: amend(session, 1, said, later(hours=3)))
    assert contents(held) == before


def test_only_a_talk_is_on_record(held: Store) -> None:
    with pytest.raises(NothingHeld, match=r"c2 with .* is planned"), held.reading() as session:
        recorded(session, 2)
    with held.reading() as session:
        assert last_talk(session, caller="Ann") == last_talk(session, customer_id=whom(held)) == 1
        with pytest.raises(NothingHeld, match="no talk of Bo"):
            last_talk(session, caller="Bo")


def test_the_earlier_version_is_shown_until_it_is_taken_back(held: Store) -> None:
    who = whom(held)
    said = on_record(held).model_copy(update={"answers": {"promises": "never"}, "minutes": 20, "gold": ()})
    change_as_log(held, lambda session: amend(session, 1, said, later(hours=3)))
    with held.reading() as session:
        now = timeline(session, who)
        earlier = [one for one in timeline(session, who, earlier=True) if one not in now]
    assert [(one.what, one.words, one.private, one.caller) for one in earlier] == [
        ("was: talk of 23 November 2026", "17 minutes, fan, Ann", False, "Ann"),
        ("promises was", "you do, except the bill (mixed)", False, "Ann"),
        ("life was", "a new boat", True, "Ann"),
        ("wish was", "answer within a day", False, "Ann"),
        ("trigger was", "honesty", False, "Ann"),
    ]
    with held.changing(later(hours=4)) as session:
        undo_last(session, later(hours=4))
    with held.reading() as session:
        assert timeline(session, who, earlier=True) == timeline(session, who)


def change_as_log(store: Store, act: Callable[[Session], object]) -> None:
    from care.db.engine import transaction
    from care.db.journal import begin_change

    with transaction(store.path, store.engine, writes=True) as session:
        begin_change(session, "log", "Ann", later(hours=3))
        act(session)
