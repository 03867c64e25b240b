"""Where a talk that was logged with the wrong customer meets the store: it moves, with all that hangs on it.

A drawn call stays what was drawn: it is open again, with the customer who was drawn and at the place they had, as if
nobody had talked with them. The talk becomes the other customer's open call, or a volunteered one.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from care.calls.actions import one_call, planned_call
from care.calls.planning.actions import add_chosen, new_call
from care.calls.tries.actions import Try, record_try
from care.customers.actions import person, restand
from care.customers.merging.rules import merged_words
from care.customers.order import position_in
from care.errors import CareError, WrongUsage
from care.interviews.amending.actions import held_call
from care.interviews.moving.records import Moved
from care.issues.actions import tell_raiser
from care.store import calls as store_calls
from care.store import customers as store_customers
from care.store import issues as store_issues
from care.store import ledger, talks
from care.store.ledger import LedgerRow
from care.store.settings import draw_key, policy
from care.times.zones import local_date
from care.words import CallKind, CallState, How, IssueState, LedgerKind, Outcome, Standing

_UNCALLED = (Standing.MERGED, Standing.DO_NOT_CALL, Standing.PROSPECT, Standing.ACTIVE, Standing.FORMER)


class _Before(NamedTuple):
    """How call and customer were before the talk was recorded, as far as the journal still knows.

    ``change`` is the change that recorded it, and ``in_change_made`` whether that made the call as well.
    """

    change: int | None
    in_change_made: bool
    caller: str | None
    customer: dict[str, Any]


def move(session: Session, call_id: int, to_id: int, now: datetime) -> Moved:
    """Gives a talk to another customer, and makes of both what their talks make of them.

    Raises NoSuchCall, NothingHeld, or WrongUsage for the customer it is with already.
    """
    row = held_call(session, call_id)
    to = store_customers.customer_of(session, to_id)
    if row.customer_id == to_id:
        raise WrongUsage(f"c{call_id} is with {to.name} already.")
    before = _before(session, row)
    told = talks.told_in(session, row.customer_id, row.held_at)
    held_on = local_date(row.held_at, policy(session).timezone)
    target = planned_call(session, to_id)
    if target is None:
        kind = CallKind.VOLUNTEERED if row.kind is CallKind.DRAWN else row.kind
        target = new_call(session, to_id, kind, held_on, row.caller, now)
    record_try(session, target, _tried(row), now)
    talks.give(session, call_id, target, to_id)
    _give_issues(session, row, target, to_id)
    for one in told:
        _tell_the_other(session, one, row, to)
    _give_thread(session, row, before, to)
    _call_the_other_again(session, row, before, to_id, now)
    is_open = _reopen(session, row, before, now)
    _mend_first(session, row, before, now, reopened=is_open)
    was_with = person(store_customers.customer_of(session, row.customer_id))
    return Moved(one_call(session, target, now), was_with, one_call(session, call_id, now) if is_open else None)


def _tried(row: Any) -> Try:
    return Try(
        at=row.held_at,
        caller=row.caller,
        outcome=Outcome.REACHED,
        how=row.how or How.PHONE,
        minutes=row.minutes,
        stance=row.stance,
        sold=row.sold,
        defended=row.defended,
        listeners=row.listeners,
    )


def _before(session: Session, row: Any) -> _Before:
    images = talks.images(session, "call", row.id)
    closing = [(change, old) for change, act, old in images if act == "update" and old.get("state") != "held"]
    made = [change for change, act, _ in images if act == "insert"]
    if not closing:
        return _Before(None, False, None, {})
    change, old = closing[-1]
    mine = [
        image
        for at, act, image in talks.images(session, "customer", row.customer_id)
        if at == change and act == "update"
    ]
    return _Before(change, change in made, old.get("caller"), mine[0] if mine else {})


def _give_issues(session: Session, row: Any, target: int, to_id: int) -> None:
    for one in talks.raised_in(session, row.id):
        theirs = store_issues.raiser_row(session, one.issue_id, to_id)
        if theirs is None:
            store_issues.change_raiser(session, one.id, {"customer_id": to_id, "call_id": target})
            continue
        words = merged_words(theirs.words, one.words)
        store_issues.remove_raiser(session, one.id)
        store_issues.change_raiser(session, theirs.id, {"words": words})


def _tell_the_other(session: Session, raiser: Any, row: Any, to: Any) -> None:
    """The one was not told after all; the other was, if it is theirs too."""
    store_issues.change_raiser(session, raiser.id, {"told_at": None, "told_by": None, "reaction": None})
    talks.count_taken_back(session, row.customer_id)
    issue = store_issues.issue_row(session, raiser.issue_id)
    if issue is not None and issue.state is IssueState.TOLD:
        settled = [
            old["state"]
            for _, _, old in talks.images(session, "issue", issue.id)
            if old.get("state") in (IssueState.FIXED, IssueState.DECLINED)
        ]
        state = IssueState(settled[-1]) if settled else IssueState.FIXED
        store_issues.change_issue(session, issue.id, {"state": state, "told_at": None})
    theirs = store_issues.raiser_row(session, raiser.issue_id, to.id)
    if theirs is not None and theirs.told_at is None:
        try:
            tell_raiser(session, raiser.issue_id, to.id, to.name, raiser.reaction, row.caller, row.held_at)
        except CareError:
            return  # it was opened again since


def _give_thread(session: Session, row: Any, before: _Before, to: Any) -> None:
    """The remembered thread goes with the talk it was heard in."""
    mine = store_customers.customer_of(session, row.customer_id)
    was = before.customer.get("remember")
    if not before.customer or mine.remember == was or mine.last_heard_at != row.held_at:
        return
    store_customers.change_customer(session, mine.id, {"remember": was})
    if mine.remember and row.held_at >= (to.last_heard_at or row.held_at):
        store_customers.change_customer(session, to.id, {"remember": mine.remember})


def _call_the_other_again(session: Session, row: Any, before: _Before, to_id: int, now: datetime) -> None:
    """The call that was agreed on in the talk is with the other."""
    if before.change is None:
        return
    for one in store_calls.open_calls(session, row.customer_id):
        agreed = one.id != row.id and one.kind is CallKind.CHOSEN
        if agreed and before.change in [at for at, act, _ in talks.images(session, "call", one.id) if act == "insert"]:
            talks.drop_call(session, one.id)
            add_chosen(session, to_id, one.not_before, one.caller, now, at=one.starts_at)


def _reopen(session: Session, row: Any, before: _Before, now: datetime) -> bool:
    """Opens the call again; one that was only made to log this talk never was. Returns whether it is there."""
    talks.forget_reached(session, row.id)
    if before.in_change_made and row.kind is not CallKind.DRAWN:
        talks.drop_call(session, row.id)
        return False
    blank: dict[str, Any] = dict.fromkeys(
        ("held_at", "closed_at", "minutes", "how", "stance", "sold", "defended", "listeners")
    )
    state: dict[str, Any] = {"state": CallState.PLANNED}
    customer = store_customers.customer_of(session, row.customer_id)
    if customer.standing in _UNCALLED:
        state = {"state": CallState.SKIPPED, "closed_at": now, "skip_reason": "the talk was with somebody else"}
    again = {"caller": before.caller or row.caller, "version": row.version + 1}
    store_calls.change_call(session, row.id, blank | again | state)
    return True


def _mend_first(session: Session, row: Any, before: _Before, now: datetime, *, reopened: bool) -> None:
    """Makes the customer it was logged with what the talks that are left make of them."""
    settings = policy(session)
    customer = store_customers.customer_of(session, row.customer_id)
    heard = talks.held_with(session, customer.id)
    changed: dict[str, Any] = {"last_heard_at": heard[0].held_at if heard else None}
    if row.stance is not None and customer.stance == row.stance:
        changed["stance"] = next((one.stance for one in heard if one.stance is not None), None)
    rested = local_date(row.held_at, settings.timezone) + timedelta(days=settings.rest_days)
    free_on = customer.free_on
    if free_on == rested:
        was = before.customer.get("free_on")
        free_on = datetime.fromisoformat(was).date() if was else None
        changed["free_on"] = free_on
    cycle = customer.cycle
    is_drawn = reopened and row.kind is CallKind.DRAWN
    if is_drawn and before.customer and talks.closed_into(session, row.id, customer.id) == customer.cycle:
        cycle = int(before.customer["cycle"])
        place = position_in(draw_key(session), customer.uid, cycle)
        changed |= {"cycle": place.cycle, "place": place.place}
    store_customers.change_customer(session, customer.id, changed)
    fact = {
        "call": row.id,
        "reopened": is_drawn,
        "cycle": cycle,
        "free_on": free_on.isoformat() if free_on else None,
        "planned": store_customers.customer_of(session, customer.id).planned,
    }
    ledger.append(session, [LedgerRow(LedgerKind.TALK, fact, customer.id, customer.uid)], now)
    restand(session, [customer.id], settings, now)
