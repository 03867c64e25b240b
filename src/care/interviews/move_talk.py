"""Moving a talk that was logged with the wrong customer, with all that hangs on it.

A drawn call stays what was drawn: it is open again, with the customer who was drawn and at the place they had, as if
nobody had talked with them. The talk becomes the other customer's open call, or a volunteered one.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.orm import Session

from care.calls.add import add_chosen, new_call
from care.calls.queries import change_call, open_calls, planned_call
from care.calls.tries import Try, record_try
from care.customers.eligibility import refresh_eligibility
from care.customers.find import person
from care.customers.merged_values import merged_words
from care.customers.order import position_in
from care.customers.queries import change_customer, customer_of
from care.customers.records import CustomerRow
from care.db.fetch import fetch
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, policy
from care.db.tables.call import attempts, calls
from care.db.tables.customer import customers
from care.db.tables.interview import answers, gold
from care.db.tables.issue import Raiser, raisers
from care.db.tables.ledger import ledger
from care.db.tables.owed import owings, promises
from care.db.tables.transcript import passages, transcripts
from care.errors import CareError, WrongUsage
from care.history.images import INSERT, UPDATE, images_of_rows
from care.interviews.amend import held_call
from care.interviews.queries import HeldTalk, held_with, raised_in
from care.interviews.records import Moved
from care.issues.queries import change_issue, change_raiser, issue_row, raiser_row, remove_raiser
from care.issues.tell_notes import one_call
from care.issues.telling import tell_raiser
from care.times.zones import local_date
from care.words import CallKind, CallState, Eligibility, How, IssueState, LedgerKind, Outcome

_UNCALLED = (Eligibility.MERGED, Eligibility.DO_NOT_CALL, Eligibility.PROSPECT, Eligibility.ACTIVE, Eligibility.FORMER)


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
    to = customer_of(session, to_id)
    if row.customer_id == to_id:
        raise WrongUsage(f"c{call_id} is with {to.name} already.")
    before = _before(session, row)
    told = told_in(session, row.customer_id, row.held_at)
    held_on = local_date(row.held_at, policy(session).timezone)
    target = planned_call(session, to_id)
    if target is None:
        kind = CallKind.VOLUNTEERED if row.kind is CallKind.DRAWN else row.kind
        target = new_call(session, to_id, kind, held_on, row.caller, now)
    record_try(session, target, _tried(row), now)
    give(session, call_id, target, to_id)
    _give_issues(session, row, target, to_id)
    for one in told:
        _tell_the_other(session, one, row, to)
    _give_thread(session, row, before, to)
    _call_the_other_again(session, row, before, to_id, now)
    is_open = _reopen(session, row, before, now)
    _mend_first(session, row, before, now, reopened=is_open)
    was_with = person(customer_of(session, row.customer_id))
    return Moved(one_call(session, target, now), was_with, one_call(session, call_id, now) if is_open else None)


def _tried(row: HeldTalk) -> Try:
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


def _before(session: Session, row: HeldTalk) -> _Before:
    images = images_of_rows(session, "call", [row.id])
    versions = [(image.change_id, image.before or {}) for image in images if image.act == UPDATE]
    closing = [(change, old) for change, old in versions if old.get("state") != CallState.HELD]
    if not closing:
        return _Before(None, False, None, {})
    change, old = closing[-1]
    of_customer = images_of_rows(session, "customer", [row.customer_id])
    mine = [image.before or {} for image in of_customer if image.change_id == change and image.act == UPDATE]
    return _Before(change, change in _made_in(session, row.id), old.get("caller"), mine[0] if mine else {})


def _made_in(session: Session, call_id: int) -> set[int]:
    """The changes that made a call: more than one where that was taken back and brought back."""
    return {image.change_id for image in images_of_rows(session, "call", [call_id]) if image.act == INSERT}


def _give_issues(session: Session, row: HeldTalk, target: int, to_id: int) -> None:
    for one in raised_in(session, row.id):
        theirs = raiser_row(session, one.issue_id, to_id)
        if theirs is None:
            change_raiser(session, one.id, {"customer_id": to_id, "call_id": target})
            continue
        words = merged_words(theirs.words, one.words)
        remove_raiser(session, one.id)
        change_raiser(session, theirs.id, {"words": words})


def _tell_the_other(session: Session, raiser: Raiser, row: HeldTalk, to: CustomerRow) -> None:
    """The one was not told after all; the other was, if it is theirs too."""
    change_raiser(session, raiser.id, {"told_at": None, "told_by": None, "reaction": None})
    count_taken_back(session, row.customer_id)
    issue = issue_row(session, raiser.issue_id)
    if issue is not None and issue.state is IssueState.TOLD:
        states = [(image.before or {}).get("state") for image in images_of_rows(session, "issue", [issue.id])]
        settled = [state for state in states if state in (IssueState.FIXED, IssueState.DECLINED)]
        state = IssueState(settled[-1]) if settled else IssueState.FIXED
        change_issue(session, issue.id, {"state": state, "told_at": None})
    theirs = raiser_row(session, raiser.issue_id, to.id)
    if theirs is not None and theirs.told_at is None:
        try:
            tell_raiser(session, raiser.issue_id, to.id, to.name, raiser.reaction, row.caller, row.held_at)
        except CareError:
            return  # it was opened again since


def _give_thread(session: Session, row: HeldTalk, before: _Before, to: CustomerRow) -> None:
    """The remembered thread goes with the talk it was heard in."""
    mine = customer_of(session, row.customer_id)
    was = before.customer.get("remember")
    if not before.customer or mine.remember == was or mine.last_heard_at != row.held_at:
        return
    change_customer(session, mine.id, {"remember": was})
    if mine.remember and row.held_at >= (to.last_heard_at or row.held_at):
        change_customer(session, to.id, {"remember": mine.remember})


def _call_the_other_again(session: Session, row: HeldTalk, before: _Before, to_id: int, now: datetime) -> None:
    """The call that was agreed on in the talk is with the other."""
    if before.change is None:
        return
    for call in open_calls(session, row.customer_id):
        agreed = call.id != row.id and call.kind is CallKind.CHOSEN
        if agreed and before.change in _made_in(session, call.id):
            drop_call(session, call.id)
            add_chosen(session, to_id, call.not_before, call.caller, now, at=call.starts_at)


def _reopen(session: Session, row: HeldTalk, before: _Before, now: datetime) -> bool:
    """Opens the call again; one that was only made to log this talk never was. Returns whether it is there."""
    forget_reached(session, row.id)
    if before.in_change_made and row.kind is not CallKind.DRAWN:
        drop_call(session, row.id)
        return False
    blank: dict[str, Any] = dict.fromkeys(
        ("held_at", "closed_at", "minutes", "how", "stance", "sold", "defended", "listeners")
    )
    state: dict[str, Any] = {"state": CallState.PLANNED}
    customer = customer_of(session, row.customer_id)
    if customer.standing in _UNCALLED:
        state = {"state": CallState.SKIPPED, "closed_at": now, "skip_reason": "the talk was with somebody else"}
    again = {"caller": before.caller or row.caller, "version": row.version + 1}
    change_call(session, row.id, **(blank | again | state))
    return True


def _mend_first(session: Session, row: HeldTalk, before: _Before, now: datetime, *, reopened: bool) -> None:
    """Makes the customer it was logged with what the talks that are left make of them."""
    settings = policy(session)
    customer = customer_of(session, row.customer_id)
    heard = held_with(session, customer.id)
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
    if is_drawn and before.customer and closed_into(session, row.id, customer.id) == customer.cycle:
        cycle = int(before.customer["cycle"])
        place = position_in(draw_key(session), customer.uid, cycle)
        changed |= {"cycle": place.cycle, "place": place.place}
    change_customer(session, customer.id, changed)
    fact = {
        "call": row.id,
        "reopened": is_drawn,
        "cycle": cycle,
        "free_on": free_on.isoformat() if free_on else None,
        "planned": customer_of(session, customer.id).planned,
    }
    append_to_ledger(session, [LedgerRow(LedgerKind.TALK, fact, customer.id, customer.uid)], now)
    refresh_eligibility(session, [customer.id], settings, now)


def told_in(session: Session, customer_id: int, at: datetime) -> list[Raiser]:
    """What a customer was told of at that moment, as raisers."""
    mine = (raisers.c.customer_id == customer_id) & (raisers.c.told_at == at)
    return fetch(session, Raiser, select(raisers).where(mine).order_by(raisers.c.id))


def drop_call(session: Session, call_id: int) -> None:
    """Takes a call away with the tries at it; the journal keeps them."""
    session.execute(delete(attempts).where(attempts.c.call_id == call_id))
    session.execute(delete(calls).where(calls.c.id == call_id))


def closed_into(session: Session, call_id: int, customer_id: int) -> int | None:
    """The cycle into which the end of a drawn call took its customer; None where it took them nowhere, or elsewhere."""
    mine = (ledger.c.kind == LedgerKind.CLOSED) & (ledger.c.customer_id == customer_id)
    rows = session.execute(select(ledger.c.facts).where(mine).order_by(ledger.c.id.desc())).scalars()
    facts: dict[str, Any] = next((row for row in rows if row["call"] == call_id), {})
    return None if "stratum" in facts else facts.get("cycle")


def give(session: Session, call_id: int, to_call: int, to_customer: int) -> int:
    """Makes what was said, promised and written down in a talk another's; returns how many rows that were.

    Tries that reached nobody stay with the call they were made for, and the issues raised have a rule of their own.
    """
    given, here = 0, {"call_id": to_call, "customer_id": to_customer}
    spoken = list(session.execute(select(transcripts.c.id).where(transcripts.c.call_id == call_id)).scalars())
    theirs = passages.c.transcript_id.in_(spoken)
    # The search learns from the transcript in which talk a passage was said, so they are written anew after it: then
    # an undo, which goes back step by step, finds each of them beside the transcript as it was.
    said = [dict(row._mapping) for row in session.execute(select(passages).where(theirs).order_by(passages.c.id))]
    session.execute(delete(passages).where(theirs))
    tables: tuple[Table, ...] = (answers, gold, promises, transcripts, owings)
    for rows in tables:
        moved = session.execute(update(rows).where(rows.c.call_id == call_id).values(**here))
        given += int(getattr(moved, "rowcount", 0))
    if said:
        session.execute(insert(passages), [{**row, "customer_id": to_customer} for row in said])
    return given


def forget_reached(session: Session, call_id: int) -> None:
    """Takes the try that reached somebody away from a call, and off its count."""
    mine = (attempts.c.call_id == call_id) & (attempts.c.outcome == Outcome.REACHED)
    session.execute(delete(attempts).where(mine))
    left = select(func.count()).where(attempts.c.call_id == call_id).scalar_subquery()
    session.execute(update(calls).where(calls.c.id == call_id).values(tries=left))


def count_taken_back(session: Session, customer_id: int) -> None:
    """Counts one thing less given to a customer."""
    mine = (customers.c.id == customer_id) & (customers.c.gives > 0)
    session.execute(update(customers).where(mine).values(gives=customers.c.gives - 1))
