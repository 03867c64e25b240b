"""A talk on record put right: changed, or given to whom it was with; the draw stays what it was, and undo is exact."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session
from test_record import FULL, keep, notes, whom

from care.calls.reschedule import add_chosen
from care.customers.doctor import examine
from care.errors import WrongUsage
from care.history.undo import undo_last
from care.interviews.amend import NothingHeld, amend, last_talk, recorded
from care.interviews.move_talk import move
from care.interviews.notes import CallNotes, FoundGold, MadePromise, RaisedIssue, ToldIssue
from care.interviews.records import Moved
from care.interviews.timeline import timeline
from care.issues.raising import raise_issue
from care.issues.telling import settle_issue
from care.times.weeks import Week
from care.verify.check import verify
from care.words import CallKind, GoldKind, How, IssueState, Outcome, Reading, Stance
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


def moved(store: Store, call: int, to: int, now=MONDAY + timedelta(hours=3)) -> Moved:
    with store.changing(now) as session:
        return move(session, call, to, now)


def uncalled(store: Store) -> int:
    """A customer who has no call, and raised nothing."""
    return store.one("SELECT min(id) FROM customer WHERE planned = 0 AND id NOT IN (SELECT customer_id FROM call)")


def test_a_drawn_call_keeps_its_draw_when_the_talk_was_with_another(held: Store) -> None:
    who, other = whom(held), uncalled(held)
    drawn = held.rows("SELECT cycle, place FROM draw_entry WHERE customer_id = ?", who)
    found = moved(held, 1, other)
    assert (found.call.kind, found.call.customer.id, found.was_with.id) == (CallKind.VOLUNTEERED, other, who)
    assert held.rows("SELECT state, tries, held_at, stance, minutes, customer_id FROM call WHERE id = 1") == [
        ("planned", 0, None, None, None, who)
    ]
    assert held.rows(
        "SELECT cycle, place, last_heard_at, free_on, stance, remember FROM customer WHERE id = ?", who
    ) == [(*drawn[0], None, None, None, None)]
    assert held.rows("SELECT last_heard_at, free_on, stance, remember FROM customer WHERE id = ?", other) == [
        ("2026-11-23 10:00:00.000000", "2027-02-21", "fan", "the boat")
    ]
    for table in ("answer", "gold", "promise"):
        assert held.rows(f"SELECT DISTINCT customer_id, call_id FROM {table}") == [(other, found.call.id)], table
    assert held.rows(
        "SELECT issue_id, customer_id, told_at IS NULL FROM raiser ORDER BY issue_id, customer_id"
    ) == sorted([(1, whom(held, 2), 1), (1, other, 1), (2, who, 1), (3, other, 1)])
    assert held.rows("SELECT state, waiting FROM issue WHERE id = 2") == [("fixed", 1)]
    again = held.rows("SELECT customer_id, kind, not_before FROM call WHERE state = 'planned' AND kind = 'chosen'")
    assert again == [(other, "chosen", "2027-01-11")]
    there = on_record(held, found.call.id)
    assert (there.answers, there.gold, there.minutes) == (FULL.answers, FULL.gold, 17)
    check(held)


def test_the_weeks_after_draw_as_if_it_had_never_been_logged_wrongly(held: Store) -> None:
    who = whom(held)
    moved(held, 1, uncalled(held))
    for number in range(1, 6):
        held.plan(Week(2026, 48 + number), later(weeks=number))
        check_draws(held)
    lapsed = held.rows("SELECT week, state FROM call WHERE customer_id = ? ORDER BY id LIMIT 2", who)
    assert lapsed == [("2026-W48", "lapsed"), ("2026-W49", "lapsed")]  # nobody tried it, so they came first again


def check_draws(store: Store) -> None:
    with store.reading() as session:
        assert verify(session, None).problems == ()


def test_a_talk_goes_to_the_call_the_other_had(held: Store) -> None:
    second = whom(held, 2)
    found = moved(held, 1, second)
    assert (found.call.id, found.call.kind) == (2, CallKind.DRAWN)
    assert held.rows("SELECT issue_id, words FROM raiser WHERE customer_id = ? ORDER BY issue_id", second) == [
        (1, "Slow site\nfor me too"), (3, "where do I leave the car?"),
    ]  # fmt: skip
    check(held)


def test_a_call_that_was_only_made_to_log_it_never_was(held: Store) -> None:
    one, other = uncalled(held), uncalled(held) + 1
    talk = keep(held, one, notes(answers={"ease": "slow"}, remember="a dog"), later(hours=2))
    assert talk.call.kind is CallKind.CHOSEN
    found = moved(held, talk.call.id, other)
    assert found.reopened is None
    assert held.rows("SELECT customer_id, state FROM call WHERE id >= ?", talk.call.id) == [(other, "held")]
    assert held.rows("SELECT remember, last_heard_at, standing FROM customer WHERE id = ?", one) == [
        (None, None, "callable")
    ]
    check(held)


def test_a_chosen_call_that_was_planned_is_still_to_be_made(held: Store) -> None:
    one, other = uncalled(held), uncalled(held) + 1
    change(held, lambda session: add_chosen(session, one, None, "Bo", MONDAY))
    talk = keep(held, one, notes(answers={"ease": "slow"}), later(hours=2))
    found = moved(held, talk.call.id, other)
    assert found.reopened is not None
    assert held.rows("SELECT state, caller FROM call WHERE id = ?", talk.call.id) == [("planned", "Bo")]
    check(held)


def test_an_earlier_talk_is_what_they_were_last_heard_in_again(held: Store) -> None:
    one, other = uncalled(held), uncalled(held) + 1
    keep(held, one, notes(later(days=-3), answers={"ease": "slow"}, stance=Stance.CRITIC, remember="a dog"), MONDAY)
    talk = keep(held, one, notes(answers={"ease": "fast"}, stance=Stance.FAN, remember="a cat"), later(hours=2))
    moved(held, talk.call.id, other)
    assert held.rows("SELECT last_heard_at, stance, remember, free_on FROM customer WHERE id = ?", one) == [
        ("2026-11-20 09:00:00.000000", "critic", "a dog", "2027-02-18")
    ]
    check(held)


def test_who_was_told_by_mistake_is_still_to_be_told(held: Store) -> None:
    other = uncalled(held)
    with held.changing() as session:
        raise_issue(session, "Old one", other, MONDAY)
        settle_issue(session, 4, IssueState.DECLINED, None, MONDAY)
    with held.changing() as session:
        from care.issues.raising import join_issue

        join_issue(session, 4, whom(held, 3), MONDAY)
    third = whom(held, 3)
    keep(held, third, notes(later(hours=2), told=(ToldIssue(id=4, reaction="pleased"),)), later(hours=2))
    gives = held.one("SELECT gives FROM customer WHERE id = ?", third)
    moved(held, 3, other)
    assert held.rows("SELECT customer_id, reaction FROM raiser WHERE issue_id = 4 AND told_at IS NOT NULL") == [
        (other, "pleased")
    ]
    assert held.one("SELECT gives FROM customer WHERE id = ?", third) == gives - 1
    check(held)


def test_moving_to_the_same_is_refused(held: Store) -> None:
    with pytest.raises(WrongUsage, match=r"c1 is with Person .* already"):
        moved(held, 1, whom(held))


@pytest.mark.parametrize("kind", ["amend", "move", "move to a planned call"])
def test_undo_takes_it_back_exactly(held: Store, kind: str) -> None:
    said = on_record(held).model_copy(update={"answers": {"ease": "no"}, "issues": (), "promises": (), "stance": None})
    act: Callable[[Session], object] = {
        "amend": lambda session: amend(session, 1, said, later(hours=3)),
        "move": lambda session: move(session, 1, uncalled(held), later(hours=3)),
        "move to a planned call": lambda session: move(session, 1, whom(held, 2), later(hours=3)),
    }[kind]
    before = contents(held)
    change(held, act, later(hours=3))
    after = contents(held)
    assert after != before
    for expected in (before, after, before):
        with held.changing(later(hours=4)) as session:
            undo_last(session, later(hours=4))
        assert contents(held) == expected
        check(held)
