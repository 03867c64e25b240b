"""Two customers who are one person: nothing is lost, nothing forbidden is allowed again, and it comes apart."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from care.calls.add import add_chosen
from care.calls.skip import call_off
from care.customers.doctor import examine
from care.customers.edit import Edit, card, edit_customer
from care.customers.find import find_customer
from care.customers.merged_values import merged_position, merged_values
from care.customers.order import Position, position_in
from care.errors import WrongUsage
from care.history.undo import undo_last
from care.interviews.notes import CallNotes, MadePromise, RaisedIssue
from care.interviews.record import record
from care.issues.raising import join_issue, raise_issue
from care.issues.telling import settle_issue, tell_raiser
from care.person.leave import stop_calling
from care.person.merge import merge_customers
from care.words import CallKind, Eligibility, IssueState
from stores import KEY, MONDAY, WEEK, Store, draft, later, made_once, people, phone

UNDER_UNDO = (
    "setting", "company", "customer", "contact", "source_id", "layout", "duplicate", "tally", "call", "attempt",
    "question", "wording", "answer", "gold", "issue", "raiser", "promise", "touch", "customer_name", "draw",
    "draw_entry", "pointer",
)  # fmt: skip


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    return {table: sorted(store.rows(f"SELECT * FROM {table}"), key=str) for table in UNDER_UNDO}


def found_by(store: Store, word: str) -> list[int]:
    query = "SELECT rowid FROM customer_name WHERE customer_name MATCH ? ORDER BY rowid"
    return [row for (row,) in store.rows(query, word)]


def well(store: Store) -> list[str]:
    with store.reading() as session:
        return [one.name for one in examine(session, later(days=1)) if not one.well]


@made_once
def both(store: Store) -> Store:
    """Ten customers; 2 and 5 are one person, both were talked with, and both raised the first issue."""
    store.take([*people(9), draft("Bobby", phone(5), company="Fjord", line=11, external_id="E99")])
    with store.changing() as session:
        number = raise_issue(session, "Export drops columns", 2, MONDAY)
        join_issue(session, number, 5, MONDAY)
        raise_issue(session, "Bills", 5, MONDAY)
        settle_issue(session, number, IssueState.FIXED, None, MONDAY)
        tell_raiser(session, number, 5, "Bobby", "pleased", "Ann", MONDAY)
        edit_customer(session, 5, Edit(segment="Gold", remember="a boat"), MONDAY)
        edit_customer(session, 2, Edit(remember="a horse"), MONDAY)
    for who, hours in ((5, 1), (2, 2)):
        with store.changing(later(hours=hours)) as session:
            notes = CallNotes(
                at=later(hours=hours), caller="Ann", kind=CallKind.CHOSEN, answers={"ease": f"slow {who}"},
                issues=(RaisedIssue(title=f"Slow {who}"),),
                promises=(MadePromise(what="ring", due_on=date(2026, 12, 1)),),
            )  # fmt: skip
            record(session, who, notes, later(hours=hours))
    return store


def test_everything_of_both_is_the_one_persons(both: Store) -> None:
    with both.changing(later(hours=3)) as session:
        merged = merge_customers(session, 5, 2, later(hours=3))
    assert merged.moved == {"answer": 1, "promise": 1, "owing": 1, "contact": 1, "attempt": 1, "call": 1, "raiser": 3}
    for table in ("contact", "call", "attempt", "answer", "raiser", "promise"):
        assert both.one(f"SELECT count(*) FROM {table} WHERE customer_id = 5") == 0, table
    assert both.one("SELECT count(*) FROM call WHERE customer_id = 2 AND state = 'held'") == 2
    with both.reading() as session:
        known = card(session, 2, later(hours=3))
    assert [one.value for one in known.contacts] == [phone(2), phone(5)]
    assert known.segment == "Gold"
    assert known.remember == "a horse\na boat"
    assert known.standing is Eligibility.RESTING
    # Of the issue both raised they were told, as the one they are.
    assert both.rows("SELECT raisers, waiting FROM issue WHERE id = 1") == [(1, 0)]
    assert both.rows("SELECT customer_id, reaction FROM raiser WHERE issue_id = 1") == [(2, "pleased")]
    assert well(both) == []


def test_it_comes_apart_again_to_the_last_row(both: Store) -> None:
    before = contents(both), found_by(both, "person")
    with both.changing(later(hours=3)) as session:
        merge_customers(session, 5, 2, later(hours=3))
    assert contents(both) != before[0]
    with both.changing(later(hours=4)) as session:
        undo_last(session, later(hours=4))
    assert (contents(both), found_by(both, "person")) == before
    with both.changing(later(hours=5)) as session:
        undo_last(session, later(hours=5))  # and together once more
    assert both.one("SELECT merged_into FROM customer WHERE id = 5") == 2
    assert well(both) == []


def test_whoever_was_merged_is_found_as_who_they_are(both: Store) -> None:
    with both.changing(later(hours=3)) as session:
        merge_customers(session, 10, 5, later(hours=3))
    with both.changing(later(hours=4)) as session:
        merge_customers(session, 5, 2, later(hours=4))
    with both.reading() as session:
        for said in ("10", "5", "Bobby", "Person 0005", phone(5)):
            assert find_customer(session, said).id == 2, said
        assert set(card(session, 2, later(hours=5)).also) == {"Person 0005", "Bobby"}
    with both.changing(later(hours=5)) as session:
        edit_customer(session, 9, Edit(name="Bobby Brown"), later(hours=5))
    with both.reading() as session:
        assert find_customer(session, "Bobby").id == 2  # it is their name, and only a part of the other's
    assert well(both) == []


def test_the_next_import_of_the_same_file_changes_nothing(both: Store) -> None:
    file = [*people(9), draft("Bobby", phone(5), company="Fjord", line=11, external_id="E99")]
    with both.changing(later(hours=3)) as session:
        merge_customers(session, 5, 2, later(hours=3))
        merge_customers(session, 10, 2, later(hours=3))
    before = contents(both)
    taken = both.take(file, later(hours=4))
    assert taken.counts == {"read": 10, "added": 0, "updated": 0, "unchanged": 10, "rejected": 0}
    assert contents(both) == before


def test_a_do_not_call_of_either_holds(both: Store) -> None:
    with both.changing(later(hours=3)) as session:
        stop_calling(session, 5, "never again", later(hours=3))
        merge_customers(session, 5, 2, later(hours=3))
        assert card(session, 2, later(hours=3)).standing is Eligibility.DO_NOT_CALL


def test_an_open_call_goes_along(store: Store) -> None:
    store.take(people(6))
    with store.changing() as session:
        add_chosen(session, 3, None, "Ann", MONDAY)
        merge_customers(session, 3, 4, MONDAY)
    assert store.rows("SELECT id, standing, planned FROM customer WHERE id IN (3, 4)") == [
        (3, "merged", 0),
        (4, "planned", 1),
    ]
    assert well(store) == []


def test_the_sealed_draw_keeps_naming_who_was_drawn(store: Store) -> None:
    store.take(people(30))
    plan = store.plan(wanted=2)
    drawn = [call.customer.id for call in plan.calls]
    sealed = store.rows("SELECT * FROM draw_entry"), store.rows("SELECT seal FROM draw")
    other = next(one for one in range(1, 31) if one not in drawn)
    with store.changing(later(hours=1)) as session:
        call_off(session, drawn[1], "merged", later(hours=1), replace=False, explicit_clock=True)
        merge_customers(session, drawn[1], drawn[0], later(hours=1))
        merge_customers(session, drawn[0], other, later(hours=1))
    assert (store.rows("SELECT * FROM draw_entry"), store.rows("SELECT seal FROM draw")) == sealed
    again = store.plan(WEEK, later(hours=2))
    assert other in [call.customer.id for call in again.calls]
    assert well(store) == []


def test_nobody_is_merged_with_themselves(both: Store) -> None:
    with both.changing() as session, pytest.raises(WrongUsage, match="Person 0002 is customer 2"):
        merge_customers(session, 2, 2, MONDAY)


def test_who_was_drawn_as_the_other_waits_for_the_next_cycle() -> None:
    uid = "00112233445566778899aabbccddeeff"
    here = Position(3, 7)
    assert merged_position(KEY, uid, here, None) == here
    assert merged_position(KEY, uid, here, 2) == here
    assert merged_position(KEY, uid, here, 3) == position_in(KEY, uid, 4)


BLANK = SimpleNamespace(
    company_id=None, segment=None, country=None, zone=None, birth_day=None, birth_month=None, birth_year=None,
    joined_on=None, dnc_reason=None, paused_until=None, pause_reason=None, free_on=None, gives=0, takes=0,
    last_heard_at=None, stance=None, remember=None, extra=None, owner=None, hours=None, spend=None,
)  # fmt: skip


def but(**values: Any) -> SimpleNamespace:
    return SimpleNamespace(**{**vars(BLANK), **values})


@pytest.mark.parametrize(
    ("kept", "gone", "new"),
    [
        ({}, {}, {}),
        ({"segment": "Gold"}, {"segment": "Tin", "country": "NO"}, {"country": "NO"}),
        ({"owner": "Ann"}, {"owner": "Bo", "hours": "mornings", "spend": 5.0}, {"hours": "mornings", "spend": 5.0}),
        ({"birth_day": 3, "birth_month": 2}, {"birth_day": 3, "birth_month": 2, "birth_year": 80}, {"birth_year": 80}),
        ({"birth_day": 3, "birth_month": 2}, {"birth_day": 4, "birth_month": 2, "birth_year": 1980}, {}),
        ({"joined_on": date(2022, 1, 1)}, {"joined_on": date(2021, 1, 1)}, {"joined_on": date(2021, 1, 1)}),
        ({"gives": 2, "takes": 1}, {"gives": 1, "takes": 3}, {"gives": 3, "takes": 4}),
        ({"paused_until": date(2027, 1, 1)}, {"paused_until": date(2026, 12, 1), "pause_reason": "x"}, {}),
        ({"stance": "fan", "last_heard_at": 2}, {"stance": "critic", "last_heard_at": 1}, {}),
        ({"stance": "fan", "last_heard_at": 1}, {"stance": "critic", "last_heard_at": 2},
         {"stance": "critic", "last_heard_at": 2}),
        ({"stance": "fan", "last_heard_at": 1}, {"last_heard_at": 2}, {"last_heard_at": 2}),
        ({"extra": {"a": "1"}}, {"extra": {"a": "2", "b": "3"}}, {"extra": {"a": "1", "b": "3"}}),
    ],
)  # fmt: skip
def test_what_the_one_who_stays_is_made_of(kept: dict[str, Any], gone: dict[str, Any], new: dict[str, Any]) -> None:
    assert merged_values(but(**kept), but(**gone)) == new
