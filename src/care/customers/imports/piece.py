"""One piece of a file: its rows are added, update somebody, or change nothing."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.customers.add import customer_values
from care.customers.contacts import preferred
from care.customers.customer_input import COPIED, ContactInput, CustomerInput
from care.customers.eligibility import refresh_eligibility
from care.customers.imports.candidates import ID_OF_ANOTHER, Candidates, Known
from care.customers.imports.new_rows import NewRows
from care.customers.imports.progress import SAMPLE, ImportProgress
from care.customers.imports.queries import CONTACT, CUSTOMER, MINE, SOURCE_ID, next_ids
from care.customers.imports.rows import changed_contacts, is_unchecked, joined, of_kind
from care.customers.imports.unchanged import SAID, says_nothing_new
from care.customers.queries import change_customer, customer_rows, replace_contacts
from care.customers.records import CustomerRow
from care.db.bulk import Lookup, binder, insert_rows
from care.db.full_text import index_names_of
from care.db.tables.customer import companies, contacts, customers
from care.db.tables.imports import source_ids
from care.text import fold
from care.words import ContactKind, Standing


class Piece:
    """One piece of a file: everyone it might mean is looked up at once, then each row is settled in turn."""

    def __init__(self, session: Session, progress: ImportProgress, rows: list[CustomerInput]) -> None:
        self.session, self.progress, self.rows = session, progress, rows
        self.candidates = Candidates(session, progress)
        self.met: dict[int, None] = {}
        self.changed: dict[int, None] = {}
        self._bound = binders(session)
        self.new = NewRows(progress, self._bound)
        self.unchanged = self._unchanged()

    def settle(self) -> None:
        """Adds, updates or leaves alone each row's customer."""
        progress, session, changed = self.progress, self.session, self.changed
        rest = [row for row, stored in zip(self.rows, self.unchanged, strict=True) if stored is None]
        looked_up = iter(self.candidates.look_up(rest))
        for row, stored in zip(self.rows, self.unchanged, strict=True):
            if stored is None:
                self._settle(*next(looked_up))
            elif stored[1] in changed:  # by an earlier row of this piece: the row says something new after all
                self._settle(*self.candidates.look_up([row])[0])
            else:
                progress.counts["unchanged"] += 1
                if stored[1] not in progress.claims:
                    progress.claims.add(stored[1])
                    self._count(_STANDINGS[stored[2]], row.contacts)
        for customer_id, (uid, row) in self.candidates.added.items():
            self.new.customer(customer_id, uid, row, self._company(row.company))
        write_rows(session, self.new.rows)
        if changed:
            refresh_eligibility(session, list(changed), progress.settings, progress.now, later=progress.moved)
        self._count_known()

    def _unchanged(self) -> Sequence[tuple[Any, ...] | None]:
        """For each row what is stored of its customer, if the row says nothing else; None where that is not so."""
        numbers = {row.external_id for row in self.rows if row.external_id}
        by_number = stored_by_source(self.session, self.progress.source, numbers)
        if not by_number:
            return [None] * len(self.rows)
        contacts, bound = contacts_stored(self.session, {stored[1] for stored in by_number.values()}), self._bound
        found = [by_number.get(row.external_id) if row.external_id else None for row in self.rows]
        return [
            stored if stored and says_nothing_new(row, stored, contacts[stored[1]], bound) else None
            for row, stored in zip(self.rows, found, strict=True)
        ]

    def _settle(self, row: CustomerInput, who: str, uid: str) -> None:
        target = self.candidates.target(row, uid)
        if target == ID_OF_ANOTHER:
            other = self.candidates.by_source[row.external_id or ""]
            self.progress.reject(
                row.line, f"id {row.external_id} is somebody else's: customer {other}, of another name"
            )
        elif target is None:
            self._add(row, who, uid)
        elif self.candidates.is_merged(target):
            self.progress.counts["unchanged"] += 1  # they are another by now, whom a row of their own keeps up
        elif target in self.candidates.added:
            self._repeat(target, row)
        else:
            self._update(target, row)

    def _add(self, row: CustomerInput, who: str, uid: str) -> None:
        if uid in self.candidates.by_uid:
            uid = self.candidates.next_uid(who)
        customer_id = self.progress.next_id("customer")
        self.progress.counts["added"] += 1
        self.candidates.by_uid[uid] = customer_id
        self.candidates.added[customer_id] = (uid, row)
        self._number(customer_id, row)
        self.candidates.know(customer_id, row.contacts)
        if len(self.progress.sample) < SAMPLE:
            self.progress.sample.append(row.name)

    def _number(self, customer_id: int, row: CustomerInput) -> bool:
        """Whether the row gives the customer a number, in the file's system or another, that was not known yet."""
        candidates, new = self.candidates, []
        if row.numbers:
            new = [number for number in dict.fromkeys(row.numbers) if number not in candidates.by_number]
            candidates.by_number.update(dict.fromkeys(new, customer_id))
        if row.external_id and row.external_id not in candidates.by_source:
            candidates.by_source[row.external_id] = customer_id
            candidates.numbered.add(customer_id)
            new.append((self.progress.source, row.external_id))
        for source, external_id in new:
            self.new.number(customer_id, source, external_id)
        return bool(new)

    def _repeat(self, customer_id: int, row: CustomerInput) -> None:
        """A second row of the same file for someone the file has just added: what is new in it is kept."""
        uid, before = self.candidates.added[customer_id]
        both = joined(before, row)
        self.progress.counts["unchanged" if both == before else "updated"] += 1
        self._number(customer_id, row)
        self.candidates.forget(customer_id, before.contacts)
        self.candidates.added[customer_id] = (uid, both)
        self.candidates.know(customer_id, both.contacts)

    def _company(self, name: str | None) -> int | None:
        if not name:
            return None
        folded = fold(name)
        if folded not in self.candidates.companies:
            self.candidates.companies[folded] = self.new.company(name, folded)
        return self.candidates.companies[folded]

    def _update(self, customer_id: int, row: CustomerInput) -> None:
        known, progress = self.candidates.known[customer_id], self.progress
        customer = known.customer
        if customer_id not in self.met and customer_id in progress.claims:
            self._count(customer.standing, known.contacts, -1)  # counted with an earlier piece; it is counted anew
        self.met[customer_id] = None
        progress.claims.add(customer_id)
        new = self._changed_columns(customer, row)
        contacts = changed_contacts(known.contacts, row)
        numbered = self._number(customer_id, row)
        if not (new or contacts or numbered):
            progress.counts["unchanged"] += 1
            return
        progress.counts["updated"] += 1
        if len(progress.updated_sample) < SAMPLE:
            progress.updated_sample.append(row.name)
        self.changed[customer_id] = None
        self._write_change(customer_id, new, contacts)
        company = row.company if "company_id" in new else customer.company
        both = [one for kind in ContactKind for one in contacts.get(kind, of_kind(known.contacts, kind))]
        self.candidates.forget(customer_id, known.contacts)
        self.candidates.known[customer_id] = Known(customer._replace(**new, company=company), both)
        self.candidates.know(customer_id, both)

    def _changed_columns(self, customer: CustomerRow, row: CustomerInput) -> dict[str, Any]:
        """The columns of a customer that the row changes."""
        new = customer_values(row)
        new["extra"] = {**(customer.extra or {}), **row.extra} or None
        if row.status is not None and customer.left_reason is None:
            new["status"] = row.status
        if row.company and fold(row.company) != fold(customer.company or ""):
            new["company_id"] = self._company(row.company)
        elif row.company is None:
            new["folded"] = fold(f"{row.name} {customer.company or ''}")
        return {column: value for column, value in new.items() if getattr(customer, column) != value}

    def _write_change(
        self, customer_id: int, new: dict[str, Any], contacts: dict[ContactKind, list[ContactInput]]
    ) -> None:
        session = self.session
        if self.new.rows["company"]:
            write_rows(session, {"company": self.new.rows["company"]})
            self.new.rows["company"] = []
        for kind, some in contacts.items():
            replace_contacts(session, customer_id, kind, some)
            new[kind.value] = preferred(some, kind)
        if contacts:
            self.progress.free = next_ids(session) | {"customer": self.progress.free["customer"]}
        if new:
            change_customer(session, customer_id, new)

    def _count_known(self) -> None:
        moved = customer_rows(self.session, self.changed)
        for customer_id in self.met:
            known = self.candidates.known[customer_id]
            self._count(moved.get(customer_id, known.customer).standing, known.contacts)

    def _count(self, standing: Standing, contacts: Iterable[ContactInput], by: int = 1) -> None:
        self.progress.standings[standing] += by
        self.progress.unchecked += by * (standing is Standing.CALLABLE and is_unchecked(contacts))


_STANDINGS = {one.value: one for one in Standing}


COLUMNS = {
    "company": ("id", "name", "folded", "added_in"),
    "customer": (
        "id", "uid", "name", "folded", "company_id", "email", "phone", "status", "standing", "stratum", "cycle",
        "place", "planned", "gives", "takes", "added_in", "added_at", *COPIED, "joined_on", "extra",
    ),
    "contact": ("id", "customer_id", "kind", "value", "original", "usable", "rank", "added_in"),
    "source_id": ("source", "external_id", "customer_id", "added_in"),
}  # fmt: skip
"""What a row of each table an import writes consists of; the rest stays empty."""


_STORED: Lookup[tuple[Any, ...]] = Lookup(
    select(
        SOURCE_ID.external_id, CUSTOMER.id, CUSTOMER.standing, CUSTOMER.folded, CUSTOMER.name,
        companies.c.name.label("company"), *(CUSTOMER[name] for name in CustomerInput._fields[SAID]),
        CUSTOMER.joined_on, CUSTOMER.extra,
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

    The number, id, standing, folded, name, company, and what a ``CustomerInput`` holds from the status on.
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
