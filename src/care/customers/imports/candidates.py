"""Whom the rows of a piece mean: everyone who might be meant is looked up at once, and found again row by row."""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from care.customers.customer_input import ContactInput, CustomerInput
from care.customers.identity import identity, uid_of
from care.customers.imports.matching import Candidate, candidate, same_person, shares_anything
from care.customers.imports.progress import ImportProgress
from care.customers.imports.queries import (
    company_ids,
    contacts_of,
    holders_of,
    ids_by_contacts,
    ids_by_numbers,
    ids_by_source,
    ids_by_uid,
    numbered_in,
)
from care.customers.imports.rows import values_of
from care.customers.imports.shared_contacts import MANY_HOLDERS, Holder, SharedContact
from care.customers.queries import customer_rows
from care.customers.records import CustomerRow
from care.db.bulk import VALUES_AT_ONCE
from care.text import fold
from care.words import ContactKind

ID_OF_ANOTHER = -1
"""The row's external id belongs to somebody else."""


class Known(NamedTuple):
    """A customer of the store and their contacts, as they are by now."""

    customer: CustomerRow
    contacts: Sequence[ContactInput]


class Candidates:
    """Everyone the rows of a piece might mean.

    ``known`` are customers of the store, ``added`` those of this piece with their uids. ``by_source`` and ``numbered``
    are about the numbers in the system the file came from, ``by_number`` about those in others.
    """

    def __init__(self, session: Session, progress: ImportProgress) -> None:
        self.session, self.progress = session, progress
        self.by_source: dict[str, int] = {}
        self.by_number: dict[tuple[str, str], int] = {}
        self.by_uid: dict[str, int] = {}
        self.numbered: set[int] = set()
        self.known: dict[int, Known] = {}
        self.added: dict[int, tuple[str, CustomerInput]] = {}
        self.companies: dict[str, int] = {}
        self._by_contact: dict[str, list[int]] = {}
        self._shared_contacts = progress.shared_contacts
        self._free_uids: dict[str, Iterator[str]] = {}
        self._asked: set[str] = set()
        self._candidates: dict[int, Candidate] = {}

    def look_up(self, rows: Sequence[CustomerInput]) -> list[tuple[CustomerInput, str, str]]:
        """Gets everyone from the store whom these rows might mean; each row with its identity and uid.

        What earlier rows of the piece have changed stays so.
        """
        key = self.progress.key
        identified = [(row, who := identity(row), uid_of(key, who)) for row in rows]
        if not rows:
            return identified
        session, source = self.session, self.progress.source
        found = ids_by_source(session, source, {row.external_id for row in rows if row.external_id})
        self.by_source.update(found)
        numbers = ids_by_numbers(session, {number for row in rows for number in row.numbers})
        self.by_number.update(numbers)
        ids = {*found.values(), *numbers.values(), *self._look_up_contacts(rows)}
        uids = ids_by_uid(session, {uid for _, _, uid in identified})
        self.by_uid.update(uids)
        ids.update(uids.values())
        self._load(ids)
        self.companies.update(company_ids(session, {fold(row.company) for row in rows if row.company}))
        return identified

    def target(self, row: CustomerInput, uid: str) -> int | None:
        """The customer the row means, None for somebody new, or ``ID_OF_ANOTHER``.

        The number in the file's own system decides, then one in another system, then an e-mail address or a phone
        number, and name and company where the row says nothing else. Whoever was merged into another is still meant by
        what they were imported as: ``is_merged`` says so.
        """
        if uid in self.by_uid and self.is_merged(self.by_uid[uid]):
            return self.by_uid[uid]
        if self._is_unheard_of(row):
            return None
        emails, phones = values_of(row.contacts, ContactKind.EMAIL), values_of(row.contacts, ContactKind.PHONE)
        name = fold(row.name)
        if row.external_id and row.external_id in self.by_source:
            return self._by_external_id(self.by_source[row.external_id], name, emails, phones)
        elsewhere = self._by_other_numbers(row, name, emails, phones)
        if elsewhere is not None:
            return elsewhere
        by_email, by_phone = self._sharing(emails, name, row), self._sharing(phones, name, row)
        customer_id = same_person(name, emails, by_email, by_phone, self.progress.claims.__contains__)
        if customer_id is not None or row.contacts or row.external_id:
            return customer_id
        return self.by_uid.get(uid)

    def _is_unheard_of(self, row: CustomerInput) -> bool:
        """Whether nothing of the row was ever said, as with most who are new."""
        if row.external_id in self.by_source or row.numbers or not row.contacts:
            return False
        for contact in row.contacts:
            if contact.value in self._by_contact or contact.value in self._shared_contacts:
                return False
        return True

    def _by_external_id(self, customer_id: int, name: str, emails: Iterable[str], phones: Iterable[str]) -> int:
        """The customer who has the row's number in the file's own system, or ``ID_OF_ANOTHER``."""
        if self.is_merged(customer_id):
            return customer_id
        holder = self._candidate(customer_id)
        # Between two files people are renamed; within one, a number under two names is two people.
        met = customer_id in self.progress.claims
        same = holder.name == name if met else shares_anything(holder, name, emails, phones)
        return customer_id if same else ID_OF_ANOTHER

    def is_merged(self, customer_id: int) -> bool:
        """Whether a customer of the store went into another."""
        return customer_id in self.known and self.known[customer_id].customer.merged_into is not None

    def next_uid(self, who: str) -> str:
        """The uid with the lowest running number that nobody of this identity carries yet."""
        if who not in self._free_uids:
            self._free_uids[who] = self._uids(who)
        return next(self._free_uids[who])

    def know(self, customer_id: int, contacts: Iterable[ContactInput]) -> None:
        """Lets later rows find a customer by what an earlier row said."""
        shared, by_contact = self._shared_contacts, self._by_contact
        for contact in contacts:
            value = contact.value
            if value in shared:
                shared[value].add(customer_id, self._candidate(customer_id).name, customer_id in self.numbered)
            elif value not in by_contact:
                by_contact[value] = [customer_id]
            else:
                self._hold(value, customer_id)
                if len(by_contact[value]) > 1:
                    self.progress.shared.add(value)
                if len(by_contact[value]) > MANY_HOLDERS and value in self._asked:
                    self._gather(value)

    def forget(self, customer_id: int, contacts: Iterable[ContactInput]) -> None:
        """Forgets what was known of a customer who is about to change."""
        for contact in contacts:
            if contact.value in self._shared_contacts:
                self._shared_contacts[contact.value].remove(customer_id, self._candidate(customer_id).name)
        self._candidates.pop(customer_id, None)

    def _look_up_contacts(self, rows: Sequence[CustomerInput]) -> Iterator[int]:
        values = {contact.value for row in rows for contact in row.contacts}
        values.difference_update(self._shared_contacts)
        self._asked |= values
        for value, holders in ids_by_contacts(self.session, values).items():
            if len(holders) > MANY_HOLDERS:
                self._gather(value)
                continue
            for customer_id in holders:
                self._hold(value, customer_id)
            yield from holders
        if self._shared_contacts:
            for row in rows:
                name = fold(row.name)
                for contact in row.contacts:
                    if contact.value in self._shared_contacts:
                        yield from self._who_decide(contact.value, name, row)

    def _uids(self, who: str) -> Iterator[str]:
        """The free uids of an identity. Many may share it, so more are asked for each time."""
        running, tries = self.progress.running_numbers.get(who, 1), 4
        while True:
            uids = {uid_of(self.progress.key, who, n): n for n in range(running + 1, running + 1 + tries)}
            self.by_uid.update(ids_by_uid(self.session, uids))
            for uid, number in uids.items():
                if uid not in self.by_uid:
                    if number > MANY_HOLDERS:
                        self.progress.running_numbers[who] = number  # what is taken stays so until the end
                    yield uid
            running, tries = running + tries, min(4 * tries, VALUES_AT_ONCE)

    def _load(self, ids: Iterable[int]) -> None:
        missing = {one for one in ids if one not in self.known and one not in self.added}
        if not missing:
            return
        self.numbered.update(numbered_in(self.session, self.progress.source, missing))
        contacts = contacts_of(self.session, missing)
        for customer_id, customer in customer_rows(self.session, missing).items():
            self.known[customer_id] = Known(customer, contacts.get(customer_id, []))

    def _candidate(self, customer_id: int) -> Candidate:
        """The customer as someone a row might mean; few rows ask, so it is made when the first one does."""
        made = self._candidates.get(customer_id)
        if made is None:
            if customer_id in self.added:
                row = self.added[customer_id][1]
                made = candidate(customer_id, row.name, row.contacts)
            else:
                known = self.known[customer_id]
                made = candidate(customer_id, known.customer.name, known.contacts)
            self._candidates[customer_id] = made
        return made

    def _by_other_numbers(
        self, row: CustomerInput, name: str, emails: Iterable[str], phones: Iterable[str]
    ) -> int | None:
        """Whom a number the row has in another system belongs to, if it can be them."""
        for number in row.numbers:
            holder = self.by_number.get(number)
            if holder is None or holder in self.progress.claims or holder in self.numbered:
                continue
            if self.is_merged(holder) or shares_anything(self._candidate(holder), name, emails, phones):
                return holder
        return None

    def _sharing(self, values: list[str], name: str, row: CustomerInput) -> list[Candidate]:
        if self._shared_contacts and not self._shared_contacts.keys().isdisjoint(values):
            deciding = [self._who_decide(v, name, row) if v in self._shared_contacts else self._held(v) for v in values]
            ids = dict.fromkeys(i for some in deciding for i in some)
            self._load(ids)
        else:
            ids = dict.fromkeys(i for value in values for i in self._held(value))
        # Someone who has another number in the system the file came from is somebody else there, and so here.
        return [self._candidate(i) for i in ids if not (row.external_id and i in self.numbered)]

    def _held(self, value: str) -> Iterable[int]:
        return self._by_contact.get(value, ())

    def _hold(self, value: str, customer_id: int) -> None:
        mine = self._by_contact.get(value)
        if mine is None:
            self._by_contact[value] = [customer_id]
        elif mine[-1] < customer_id:
            mine.append(customer_id)
        elif customer_id not in mine:
            insort(mine, customer_id)

    def _gather(self, value: str) -> None:
        """Keeps apart all who have an address or a number: those of the store, then those of this piece."""
        holders = SharedContact(
            Holder(ref, fold(name), has_email, is_numbered or ref in self.numbered)
            for ref, name, has_email, is_numbered in holders_of(self.session, self.progress.source, value)
        )
        for ref in self._by_contact.pop(value, ()):
            if ref in self.added:
                holders.add(ref, self._candidate(ref).name, ref in self.numbered)
        self._shared_contacts[value] = holders

    def _who_decide(self, value: str, name: str, row: CustomerInput) -> list[int]:
        beside_email = "@" not in value and any(contact.kind is ContactKind.EMAIL for contact in row.contacts)
        return self._shared_contacts[value].who_decide(
            name,
            unnumbered=bool(row.external_id),
            without_email=beside_email,
            is_claimed=self.progress.claims.__contains__,
        )
