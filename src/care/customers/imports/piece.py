"""Where one piece of a file meets the store: everyone it might mean is looked up at once, each row settled in turn."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.customers.add import customer_values, preferred
from care.customers.customer_input import ContactDraft, CustomerDraft
from care.customers.eligibility import restand
from care.customers.imports.finding import NOBODY, Found, Known
from care.customers.imports.new_rows import NewRows
from care.customers.imports.progress import SAMPLE, Taken
from care.customers.imports.queries import CONTACT, CUSTOMER, MINE, SOURCE_ID, next_ids, rows_of
from care.customers.imports.rows import changed_contacts, is_unchecked, joined, of_kind
from care.customers.imports.unchanged import says_nothing_new
from care.customers.queries import change_customer, replace_contacts
from care.db.bulk import Lookup, binder, insert_rows
from care.db.full_text import index_names_of
from care.db.tables.customer import companies, contacts, customers
from care.db.tables.imports import source_ids
from care.text import fold
from care.words import ContactKind, Standing


class Piece:
    """One piece of a file: everyone it might mean is looked up at once, then each row is settled in turn."""

    def __init__(self, session: Session, whole: Taken, drafts: list[CustomerDraft]) -> None:
        self.session, self.whole, self.drafts = session, whole, drafts
        self.found = Found(session, whole)
        self.met: dict[int, None] = {}
        self.changed: dict[int, None] = {}
        self._bound = binders(session)
        self.new = NewRows(whole, self._bound)
        self.unchanged = self._unchanged()

    def settle(self) -> None:
        """Adds, updates or leaves alone each row's customer."""
        whole, session, changed = self.whole, self.session, self.changed
        rest = [draft for draft, there in zip(self.drafts, self.unchanged, strict=True) if there is None]
        looked_up = iter(self.found.look_up(rest))
        for draft, there in zip(self.drafts, self.unchanged, strict=True):
            if there is None:
                self._settle(*next(looked_up))
            elif there[1] in changed:  # by an earlier row of this piece: the row says something new after all
                self._settle(*self.found.look_up([draft])[0])
            else:
                whole.counts["unchanged"] += 1
                if there[1] not in whole.claims:
                    whole.claims.add(there[1])
                    self._count(_STANDINGS[there[2]], draft.contacts)
        for customer_id, (uid, draft) in self.found.added.items():
            self.new.customer(customer_id, uid, draft, self._company(draft.company))
        write_rows(session, self.new.rows)
        if changed:
            restand(session, list(changed), whole.settings, whole.now, later=whole.moved)
        self._count_known()

    def _unchanged(self) -> Sequence[tuple[Any, ...] | None]:
        """For each row what is stored of its customer, if the row says nothing else; None where that is not so."""
        numbers = {one.external_id for one in self.drafts if one.external_id}
        stored = stored_by_source(self.session, self.whole.source, numbers)
        if not stored:
            return [None] * len(self.drafts)
        contacts, bound = contacts_stored(self.session, {row[1] for row in stored.values()}), self._bound
        found = [stored.get(one.external_id) if one.external_id else None for one in self.drafts]
        return [
            there if there and says_nothing_new(draft, there, contacts[there[1]], bound) else None
            for draft, there in zip(self.drafts, found, strict=True)
        ]

    def _settle(self, draft: CustomerDraft, who: str, uid: str) -> None:
        target = self.found.target(draft, uid)
        if target == NOBODY:
            other = self.found.by_source[draft.external_id or ""]
            self.whole.reject(
                draft.line, f"id {draft.external_id} is somebody else's: customer {other}, of another name"
            )
        elif target is None:
            self._add(draft, who, uid)
        elif self.found.is_merged(target):
            self.whole.counts["unchanged"] += 1  # they are another by now, whom a row of their own keeps up
        elif target in self.found.added:
            self._repeat(target, draft)
        else:
            self._update(target, draft)

    def _add(self, draft: CustomerDraft, who: str, uid: str) -> None:
        if uid in self.found.by_uid:
            uid = self.found.next_uid(who)
        customer_id = self.whole.next_id("customer")
        self.whole.counts["added"] += 1
        self.found.by_uid[uid] = customer_id
        self.found.added[customer_id] = (uid, draft)
        self._number(customer_id, draft)
        self.found.know(customer_id, draft.contacts)
        if len(self.whole.sample) < SAMPLE:
            self.whole.sample.append(draft.name)

    def _number(self, customer_id: int, draft: CustomerDraft) -> bool:
        """Whether the row gives the customer a number, in the file's system or another, that was not known yet."""
        found, new = self.found, []
        if draft.numbers:
            new = [number for number in dict.fromkeys(draft.numbers) if number not in found.by_number]
            found.by_number.update(dict.fromkeys(new, customer_id))
        if draft.external_id and draft.external_id not in found.by_source:
            found.by_source[draft.external_id] = customer_id
            found.numbered.add(customer_id)
            new.append((self.whole.source, draft.external_id))
        for source, external_id in new:
            self.new.number(customer_id, source, external_id)
        return bool(new)

    def _repeat(self, customer_id: int, draft: CustomerDraft) -> None:
        """A second row of the same file for someone the file has just added: what is new in it is kept."""
        uid, before = self.found.added[customer_id]
        both = joined(before, draft)
        self.whole.counts["unchanged" if both == before else "updated"] += 1
        self._number(customer_id, draft)
        self.found.forget(customer_id, before.contacts)
        self.found.added[customer_id] = (uid, both)
        self.found.know(customer_id, both.contacts)

    def _company(self, name: str | None) -> int | None:
        if not name:
            return None
        folded = fold(name)
        if folded not in self.found.companies:
            self.found.companies[folded] = self.new.company(name, folded)
        return self.found.companies[folded]

    def _update(self, customer_id: int, draft: CustomerDraft) -> None:
        known, whole = self.found.known[customer_id], self.whole
        row = known.row
        if customer_id not in self.met and customer_id in whole.claims:
            self._count(row.standing, known.contacts, -1)  # counted with an earlier piece; it is counted anew
        self.met[customer_id] = None
        whole.claims.add(customer_id)
        new = customer_values(draft)
        new["extra"] = {**(row.extra or {}), **draft.extra} or None
        if draft.status is not None and row.left_reason is None:
            new["status"] = draft.status
        if draft.company and fold(draft.company) != fold(row.company or ""):
            new["company_id"] = self._company(draft.company)
        elif draft.company is None:
            new["folded"] = fold(f"{draft.name} {row.company or ''}")
        new = {column: value for column, value in new.items() if getattr(row, column) != value}
        contacts = changed_contacts(known.contacts, draft)
        numbered = self._number(customer_id, draft)
        if not (new or contacts or numbered):
            whole.counts["unchanged"] += 1
            return
        whole.counts["updated"] += 1
        if len(whole.renewed) < SAMPLE:
            whole.renewed.append(draft.name)
        self.changed[customer_id] = None
        self._write_change(customer_id, new, contacts)
        company = draft.company if "company_id" in new else row.company
        now_there = [one for kind in ContactKind for one in contacts.get(kind, of_kind(known.contacts, kind))]
        self.found.forget(customer_id, known.contacts)
        self.found.known[customer_id] = Known(_changed_row(row, new, company), now_there)
        self.found.know(customer_id, now_there)

    def _write_change(
        self, customer_id: int, new: dict[str, Any], contacts: dict[ContactKind, list[ContactDraft]]
    ) -> None:
        session = self.session
        if self.new.rows["company"]:
            write_rows(session, {"company": self.new.rows["company"]})
            self.new.rows["company"] = []
        for kind, mine in contacts.items():
            rows = [{"value": one.value, "original": one.original, "usable": one.usable} for one in mine]
            replace_contacts(session, customer_id, kind, rows)
            new[kind.value] = preferred(mine, kind)
        if contacts:
            self.whole.free = next_ids(session) | {"customer": self.whole.free["customer"]}
        if new:
            change_customer(session, customer_id, new)

    def _count_known(self) -> None:
        moved = rows_of(self.session, self.changed)
        for customer_id in self.met:
            standing = moved.get(customer_id, self.found.known[customer_id].row).standing
            self._count(standing, self.found.known[customer_id].contacts)

    def _count(self, standing: Standing, contacts: Iterable[Any], by: int = 1) -> None:
        self.whole.standings[standing] += by
        self.whole.unchecked += by * (standing is Standing.CALLABLE and is_unchecked(contacts))


def _changed_row(row: Any, new: dict[str, Any], company: str | None) -> SimpleNamespace:
    before = vars(row) if isinstance(row, SimpleNamespace) else row._mapping
    return SimpleNamespace(**{**before, **new, "company": company})


_STANDINGS = {one.value: one for one in Standing}


COLUMNS = {
    "company": ("id", "name", "folded", "added_in"),
    "customer": (
        "id", "uid", "name", "folded", "company_id", "email", "phone", "status", "standing", "stratum", "cycle",
        "place", "planned", "gives", "takes", "added_in", "added_at", "segment", "country", "zone", "birth_day",
        "birth_month", "birth_year", "owner", "hours", "spend", "joined_on", "extra",
    ),
    "contact": ("id", "customer_id", "kind", "value", "original", "usable", "rank", "added_in"),
    "source_id": ("source", "external_id", "customer_id", "added_in"),
}  # fmt: skip
"""What a row of each table an import writes consists of; the rest stays empty."""


_STORED: Lookup[tuple[Any, ...]] = Lookup(
    select(
        SOURCE_ID.external_id, CUSTOMER.id, CUSTOMER.standing, CUSTOMER.folded, CUSTOMER.name,
        companies.c.name.label("company"), CUSTOMER.segment, CUSTOMER.status, CUSTOMER.country, CUSTOMER.zone,
        CUSTOMER.birth_day, CUSTOMER.birth_month, CUSTOMER.birth_year, CUSTOMER.owner, CUSTOMER.hours,
        CUSTOMER.spend, CUSTOMER.joined_on, CUSTOMER.extra,
    )
    .select_from(
        source_ids.join(customers, CUSTOMER.id == SOURCE_ID.customer_id)
        .outerjoin(companies, companies.c.id == CUSTOMER.company_id)
    )
    .where(MINE),
    SOURCE_ID.external_id,
)  # fmt: skip


_CONTACTS: Lookup[tuple[str, str, str, str, int]] = Lookup(
    select(CONTACT.kind, CONTACT.value, CONTACT.original, CONTACT.usable, CONTACT.customer_id).order_by(
        CONTACT.customer_id, CONTACT.kind.desc(), CONTACT.rank, CONTACT.id
    ),
    CONTACT.customer_id,
)


def binders(session: Session) -> dict[str, Callable[[Any], Any]]:
    """What turns values of these columns of a customer into what the driver takes; words are their own text."""
    names = ("joined_on", "added_at", "extra")
    return {name: binder(session.connection().dialect, customers.c[name]) for name in names}


def stored_by_source(session: Session, source: str, external_ids: Collection[str]) -> dict[str, tuple[Any, ...]]:
    """What is stored of the customers with these numbers of that source, by number, to see what a file says anew.

    The number, id, standing, folded, name, company, and what a draft says in its order from the segment on.
    """
    return {row[0]: row for row in _STORED.rows(session, external_ids, source)}


def contacts_stored(session: Session, ids: Collection[int]) -> dict[int, list[tuple[str, ...]]]:
    """The kind, value, original and usability of each contact, phones first, the preferred of each kind first."""
    found: dict[int, list[tuple[str, ...]]] = {customer_id: [] for customer_id in ids}
    for row in _CONTACTS.rows(session, found):
        found[row[4]].append(row[:4])
    return found


def write_rows(session: Session, rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
    """Inserts companies, customers (by rising id), contacts and source ids, each table in one go.

    Each row holds the values of ``COLUMNS`` as the driver takes them. The names follow at once: a later row of the file
    may rename a customer, and only what is there can be replaced.
    """
    for table in (companies, customers, contacts, source_ids):
        if rows.get(table.name):
            insert_rows(session, table, COLUMNS[table.name], rows[table.name])
    if rows.get(customers.name):
        index_names_of(session, rows[customers.name][0][0])
