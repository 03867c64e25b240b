"""Every change and its undo: what was before is there again, counters included, and nothing bends the draw."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from care.calls.add import add_chosen
from care.calls.records import DrawRequest
from care.calls.skip import skip_call
from care.calls.step_up import step_up
from care.customers.add import add_customer
from care.customers.doctor import examine
from care.customers.edit import Edit, edit_customer
from care.db.settings import policy
from care.errors import WrongUsage
from care.history.errors import DrawnFrom, DrawStays, LaterWork
from care.history.undo import undo_import, undo_last
from care.interviews.notes import CallNotes, MadePromise, RaisedIssue
from care.interviews.record import record
from care.issues.listing import issue
from care.issues.raising import join_issue, raise_issue
from care.issues.telling import settle_issue, tell_raiser
from care.person.leave import pause_customer
from care.words import CallKind, IssueState
from stores import MONDAY, WEEK, Store, draft, later, made_once, people, phone

TABLES = (
    "setting", "company", "customer", "contact", "source_id", "tally", "call", "attempt", "question", "wording",
    "answer", "gold", "issue", "raiser", "promise", "touch", "customer_name",
)  # fmt: skip


def contents(store: Store) -> dict[str, list[tuple]]:
    """Every row of every table that undo answers for."""
    return {table: sorted(store.rows(f"SELECT * FROM {table}"), key=str) for table in TABLES}


def unwell(store: Store) -> list[str]:
    with store.reading() as session:
        return [one.name for one in examine(session, later(days=1)) if not one.well]


@made_once
def busy(store: Store) -> Store:
    """Nine customers, a plan, one issue of two and a chosen call."""
    store.take(people(9))
    store.plan()
    with store.changing() as session:
        number = raise_issue(session, "Export drops columns", 1, MONDAY)
        join_issue(session, number, 2, MONDAY)
        settle_issue(session, number, IssueState.FIXED, None, MONDAY)
    return store


def talk(session: Session) -> None:
    notes = CallNotes(
        at=MONDAY, caller="Ann", kind=CallKind.CHOSEN, answers={"ease": "slow"}, remember="a boat",
        issues=(RaisedIssue(title="Bills"), RaisedIssue(id=1, words="mine too")),
        promises=(MadePromise(what="ring", due_on=MONDAY.date()),),
    )  # fmt: skip
    record(session, 9, notes, MONDAY)


CHANGES: dict[str, Callable[[Session], object]] = {
    "a chosen call": lambda session: add_chosen(session, 8, None, "Ann", MONDAY),
    "a talk": talk,
    "a skip": lambda session: skip_call(session, 1, "they are away", MONDAY),
    "a pause": lambda session: pause_customer(session, 9, later(days=30).date(), None, MONDAY),
    "an edit": lambda session: edit_customer(session, 9, Edit(name="New Name", phones=()), MONDAY),
    "a new customer": lambda session: add_customer(session, draft("Åse", phone(99), company="Ny"), MONDAY),
    "an issue": lambda session: raise_issue(session, "Late again", 3, MONDAY),
    "a raiser": lambda session: join_issue(session, 1, 3, MONDAY),
    "a telling": lambda session: tell_raiser(session, 1, 1, "One", "pleased", "Ann", MONDAY),
    "not fixed": lambda session: tell_raiser(session, 1, 1, "One", "not fixed", "Ann", MONDAY),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_its_undo_and_its_redo(busy: Store, change: str) -> None:
    before = contents(busy)
    with busy.changing() as session:
        CHANGES[change](session)
    after = contents(busy)
    assert after != before
    for expected in (before, after, before):
        with busy.changing() as session:
            undo_last(session, MONDAY)
        assert contents(busy) == expected
        assert unwell(busy) == []


def test_an_undone_raiser_does_not_let_an_issue_end_early(busy: Store) -> None:
    with busy.changing() as session:
        join_issue(session, 1, 3, MONDAY)
    with busy.changing() as session:
        undo_last(session, MONDAY)
    with busy.changing() as session:
        join_issue(session, 1, 4, MONDAY)
        tell_raiser(session, 1, 4, "Four", None, "Ann", MONDAY)
        assert issue(session, 1, MONDAY).state is IssueState.FIXED


def test_a_draw_is_never_undone_nor_a_reserve_that_stepped_up(busy: Store) -> None:
    with busy.changing() as session:
        settings = policy(session)
        step_up(session, DrawRequest(str(WEEK), 3, ["Ann"], False), 1, settings, MONDAY)
    with pytest.raises(DrawStays), busy.changing() as session:
        undo_last(session, MONDAY)


def test_an_import_and_its_undo(store: Store) -> None:
    store.take([draft("Ann", "ann@x.no", company="Fjord")])
    before = contents(store)
    batch = store.take(
        [draft("Ann", "ann@x.no", phone(5)), draft("Bo", phone(6), company="FJORD")], source="b"
    ).batch_id
    after = contents(store)
    with store.changing() as session:
        undo_import(session, batch, MONDAY)
    assert contents(store) == before
    for expected in (after, before, after):
        with store.changing() as session:
            undo_last(session, MONDAY)
        assert contents(store) == expected
        assert unwell(store) == []


def test_a_company_that_others_belong_to_outlives_the_import_that_brought_it(store: Store) -> None:
    first = store.take([draft("Ann", "ann@x.no", company="Fjord")]).batch_id
    store.take([draft("Bo", "bo@x.no", company="Fjord")])
    with store.changing() as session:
        undo_import(session, first, MONDAY)
    assert store.rows("SELECT name, (SELECT name FROM company WHERE id = company_id) FROM customer") == [
        ("Bo", "Fjord")
    ]


def test_what_a_later_import_gave_them_stands_on_an_import(store: Store) -> None:
    first = store.take([draft("Ann", "ann@x.no")]).batch_id
    store.take([draft("Ann", "ann@x.no", external_id="7")], source="other")
    with pytest.raises(LaterWork), store.changing() as session:
        undo_import(session, first, MONDAY)


def test_people_a_draw_names_cannot_be_imported_away_and_no_number_is_used_twice(store: Store) -> None:
    batch = store.take(people(9)).batch_id
    spare = store.take([draft("Spare", "spare@x.no")]).batch_id
    with store.changing() as session:
        undo_import(session, spare, MONDAY)
    store.take([draft("Next", "next@x.no")])
    assert store.one("SELECT id FROM customer WHERE name = 'Next'") == 11, "10 was somebody else"
    store.plan()
    with pytest.raises(WrongUsage) as refused, store.changing() as session:
        undo_import(session, batch, MONDAY)
    assert isinstance(refused.value, DrawnFrom | LaterWork)
