"""Where merging two customers meets the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from care.customers.contacts import write_contacts
from care.customers.duplicate_queries import change_duplicate, drop_duplicates, duplicates_with
from care.customers.eligibility import refresh_eligibility
from care.customers.merged_values import merged_contacts, merged_position, merged_raiser, merged_values
from care.customers.order import Position
from care.customers.order_queries import pointer
from care.customers.queries import change_customer, contacts_of, customer_of
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, policy
from care.db.tables.call import calls
from care.db.tables.draw import draw_entries
from care.db.tables.imports import source_ids
from care.db.tables.issue import raisers
from care.errors import WrongUsage
from care.issues.queries import all_told, change_issue, change_raiser, raised_by, remove_raiser
from care.person.erase import EVENTS, WORDS
from care.text import fold
from care.touches.follow_ups import settle_before
from care.words import CallKind, CallState, IssueState, LedgerKind


def merge_customers(session: Session, gone_id: int, kept_id: int, now: datetime) -> dict[str, int]:
    """Makes one customer of two: all that was said by, promised to or planned with the first is the second's.

    Sealed draws keep naming the one who was drawn. At most one of the two may have an open call: the caller calls the
    other off. Returns how many rows moved, by what they are. Raises WrongUsage for one and the same customer.
    """
    gone, kept = customer_of(session, gone_id), customer_of(session, kept_id)
    if gone_id == kept_id:
        raise WrongUsage(f"{kept.name} is customer {kept_id}, whichever way. Name two customers.")
    key, settings = draw_key(session), policy(session)
    drawn_in = _turn_in(session, gone, kept.stratum)
    contacts = merged_contacts(contacts_of(session, kept_id), contacts_of(session, gone_id))
    moved = move(session, gone_id, kept_id)
    moved["raiser"] = _join_raisers(session, gone_id, kept_id)
    write_contacts(session, kept_id, contacts)
    new = merged_values(kept, gone)
    company = kept.company or gone.company
    new["folded"] = fold(f"{kept.name} {company or ''}")
    here = Position(kept.cycle, kept.place)
    place = merged_position(key, kept.uid, here, drawn_in)
    new |= {"cycle": place.cycle, "place": place.place}
    change_customer(session, kept_id, new)
    heard_at = new.get("last_heard_at", kept.last_heard_at)
    if heard_at is not None:  # a newer talk with the one settles what was due from an older one with the other
        settle_before(session, kept_id, heard_at, now)
    blank: dict[str, Any] = dict.fromkeys(
        ("paused_until", "pause_reason", "free_on", "last_heard_at", "phone", "email", "remember", "stance")
    )
    change_customer(session, gone_id, blank | {"merged_into": kept_id, "gives": 0, "takes": 0})
    move_pairs(session, gone_id, kept_id)
    append_to_ledger(
        session,
        [
            LedgerRow(LedgerKind.MERGE, {"part": "gone"}, gone_id, gone.uid),
            LedgerRow(LedgerKind.MERGE, {"part": "kept", **_stand(session, kept_id)}, kept_id, kept.uid),
        ],
        now,
    )
    refresh_eligibility(session, [gone_id, kept_id], settings, now)
    return {name: n for name, n in moved.items() if n}


def _turn_in(session: Session, gone: Any, stratum: str) -> int | None:
    """The last cycle in which the one had their turn, as the other's stratum counts it; None without one to count."""
    drawn_in = last_cycle_drawn(session, gone.id)
    if drawn_in is None or gone.stratum == stratum:
        return drawn_in
    theirs, ours = pointer(session, gone.stratum), pointer(session, stratum)
    return ours.cycle if theirs and ours and drawn_in >= theirs.cycle else None


def _stand(session: Session, customer_id: int) -> dict[str, Any]:
    """What the ledger needs to know of how the one who stays stands now."""
    row = customer_of(session, customer_id)
    free_on = None if row.free_on is None else row.free_on.isoformat()
    return {"cycle": row.cycle, "free_on": free_on, "planned": row.planned}


def _join_raisers(session: Session, gone_id: int, kept_id: int) -> int:
    """Makes the issues one raised the other's; of one that both raised, the words of both and what they were told."""
    theirs = {row.issue_id: row for row in raised_by(session, kept_id)}
    mine: Sequence[Any] = raised_by(session, gone_id)
    for row in mine:
        both = theirs.get(row.issue_id)
        if both is None:
            change_raiser(session, row.id, {"customer_id": kept_id})
            continue
        remove_raiser(session, row.id)
        change_raiser(session, both.id, merged_raiser(both, row, of_one_issue=True))
    for row in all_told(session, [one.issue_id for one in mine]):
        change_issue(session, row.id, {"state": IssueState.TOLD, "told_at": row.last_told_at})
    return len(mine)


def move(session: Session, from_id: int, to_id: int) -> dict[str, int]:
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


def move_pairs(session: Session, gone_id: int, kept_id: int) -> None:
    """Makes the pairs of a customer who went into another those of the other."""
    there = {(row.one_id, row.other_id) for row in duplicates_with(session, kept_id)}
    for row in duplicates_with(session, gone_id):
        other = row.other_id if row.one_id == gone_id else row.one_id
        pair = min(other, kept_id), max(other, kept_id)
        if other == kept_id or pair in there:
            drop_duplicates(session, [row.id])
        else:
            there.add(pair)
            change_duplicate(session, row.id, {"one_id": pair[0], "other_id": pair[1]})


def last_cycle_drawn(session: Session, customer_id: int) -> int | None:
    """The last cycle in which a drawn call with the customer came to its end, so that it was their turn."""
    ended = (CallState.HELD, CallState.REFUSED, CallState.UNREACHED)
    mine = (calls.c.customer_id == customer_id) & (calls.c.kind == CallKind.DRAWN) & calls.c.state.in_(ended)
    same = (draw_entries.c.draw_id == calls.c.draw_id) & (draw_entries.c.customer_id == customer_id)
    found = select(func.max(draw_entries.c.cycle)).select_from(calls.join(draw_entries, same)).where(mine)
    cycle: int | None = session.execute(found).scalar_one()
    return cycle
