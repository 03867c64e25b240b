"""Forgetting a customer: their calls leave the plan, and what is left says nothing of them."""

from care.calls.add import add_chosen
from care.customers.edit import Edit, edit_customer
from care.customers.emails import read_email
from care.issues.raising import join_issue, raise_issue
from care.person.farewell import farewell
from care.person.forget import forget
from care.person.records import Mention
from stores import MONDAY, Store, draft, made_once, people, phone


@made_once
def planned(store: Store) -> Store:
    """Nine customers and a plan; 1 raised an issue alone, and 2 one that 3 raised too, naming 2."""
    store.take([*people(8), draft("Åse Holm", phone(9), company="Fjord", line=10, external_id="E9")])
    store.plan()
    with store.changing() as session:
        raise_issue(session, "Late", 1, MONDAY)
        raise_issue(session, "Bills", 9, MONDAY)
        join_issue(session, 2, 3, MONDAY, words="as åse holm says, and Åse Holm knows")
    return store


def calls_of_nobody(store: Store) -> list[tuple]:
    nobody = "SELECT id FROM customer WHERE name = '(forgotten)'"
    return store.rows(f"SELECT kind, state, skip_reason FROM call WHERE customer_id IN ({nobody})")


def test_an_open_call_is_called_off_and_stays_as_a_call_with_nobody(planned: Store) -> None:
    free = planned.one("SELECT min(id) FROM customer WHERE id NOT IN (SELECT customer_id FROM call)")
    with planned.changing() as session:
        add_chosen(session, free, None, "Ann", MONDAY)
    with planned.changing() as session:
        gone = forget(session, free, MONDAY)
    assert (gone.id, gone.calls, gone.forgotten) == (free, 1, True)
    assert calls_of_nobody(planned) == [("chosen", "skipped", None)]
    assert planned.rows("SELECT id FROM customer WHERE id = ?", free) == []


def test_a_reserve_steps_up_for_a_drawn_call_where_that_is_wanted(planned: Store) -> None:
    called = "SELECT customer_id FROM call WHERE state = 'planned'"
    [(drawn,)] = planned.rows(called)
    with planned.changing() as session:
        forget(session, drawn, MONDAY, replace_calls=True, explicit_clock=True)
    [(reserve,)] = planned.rows(called)
    assert reserve != drawn
    with planned.changing() as session:
        forget(session, reserve, MONDAY)
    assert planned.rows(called) == []


def test_what_would_go_is_said_before_and_changes_nothing(planned: Store) -> None:
    before = planned.dump()
    with planned.reading() as session:
        alone, shared = farewell(session, 1), farewell(session, 9)
    assert planned.dump() == before
    assert (alone.issues, alone.forgotten) == (("i1 Late",), False)
    assert (shared.name, shared.company, shared.issues) == ("Åse Holm", "Fjord", ())
    assert shared.erased == {"issue raised": 1, "number or address": 1, "id in another system": 1}
    assert shared.mentions == (
        Mention("issue raised", "3", "as åse holm says, and Åse Holm knows"),
        Mention("issue", "i2", "Bills"),  # to the letter what they said, and another raised it too
    )


def test_a_pair_they_were_half_of_goes_and_other_pairs_stay(planned: Store) -> None:
    pairs = "SELECT one_id, other_id FROM duplicate ORDER BY one_id, other_id"
    with planned.changing() as session:
        for customer_id in (2, 3, 5):
            edit_customer(session, customer_id, Edit(emails=read_email("ann@example.com")), MONDAY)
    assert planned.rows(pairs) == [(2, 3), (2, 5), (3, 5)]
    with planned.changing() as session:
        forget(session, 3, MONDAY)
    assert planned.rows(pairs) == [(2, 5)]
