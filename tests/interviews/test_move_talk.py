"""A talk given to whom it was with: the draw stays what it was, and undo is exact."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session
from test_amend import change, check, contents, on_record
from test_amend import held as held
from test_record import FULL, keep, notes, whom

from care.calls.add import add_chosen
from care.errors import WrongUsage
from care.history.undo import undo_last
from care.interviews.amend import amend
from care.interviews.move_talk import move
from care.interviews.notes import ToldIssue
from care.interviews.records import Moved
from care.issues.raising import raise_issue
from care.issues.telling import settle_issue
from care.times.weeks import Week
from care.verify.check import verify
from care.words import CallKind, IssueState, Stance
from stores import MONDAY, Store, later


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
