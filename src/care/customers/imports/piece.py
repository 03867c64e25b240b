"""One piece of a file: its rows are added, update somebody, or change nothing."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from care.customers.add import customer_values
from care.customers.contacts import preferred
from care.customers.customer_input import ContactInput, CustomerInput
from care.customers.eligibility import refresh_eligibility
from care.customers.imports.candidates import ID_OF_ANOTHER, Candidates, Known
from care.customers.imports.new_rows import NewRows
from care.customers.imports.progress import SAMPLE, ImportProgress
from care.customers.imports.queries import next_ids
from care.customers.imports.rows import changed_contacts, is_unchecked, joined, of_kind
from care.customers.imports.stored import binders, contacts_stored, stored_by_source, write_rows
from care.customers.imports.unchanged import StoredCustomer, says_nothing_new
from care.customers.queries import change_customer, customer_rows, replace_contacts
from care.customers.records import CustomerRow
from care.text import fold
from care.words import ContactKind, Eligibility


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
            elif stored.id in changed:  # by an earlier row of this piece: the row says something new after all
                self._settle(*self.candidates.look_up([row])[0])
            else:
                progress.counts["unchanged"] += 1
                if stored.id not in progress.claims:
                    progress.claims.add(stored.id)
                    self._count(_STANDINGS[stored.standing], row.contacts)
        for customer_id, (uid, row) in self.candidates.added.items():
            self.new.customer(customer_id, uid, row, self._company(row.company))
        write_rows(session, self.new.rows)
        if changed:
            refresh_eligibility(session, list(changed), progress.settings, progress.now, later=progress.moved)
        self._count_known()

    def _unchanged(self) -> Sequence[StoredCustomer | None]:
        """For each row what is stored of its customer, if the row says nothing else; None where that is not so."""
        numbers = {row.external_id for row in self.rows if row.external_id}
        by_number = stored_by_source(self.session, self.progress.source, numbers)
        if not by_number:
            return [None] * len(self.rows)
        contacts, bound = contacts_stored(self.session, {stored.id for stored in by_number.values()}), self._bound
        found = [by_number.get(row.external_id) if row.external_id else None for row in self.rows]
        return [
            stored if stored and says_nothing_new(row, stored, contacts[stored.id], bound) else None
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

    def _count(self, standing: Eligibility, contacts: Iterable[ContactInput], by: int = 1) -> None:
        self.progress.standings[standing] += by
        self.progress.unchecked += by * (standing is Eligibility.CALLABLE and is_unchecked(contacts))


_STANDINGS = {one.value: one for one in Eligibility}
