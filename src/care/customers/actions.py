"""Where customers meet the store: finding one, adding, changing, and keeping standing and position right."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from care.customers.drafts import ContactDraft, CustomerDraft
from care.customers.errors import NoSuchCustomer, WhichCustomer
from care.customers.identity import identity, uid_of
from care.customers.order import Position, entering, joining, stratum_of
from care.customers.person import Person
from care.customers.removals.actions import nearness
from care.customers.standing import StandingFacts, facts_of, standing_of
from care.errors import WrongUsage
from care.settings import Policy
from care.store import customers as store
from care.store import draws, ledger, search
from care.store.ledger import LedgerRow
from care.store.settings import draw_key, policy
from care.text import fold
from care.times.zones import local_date
from care.words import IN_THE_ORDER, ContactKind, LedgerKind, Standing, Status, Usable

CANDIDATES = 9
"""How many are named when a name fits more than one: one key each."""


def person(row: Any) -> Person:
    """The person in a row of ``store.customers.PERSON``."""
    return Person(row.id, row.name, row.company, row.phone, row.zone)


def is_known(session: Session, customer_id: int) -> bool:
    """Whether a customer of that id is in the store, and not merged into another."""
    row = store.customer_row(session, customer_id)
    return row is not None and row.merged_into is None


def has_customers(session: Session) -> bool:
    """Whether there is anybody at all."""
    return any(n for standing, n in store.standings(session).items() if standing is not Standing.MERGED)


def person_with(session: Session, customer_id: int) -> Person:
    """The customer of that id, who is there."""
    return person(store.customer_of(session, customer_id))


def present(session: Session, customer_id: int) -> Person | None:
    """The customer of that id as who they are now, after any merge; None where that is nobody."""
    row, _ = _as_they_are_now(session, customer_id)
    return None if row is None else person(row)


def find_customer(session: Session, said: str) -> Person:
    """The one customer an id, e-mail address, phone number or part of a name means.

    An exact name goes before a part of one, then who has a call planned. Raises NoSuchCustomer or WhichCustomer, and
    WrongUsage when nothing is named.
    """
    if not said.strip():
        raise WrongUsage("WHO is empty. Name a customer by number, e-mail address, phone number or part of the name.")
    ids, total = _ids_said(session, said.strip())
    rows: list[Any] = []
    named: set[int] = set()
    for one in ids:
        row, was_called = _as_they_are_now(session, one)
        if row is not None:
            rows += [] if any(known.id == row.id for known in rows) else [row]
            named |= {row.id} if fold(said) in was_called else set()
    if len(rows) > 1:
        rows = [row for row in rows if row.id in named] or rows
        planned = [row for row in rows if row.planned]
        rows = planned if len(planned) == 1 else rows
    if not rows:
        raise NoSuchCustomer(said)
    if len(rows) > 1:
        raise WhichCustomer(said, [person(row) for row in rows[:CANDIDATES]], total - min(len(rows), CANDIDATES))
    return person(rows[0])


def _as_they_are_now(session: Session, customer_id: int) -> tuple[Any | None, set[str]]:
    """The row of a customer, or of the one they were merged into, None where that is nobody; and each name, folded."""
    row, names = store.customer_row(session, customer_id), set()
    while row is not None:
        names.add(fold(row.name))
        if row.merged_into is None:
            break
        row = None if row.merged_into == row.id else store.customer_row(session, row.merged_into)
    return row, names


def _ids_said(session: Session, said: str) -> tuple[list[int], int]:
    if said.isascii() and said.isdigit() and len(said) < 10 and store.customer_row(session, int(said)):
        return [int(said)], 1
    if "@" in said:
        ids = store.ids_by_contact(session, said.lower())
        if ids:
            return ids, len(ids)
    if sum(letter.isdigit() for letter in said) >= 5:
        ids = _ids_by_phone(session, said)
        if ids:
            return ids, len(ids)
    return search.ids_by_name(session, said, 50)


def _ids_by_phone(session: Session, said: str) -> list[int]:
    from care.customers.phones import read_phones

    read = read_phones(said, policy(session).country)
    return sorted({one for contact in read or () for one in store.ids_by_contact(session, contact.value)})


def restand(
    session: Session,
    ids: Sequence[int],
    settings: Policy,
    now: datetime,
    *,
    by_hand: bool = False,
    later: list[LedgerRow] | None = None,
) -> None:
    """Works out standing and position of these customers anew, and records who left and who entered the order.

    The ledger gets the standing and never the words of why: it cannot be erased, and words may be somebody's secret.
    ``by_hand`` says that somebody chose just these customers: how near their turn they were is recorded as well.
    ``later`` takes what is to be recorded where something else must be on record first.
    """
    today, key, rows = local_date(now, settings.timezone), draw_key(session), []
    for row in store.standing_rows(session, list(ids)):
        standing = standing_of(facts_of(row), settings.statuses, today)
        if standing is row.standing:
            continue
        changed: dict[str, Any] = {"standing": standing}
        was_in, is_in = row.standing in IN_THE_ORDER, standing in IN_THE_ORDER
        if is_in and not was_in:
            place = entering(key, row.uid, Position(row.cycle, row.place), pointer_in(session, row.stratum))
            changed |= {"cycle": place.cycle, "place": place.place}
            entered = {"cycle": place.cycle, "standing": standing.value}
            rows.append(LedgerRow(LedgerKind.IN, entered, row.id, row.uid))
        elif was_in and not is_in:
            until = row.paused_until.isoformat() if standing is Standing.PAUSED else None
            facts_out = {"reason": standing.value, "until": until}
            facts_out |= nearness(session, row, settings) if by_hand else {}
            rows.append(LedgerRow(LedgerKind.OUT, facts_out, row.id, row.uid))
        store.change_customer(session, row.id, changed)
    if later is None:
        ledger.append(session, rows, now)
    else:
        later += rows


def pointer_in(session: Session, stratum: str) -> Position | None:
    """How far the draw has come in a stratum, or None before its first draw."""
    here = draws.pointer(session, stratum)
    return None if here is None else Position(*here)


def wake(session: Session, settings: Policy, now: datetime) -> None:
    """Brings back everyone whose pause or rest is over; the one step of a draw that grows with their number."""
    today = local_date(now, settings.timezone)
    due = store.ids_due_to_wake(session, today)
    store.clear_past_dates(session, today)
    for start in range(0, len(due), 1000):
        restand(session, due[start : start + 1000], settings, now)


def new_uid(session: Session, key: bytes, who: str) -> str:
    """A uid for this identity that nobody carries yet."""
    running = 1
    while store.uid_taken(session, uid := uid_of(key, who, running)):
        running += 1
    return uid


def add_customer(session: Session, draft: CustomerDraft, now: datetime) -> Person:
    """The customer just added. Raises WrongUsage when someone already has that e-mail address or number and name."""
    for contact in draft.contacts:
        for one in store.ids_by_contact(session, contact.value):
            row = store.customer_row(session, one)
            if row and fold(row.name) == fold(draft.name):
                raise WrongUsage(
                    f"{row.name} with {contact.original} is customer {one} already. Change them with edit."
                )
    settings, key = policy(session), draw_key(session)
    uid = new_uid(session, key, identity(draft))
    stratum = stratum_of(draft.segment, settings.strata)
    place = joining(key, uid, pointer_in(session, stratum), draws.base(session))
    status = draft.status or Status.ACTIVE
    phones = tuple(one.usable for one in draft.contacts if one.kind is ContactKind.PHONE)
    standing = standing_of(StandingFacts(status, phones), settings.statuses, local_date(now, settings.timezone))
    values = {
        **customer_values(draft),
        "company_id": store.company_id(session, draft.company),
        "uid": uid,
        "stratum": stratum,
        "status": status,
        "standing": standing,
        "cycle": place.cycle,
        "place": place.place,
        "planned": 0,
        "gives": 0,
        "takes": 0,
        "added_at": now,
    }
    customer_id = store.add_customer(session, values)
    write_contacts(session, customer_id, draft.contacts)
    joined: dict[str, Any] = {"count": 1, "cycle": place.cycle, "standings": {standing.value: 1}}
    if stratum:
        joined["stratum"] = stratum
    ledger.append(session, [LedgerRow(LedgerKind.JOINED, joined, customer_id, uid)], now)
    return person(store.customer_of(session, customer_id))


def customer_values(draft: CustomerDraft) -> dict[str, Any]:
    """The columns a draft fills directly; what it does not say is left out."""
    said = {
        "segment": draft.segment,
        "country": draft.country,
        "zone": draft.zone,
        "birth_day": draft.birth_day,
        "birth_month": draft.birth_month,
        "birth_year": draft.birth_year,
        "owner": draft.owner,
        "hours": draft.hours,
        "spend": draft.spend,
        "joined_on": draft.joined_on,
        "extra": draft.extra or None,
    }
    named = {"name": draft.name, "folded": fold(f"{draft.name} {draft.company or ''}")}
    return named | {column: value for column, value in said.items() if value is not None}


def preferred(contacts: Iterable[ContactDraft], kind: ContactKind) -> str | None:
    """The first contact of that kind that can be used, or the first, as it is dialled or written to."""
    return best([contact for contact in contacts if contact.kind is kind])


def best(mine: Sequence[ContactDraft]) -> str | None:
    """The first of the contacts of one kind that can be used, or the first, as it is dialled or written to."""
    for contact in mine:
        if contact.usable is not Usable.NO:
            return dialled(contact)
    return dialled(mine[0]) if mine else None


def dialled(contact: Any) -> str:
    """A contact as one uses it: a number that could not be checked is used as it was written."""
    return str(contact.original if contact.usable is Usable.UNCHECKED else contact.value)


def write_contacts(session: Session, customer_id: int, contacts: Sequence[ContactDraft]) -> None:
    """Makes these the customer's contacts, kind by kind, and repeats the preferred ones on the customer."""
    for kind in ContactKind:
        mine = [contact for contact in contacts if contact.kind is kind]
        if mine:
            rows = [{"value": one.value, "original": one.original, "usable": one.usable} for one in mine]
            store.replace_contacts(session, customer_id, kind, rows)
            store.change_customer(session, customer_id, {kind.value: preferred(mine, kind)})
