"""Where letting somebody go meets the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from care.customers.drafts import ContactDraft, CustomerDraft
from care.customers.forgetting.marks import marks_held, marks_left, marks_of
from care.customers.forgetting.records import Farewell, Kept, Mention
from care.customers.order import FIRST_CYCLE, position_in
from care.customers.removals.actions import nearness
from care.errors import BadStore
from care.store import about, forgotten, issues, ledger, merged, search
from care.store import customers as store
from care.store.ledger import LedgerRow
from care.store.settings import draw_key, policy
from care.text import fold
from care.times.zones import local_date
from care.words import IssueState, LedgerKind, Standing, Status

NOBODY = "(forgotten)"
"""Who the calls of forgotten customers are with."""

BEYOND = (
    "your calendar",
    "exports, sheets and reports you saved or printed",
    "backups you keep (care restore erases again)",
    "the address book or CRM they came from",
)
"""Where care cannot reach."""

_REFS = {"issue": "i", "promise": "p", "call": "c", "vein": "g", "batch": "b", "owing": "n"}
_KINDS = {
    "answer": "answer", "gold": "wish or trigger", "raiser": "issue raised", "promise": "promise", "touch": "contact",
    "contact": "number or address", "source_id": "id in another system", "attempt": "try", "call": "call",
    "issue": "issue", "customer": "customer", "batch": "import",
    "owing": "touch to come", "transcript": "transcript", "passage": "passage of a transcript",
    "issue_note": "note on an issue", "vein": "vein",
}  # fmt: skip


def farewell(session: Session, customer_id: int) -> Farewell:
    """What would go with this customer, and what would stay. Nothing is changed."""
    row = store.customer_of(session, customer_id)
    ids = merged.everyone_in(session, customer_id)
    counted = about.count(session, ids)
    events = {name: counted.pop(name, 0) for name in ("call", "attempt")}
    return Farewell(
        id=row.id,
        name=row.name,
        company=row.company,
        erased={_KINDS[name]: n for name, n in counted.items()},
        calls=events["call"],
        issues=tuple(f"i{one.id} {one.title}" for one in about.raised_alone(session, ids)),
        veins=tuple(f"g{one.id} {one.title}" for one in about.gathered_alone(session, ids) if one.promise is None),
        mentions=_mentions(session, ids),
        beyond=BEYOND,
    )


def forget(session: Session, customer_id: int, now: datetime) -> Farewell:
    """Erases a customer, and whoever was merged into them, from every table, index and image.

    Their open calls must have been called off. What the database keeps in free pages goes when the file is packed.
    """
    before = farewell(session, customer_id)
    ids, key = merged.everyone_in(session, customer_id), draw_key(session)
    today = local_date(now, policy(session).timezone)
    forgotten.add_marks(session, {mark for one in ids for mark in _marks(session, key, one, ids)}, today)
    # The ledger says that somebody went, and how they stood to the draw; who it was is nowhere.
    rows = [store.customer_of(session, one) for one in ids]
    facts: dict[str, Any] = {
        "standings": [one.standing.value for one in rows],
        "batches": [one.added_in for one in rows],
        **nearness(session, rows[0], policy(session)),
    }
    ledger.append(session, [LedgerRow(LedgerKind.FORGET, facts)], now)
    nobody = _nobody(session, now)
    raised = [row.issue_id for one in ids for row in issues.raised_by(session, one)]
    about.erase(session, ids, nobody)
    for row in issues.all_told(session, raised):  # the only one who still had to be told is gone
        issues.change_issue(session, row.id, {"state": IssueState.TOLD, "told_at": row.last_told_at})
    store.change_customer(session, nobody, {"last_heard_at": merged.last_heard(session, nobody)})
    search.drop_old_names(session)
    return Farewell(
        id=before.id,
        name=before.name,
        company=before.company,
        erased=before.erased,
        calls=before.calls,
        issues=before.issues,
        veins=before.veins,
        mentions=before.mentions,
        beyond=before.beyond,
        forgotten=True,
    )


def all_marks(session: Session) -> Kept:
    """What a store keeps of the forgotten, for a backup of it that is brought back."""
    return Kept(draw_key(session), tuple(forgotten.rows(session)))


def take_over(session: Session, kept: Kept, backup: str) -> None:
    """Makes a restored store know who was forgotten since. Raises BadStore when it is a backup of another store."""
    if draw_key(session) != kept.key:
        raise BadStore(f"{backup} is a backup of another store. Restore it with --store to a place of its own.")
    forgotten.take_over(session, kept.marks)


def to_forget(session: Session) -> list[int]:
    """Everybody there who was forgotten; it walks all customers."""
    marks, key, found = set(forgotten.marks(session)), draw_key(session), []
    for row in merged.everybody(session) if marks else ():
        contacts = [ContactDraft(one.kind, one.value, one.original) for one in store.contacts_of(session, row.id)]
        held = marks_held(key, row.name, row.company, contacts, merged.source_ids_of(session, row.id))
        if not marks.isdisjoint(held):
            found.append(row.id)
    return found


def count_customers(session: Session) -> int:
    """How many customers a store has."""
    return sum(n for standing, n in store.standings(session).items() if standing is not Standing.MERGED)


def welcome_back(session: Session, draft: CustomerDraft) -> bool:
    """Whether somebody added by hand had been forgotten; from now on files may bring them again."""
    return bool(forgotten.drop_marks(session, marks_of(draw_key(session), draft, "")))


def _marks(session: Session, key: bytes, customer_id: int, ids: Sequence[int]) -> set[str]:
    row = store.customer_of(session, customer_id)
    contacts = [ContactDraft(one.kind, one.value, one.original) for one in store.contacts_of(session, customer_id)]
    shared = {one.value for one in contacts if set(store.ids_by_contact(session, one.value)) - set(ids)}
    numbers = merged.source_ids_of(session, customer_id)
    return marks_left(key, row.name, row.company, contacts, numbers, shared)


def _nobody(session: Session, now: datetime) -> int:
    """The customer all calls of the forgotten are with: in no list, no draw and no search."""
    uid = "0" * 32
    found = merged.id_with_uid(session, uid)
    if found is not None:
        return found
    place = position_in(draw_key(session), uid, FIRST_CYCLE)
    values: dict[str, Any] = {
        "uid": uid, "name": NOBODY, "folded": "", "status": Status.FORMER, "standing": Standing.MERGED, "stratum": "",
        "cycle": place.cycle, "place": place.place, "planned": 0, "gives": 0, "takes": 0, "added_at": now,
    }  # fmt: skip
    made = store.add_customer(session, values)
    store.change_customer(session, made, {"merged_into": made})
    return made


def _mentions(session: Session, ids: Sequence[int]) -> tuple[Mention, ...]:
    said = set()
    for one in ids:
        row = store.customer_of(session, one)
        said |= {row.name, *(contact.value for contact in store.contacts_of(session, one))}
    found = [*about.mentions(session, ids, sorted(name for name in said if len(fold(name)) > 1))]
    found += [row for row in about.titles_in_words_of(session, ids) if row not in found]
    return tuple(Mention(_KINDS[table], f"{_REFS.get(table, '')}{number}", words) for table, number, words in found)
