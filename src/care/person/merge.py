"""Making one customer of two who are one person."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from care.calls.queries import planned_call
from care.calls.skip import call_off
from care.customers.contacts import write_contacts
from care.customers.duplicate_queries import change_duplicate, drop_duplicates, duplicates_with
from care.customers.eligibility import refresh_eligibility
from care.customers.find import person
from care.customers.merged_values import merged_contacts, merged_position, merged_raiser, merged_values
from care.customers.order import Position
from care.customers.order_queries import pointer
from care.customers.queries import change_customer, contacts_of, customer_of
from care.customers.records import CustomerRow, Merged
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, policy
from care.db.tables.call import calls
from care.db.tables.draw import draw_entries
from care.db.tables.imports import source_ids
from care.db.tables.issue import raisers
from care.errors import WrongUsage
from care.issues.queries import change_raiser, end_told_issues, raised_by, remove_raiser
from care.person.erase import EVENTS, WORDS
from care.text import fold
from care.touches.follow_ups import settle_follow_ups
from care.words import CallKind, CallState, LedgerKind


def merge_customers(
    session: Session, gone_id: int, kept_id: int, now: datetime, *, explicit_clock: bool = False
) -> Merged:
    """Makes one customer of two: all that was said by, promised to or planned with the first is the second's.

    Sealed draws keep naming the one who was drawn. Where both have an open call, that of the first is called off. No
    reserve steps up for it: that would be a draw, and the merge could not be taken back. Raises WrongUsage for one and
    the same customer.
    """
    kept = customer_of(session, kept_id)
    if gone_id == kept_id:
        raise WrongUsage(f"{kept.name} is customer {kept_id}, whichever way. Name two customers.")
    was = person(customer_of(session, gone_id))
    if planned_call(session, gone_id) is not None and planned_call(session, kept_id) is not None:
        call_off(session, gone_id, "merged with another", now, replace=False, explicit_clock=explicit_clock)
    gone = customer_of(session, gone_id)
    drawn_in = _turn_in(session, gone, kept.stratum)
    contacts = merged_contacts(contacts_of(session, kept_id), contacts_of(session, gone_id))
    moved = _move_rows(session, gone_id, kept_id)
    moved["raiser"] = _join_raisers(session, gone_id, kept_id)
    write_contacts(session, kept_id, contacts)
    _become_one(session, kept, gone, drawn_in, now)
    _move_pairs(session, gone_id, kept_id)
    facts = {"part": "kept", **_kept_facts(session, kept_id)}
    rows = [
        LedgerRow(LedgerKind.MERGE, {"part": "gone"}, gone_id, gone.uid),
        LedgerRow(LedgerKind.MERGE, facts, kept_id, kept.uid),
    ]
    append_to_ledger(session, rows, now)
    refresh_eligibility(session, [gone_id, kept_id], policy(session), now)
    return Merged(person(customer_of(session, kept_id)), was, {noun: n for noun, n in moved.items() if n})


def _become_one(session: Session, kept: CustomerRow, gone: CustomerRow, drawn_in: int | None, now: datetime) -> None:
    """Writes what the one who stays is made of, and empties what counted for the one who goes."""
    new = merged_values(kept, gone)
    place = merged_position(draw_key(session), kept.uid, Position(kept.cycle, kept.place), drawn_in)
    new |= {
        "folded": fold(f"{kept.name} {kept.company or gone.company or ''}"),
        "cycle": place.cycle,
        "place": place.place,
    }
    change_customer(session, kept.id, new)
    heard_at = new.get("last_heard_at", kept.last_heard_at)
    if heard_at is not None:  # a newer talk with the one settles what was due from an older one with the other
        settle_follow_ups(session, kept.id, heard_at, now)
    blank: dict[str, Any] = dict.fromkeys(
        ("paused_until", "pause_reason", "free_on", "last_heard_at", "phone", "email", "remember", "stance")
    )
    change_customer(session, gone.id, blank | {"merged_into": kept.id, "gives": 0, "takes": 0})


def _turn_in(session: Session, gone: CustomerRow, stratum: str) -> int | None:
    """The last cycle in which the one had their turn, as the other's stratum counts it; None without one to count."""
    drawn_in = _last_cycle_drawn(session, gone.id)
    if drawn_in is None or gone.stratum == stratum:
        return drawn_in
    first, other = pointer(session, gone.stratum), pointer(session, stratum)
    return other.cycle if first and other and drawn_in >= first.cycle else None


def _kept_facts(session: Session, customer_id: int) -> dict[str, Any]:
    """What the ledger needs to know of how the one who stays stands now."""
    row = customer_of(session, customer_id)
    free_on = None if row.free_on is None else row.free_on.isoformat()
    return {"cycle": row.cycle, "free_on": free_on, "planned": row.planned}


def _join_raisers(session: Session, gone_id: int, kept_id: int) -> int:
    """Makes the issues one raised the other's; of one that both raised, the words of both and what they were told."""
    of_kept = {row.issue_id: row for row in raised_by(session, kept_id)}
    of_gone = raised_by(session, gone_id)
    for row in of_gone:
        both = of_kept.get(row.issue_id)
        if both is None:
            change_raiser(session, row.id, {"customer_id": kept_id})
            continue
        remove_raiser(session, row.id)
        change_raiser(session, both.id, merged_raiser(both, row, of_one_issue=True))
    end_told_issues(session, [row.issue_id for row in of_gone])
    return len(of_gone)


def _move_rows(session: Session, from_id: int, to_id: int) -> dict[str, int]:
    """Makes what was said, promised and tried with one customer another's; returns how many rows, by table.

    The issues they raised have a rule of their own. Their numbers in other systems stay, so that a file which still
    has both knows the one for who they were.
    """
    moved = {}
    for table in (*WORDS, *EVENTS):
        if table not in (raisers, source_ids):
            mine = update(table).where(table.c.customer_id == from_id).values(customer_id=to_id)
            moved[table.name] = int(getattr(session.execute(mine), "rowcount", 0))
    return moved


def _move_pairs(session: Session, gone_id: int, kept_id: int) -> None:
    """Makes the pairs of a customer who went into another those of the other."""
    known = {(row.one_id, row.other_id) for row in duplicates_with(session, kept_id)}
    for row in duplicates_with(session, gone_id):
        other = row.other_id if row.one_id == gone_id else row.one_id
        pair = min(other, kept_id), max(other, kept_id)
        if other == kept_id or pair in known:
            drop_duplicates(session, [row.id])
        else:
            known.add(pair)
            change_duplicate(session, row.id, {"one_id": pair[0], "other_id": pair[1]})


def _last_cycle_drawn(session: Session, customer_id: int) -> int | None:
    """The last cycle in which a drawn call with the customer came to its end, so that it was their turn."""
    ended = (CallState.HELD, CallState.REFUSED, CallState.UNREACHED)
    mine = (calls.c.customer_id == customer_id) & (calls.c.kind == CallKind.DRAWN) & calls.c.state.in_(ended)
    same = (draw_entries.c.draw_id == calls.c.draw_id) & (draw_entries.c.customer_id == customer_id)
    found = select(func.max(draw_entries.c.cycle)).select_from(calls.join(draw_entries, same)).where(mine)
    cycle: int | None = session.execute(found).scalar_one()
    return cycle
