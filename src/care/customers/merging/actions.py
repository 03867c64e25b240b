"""Where merging two customers meets the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from care.customers.actions import pointer_in, restand, write_contacts
from care.customers.merging.rules import merged_contacts, merged_position, merged_raiser, merged_values
from care.customers.order import Position
from care.errors import WrongUsage
from care.store import about, duplicates, issues, ledger, merged, staying
from care.store import customers as store
from care.store.ledger import LedgerRow
from care.store.settings import draw_key, policy
from care.text import fold
from care.words import IssueState, LedgerKind


def merge_customers(session: Session, gone_id: int, kept_id: int, now: datetime) -> dict[str, int]:
    """Makes one customer of two: all that was said by, promised to or planned with the first is the second's.

    Sealed draws keep naming the one who was drawn. At most one of the two may have an open call: the caller calls the
    other off. Returns how many rows moved, by what they are. Raises WrongUsage for one and the same customer.
    """
    gone, kept = store.customer_of(session, gone_id), store.customer_of(session, kept_id)
    if gone_id == kept_id:
        raise WrongUsage(f"{kept.name} is customer {kept_id}, whichever way. Name two customers.")
    key, settings = draw_key(session), policy(session)
    drawn_in = _turn_in(session, gone, kept.stratum)
    contacts = merged_contacts(store.contacts_of(session, kept_id), store.contacts_of(session, gone_id))
    moved = about.move(session, gone_id, kept_id)
    moved["raiser"] = _join_raisers(session, gone_id, kept_id)
    write_contacts(session, kept_id, contacts)
    new = merged_values(kept, gone)
    company = kept.company or gone.company
    new["folded"] = fold(f"{kept.name} {company or ''}")
    here = Position(kept.cycle, kept.place)
    place = merged_position(key, kept.uid, here, drawn_in)
    new |= {"cycle": place.cycle, "place": place.place}
    store.change_customer(session, kept_id, new)
    heard_at = new.get("last_heard_at", kept.last_heard_at)
    if heard_at is not None:  # a newer talk with the one settles what was due from an older one with the other
        staying.settle_before(session, kept_id, heard_at, now)
    blank: dict[str, Any] = dict.fromkeys(
        ("paused_until", "pause_reason", "free_on", "last_heard_at", "phone", "email", "remember", "stance")
    )
    store.change_customer(session, gone_id, blank | {"merged_into": kept_id, "gives": 0, "takes": 0})
    duplicates.move_pairs(session, gone_id, kept_id)
    ledger.append(
        session,
        [
            LedgerRow(LedgerKind.MERGE, {"part": "gone"}, gone_id, gone.uid),
            LedgerRow(LedgerKind.MERGE, {"part": "kept", **_stand(session, kept_id)}, kept_id, kept.uid),
        ],
        now,
    )
    restand(session, [gone_id, kept_id], settings, now)
    return {name: n for name, n in moved.items() if n}


def _turn_in(session: Session, gone: Any, stratum: str) -> int | None:
    """The last cycle in which the one had their turn, as the other's stratum counts it; None without one to count."""
    drawn_in = merged.last_cycle_drawn(session, gone.id)
    if drawn_in is None or gone.stratum == stratum:
        return drawn_in
    theirs, ours = pointer_in(session, gone.stratum), pointer_in(session, stratum)
    return ours.cycle if theirs and ours and drawn_in >= theirs.cycle else None


def _stand(session: Session, customer_id: int) -> dict[str, Any]:
    """What the ledger needs to know of how the one who stays stands now."""
    row = store.customer_of(session, customer_id)
    free_on = None if row.free_on is None else row.free_on.isoformat()
    return {"cycle": row.cycle, "free_on": free_on, "planned": row.planned}


def _join_raisers(session: Session, gone_id: int, kept_id: int) -> int:
    """Makes the issues one raised the other's; of one that both raised, the words of both and what they were told."""
    theirs = {row.issue_id: row for row in issues.raised_by(session, kept_id)}
    mine: Sequence[Any] = issues.raised_by(session, gone_id)
    for row in mine:
        both = theirs.get(row.issue_id)
        if both is None:
            issues.change_raiser(session, row.id, {"customer_id": kept_id})
            continue
        issues.remove_raiser(session, row.id)
        issues.change_raiser(session, both.id, merged_raiser(both, row, of_one_issue=True))
    for row in issues.all_told(session, [one.issue_id for one in mine]):
        issues.change_issue(session, row.id, {"state": IssueState.TOLD, "told_at": row.last_told_at})
    return len(mine)
