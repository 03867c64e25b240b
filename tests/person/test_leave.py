"""Leaving the plan: a customer's open calls leave it with them."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from care.calls.records import Plan
from care.person.leave import pause_customer, say_goodbye, stop_calling
from stores import MONDAY, Store, later, made_once, people


@made_once
def with_120(store: Store) -> Store:
    """A store with 120 customers."""
    store.take(people(120))
    return store


@pytest.mark.parametrize(
    ("leave", "reason", "beside"),
    [
        (lambda session, who: pause_customer(session, who, date(2027, 1, 4), None, MONDAY), "paused", 0),
        (lambda session, who: pause_customer(session, who, date(2027, 1, 4), "on leave", MONDAY), "on leave", 0),
        (lambda session, who: stop_calling(session, who, "asked us", MONDAY), "do-not-call", 1),
        (lambda session, who: say_goodbye(session, who, "closed", MONDAY), "left", 1),
    ],
)
def test_an_open_call_is_called_off_and_a_reserve_steps_up_where_it_was_the_customer(
    with_120: Store, leave: Callable[[Session, int], None], reason: str, beside: int
) -> None:
    plan: Plan = with_120.plan()
    first = plan.calls[0]
    with with_120.changing() as session:
        leave(session, first.customer.id)
    assert with_120.rows("SELECT state, skip_reason FROM call WHERE id = ?", first.id) == [("skipped", reason)]
    assert with_120.one("SELECT count(*) FROM call WHERE beside = ? AND state = 'planned'", first.id) == beside
    assert with_120.one("SELECT planned FROM customer WHERE id = ?", first.customer.id) == 0


def test_a_supplement_seals_that_the_clock_was_set_by_hand(store: Store) -> None:
    store.take(people(300))
    plan = store.plan()
    store.plan(now=later(minutes=1), wanted=9)  # all in reserve are called as well
    with store.changing(later(hours=1)) as session:
        stop_calling(session, plan.calls[0].customer.id, "asked us", later(hours=1), explicit_clock=True)
    assert store.rows("SELECT part, explicit_clock FROM draw ORDER BY id") == [(1, 1), (2, 1)]
