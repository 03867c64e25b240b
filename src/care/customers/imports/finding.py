"""Whom the rows of a piece mean: everyone who might be meant is looked up at once, and found again row by row."""

from bisect import insort
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from care.customers.customer_input import CustomerDraft
from care.customers.identity import identity, uid_of
from care.customers.imports.matching import Candidate, same_person, shares_anything
from care.customers.imports.progress import Taken
from care.customers.imports.queries import CONTACT, CUSTOMER, MINE, SOURCE_ID, rows_of
from care.customers.imports.rows import candidate, values_of
from care.customers.imports.shared_contacts import CROWD, Crowd, Holder
from care.db.bulk import VALUES_AT_ONCE, Lookup, parts
from care.db.tables.customer import companies, contacts
from care.text import fold
from care.words import ContactKind

NOBODY = -1
"""The row's external id belongs to somebody else."""


class Known(NamedTuple):
    """A customer of the store and their contacts, as they are by now."""

    row: Any
    contacts: list[Any]


class Found:
    """Everyone the rows of a piece might mean.

    ``known`` are customers of the store, ``added`` those of this piece with their uids. ``by_source`` and ``numbered``
    are about the numbers in the system the file came from, ``by_number`` about those in others.
    """

    def __init__(self, session: Session, whole: Taken) -> None:
        self.session, self.whole = session, whole
        self.by_source: dict[str, int] = {}
        self.by_number: dict[tuple[str, str], int] = {}
        self.by_uid: dict[str, int] = {}
        self.numbered: set[int] = set()
        self.known: dict[int, Known] = {}
        self.added: dict[int, tuple[str, CustomerDraft]] = {}
        self.companies: dict[str, int] = {}
        self._by_contact: dict[str, list[int]] = {}
        self._crowds = whole.crowds
        self._free_uids: dict[str, Iterator[str]] = {}
        self._asked: set[str] = set()
        self._candidates: dict[int, Candidate] = {}

    def look_up(self, drafts: list[CustomerDraft]) -> list[tuple[CustomerDraft, str, str]]:
        """Gets everyone from the store whom these rows might mean; each row with its identity and uid.

        What earlier rows of the piece have changed stays so.
        """
        key = self.whole.key
        rows = [(one, who := identity(one), uid_of(key, who)) for one in drafts]
        if not rows:
            return rows
        session, source = self.session, self.whole.source
        found = ids_by_source(session, source, {one.external_id for one in drafts if one.external_id})
        self.by_source.update(found)
        numbers = ids_by_numbers(session, {number for one in drafts for number in one.numbers})
        self.by_number.update(numbers)
        ids = {*found.values(), *numbers.values(), *self._look_up_contacts(drafts)}
        uids = ids_by_uid(session, {uid for _, _, uid in rows})
        self.by_uid.update(uids)
        ids.update(uids.values())
        self._load(ids)
        self.companies.update(company_ids(session, {fold(one.company) for one in drafts if one.company}))
        return rows

    def target(self, draft: CustomerDraft, uid: str) -> int | None:
        """The customer the row means, None for somebody new, or ``NOBODY``.

        Whoever was merged into another is still meant by what they were imported as: ``is_merged`` says so.
        """
        if uid in self.by_uid and self.is_merged(self.by_uid[uid]):
            return self.by_uid[uid]
        if draft.external_id not in self.by_source and draft.contacts and not draft.numbers:
            for contact in draft.contacts:
                if contact.value in self._by_contact or contact.value in self._crowds:
                    break
            else:
                return None  # so it is with most who are new: nothing of it was ever said
        emails, phones = values_of(draft.contacts, ContactKind.EMAIL), values_of(draft.contacts, ContactKind.PHONE)
        name = fold(draft.name)
        if draft.external_id and draft.external_id in self.by_source:
            numbered = self.by_source[draft.external_id]
            if self.is_merged(numbered):
                return numbered
            holder = self._candidate(numbered)
            # Between two files people are renamed; within one, a number under two names is two people.
            met = numbered in self.whole.claims
            same = holder.name == name if met else shares_anything(holder, name, emails, phones)
            return numbered if same else NOBODY
        elsewhere = self._numbered_elsewhere(draft, name, emails, phones)
        if elsewhere is not None:
            return elsewhere
        by_email = self._sharing(emails, name, draft)
        by_phone = self._sharing(phones, name, draft)
        found = same_person(name, emails, by_email, by_phone, self.whole.claims.__contains__)
        if found is not None or draft.contacts or draft.external_id:
            return found
        return self.by_uid.get(uid)

    def is_merged(self, customer_id: int) -> bool:
        """Whether a customer of the store went into another."""
        return customer_id in self.known and self.known[customer_id].row.merged_into is not None

    def next_uid(self, who: str) -> str:
        """The uid with the lowest running number that nobody of this identity carries yet."""
        if who not in self._free_uids:
            self._free_uids[who] = self._uids(who)
        return next(self._free_uids[who])

    def know(self, customer_id: int, contacts: Iterable[Any]) -> None:
        """Lets later rows find a customer by what an earlier row said."""
        crowds, by_contact = self._crowds, self._by_contact
        for contact in contacts:
            value = contact.value
            if value in crowds:
                crowds[value].add(customer_id, self._candidate(customer_id).name, customer_id in self.numbered)
            elif value not in by_contact:
                by_contact[value] = [customer_id]
            else:
                self._hold(value, customer_id)
                if len(by_contact[value]) > 1:
                    self.whole.shared.add(value)
                if len(by_contact[value]) > CROWD and value in self._asked:
                    self._gather(value)

    def forget(self, customer_id: int, contacts: Iterable[Any]) -> None:
        """Forgets what was known of a customer who is about to change."""
        for contact in contacts:
            if contact.value in self._crowds:
                self._crowds[contact.value].remove(customer_id, self._candidate(customer_id).name)
        self._candidates.pop(customer_id, None)

    def _look_up_contacts(self, drafts: list[CustomerDraft]) -> Iterator[int]:
        values = {contact.value for one in drafts for contact in one.contacts}
        values.difference_update(self._crowds)
        self._asked |= values
        for value, holders in ids_by_contacts(self.session, values).items():
            if len(holders) > CROWD:
                self._gather(value)
                continue
            for customer_id in holders:
                self._hold(value, customer_id)
            yield from holders
        if self._crowds:
            for one in drafts:
                name = fold(one.name)
                for contact in one.contacts:
                    if contact.value in self._crowds:
                        yield from self._who_decide(contact.value, name, one)

    def _uids(self, who: str) -> Iterator[str]:
        """The free uids of an identity. Many may share it, so more are asked for each time."""
        running, tries = self.whole.running.get(who, 1), 4
        while True:
            uids = {uid_of(self.whole.key, who, n): n for n in range(running + 1, running + 1 + tries)}
            self.by_uid.update(ids_by_uid(self.session, uids))
            for uid, number in uids.items():
                if uid not in self.by_uid:
                    if number > CROWD:
                        self.whole.running[who] = number  # what is taken stays so until the end
                    yield uid
            running, tries = running + tries, min(4 * tries, VALUES_AT_ONCE)

    def _load(self, ids: Iterable[int]) -> None:
        missing = {one for one in ids if one not in self.known and one not in self.added}
        if not missing:
            return
        self.numbered.update(numbered_in(self.session, self.whole.source, missing))
        contacts = contacts_of(self.session, missing)
        for customer_id, row in rows_of(self.session, missing).items():
            self.known[customer_id] = Known(row, contacts.get(customer_id, []))

    def _candidate(self, customer_id: int) -> Candidate:
        """The customer as someone a row might mean; few rows ask, so it is made when the first one does."""
        made = self._candidates.get(customer_id)
        if made is None:
            if customer_id in self.added:
                draft = self.added[customer_id][1]
                made = candidate(customer_id, draft.name, draft.contacts)
            else:
                known = self.known[customer_id]
                made = candidate(customer_id, known.row.name, known.contacts)
            self._candidates[customer_id] = made
        return made

    def _numbered_elsewhere(
        self, draft: CustomerDraft, name: str, emails: Iterable[str], phones: Iterable[str]
    ) -> int | None:
        """Whom a number the row has in another system belongs to, if it can be them."""
        for number in draft.numbers:
            holder = self.by_number.get(number)
            if holder is None or holder in self.whole.claims or holder in self.numbered:
                continue
            if self.is_merged(holder) or shares_anything(self._candidate(holder), name, emails, phones):
                return holder
        return None

    def _sharing(self, values: list[str], name: str, draft: CustomerDraft) -> list[Candidate]:
        if self._crowds and not self._crowds.keys().isdisjoint(values):
            deciding = [self._who_decide(v, name, draft) if v in self._crowds else self._held(v) for v in values]
            ids = dict.fromkeys(i for some in deciding for i in some)
            self._load(ids)
        else:
            ids = dict.fromkeys(i for value in values for i in self._held(value))
        # Someone who has another number in the system the file came from is somebody else there, and so here.
        return [self._candidate(i) for i in ids if not (draft.external_id and i in self.numbered)]

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
        """Makes a crowd of all who have an address or a number: those of the store, then those of this piece."""
        crowd = Crowd(
            Holder(ref, fold(name), has_email, is_numbered or ref in self.numbered)
            for ref, name, has_email, is_numbered in holders_of(self.session, self.whole.source, value)
        )
        for ref in self._by_contact.pop(value, ()):
            if ref in self.added:
                crowd.add(ref, self._candidate(ref).name, ref in self.numbered)
        self._crowds[value] = crowd

    def _who_decide(self, value: str, name: str, draft: CustomerDraft) -> list[int]:
        beside_email = "@" not in value and any(one.kind is ContactKind.EMAIL for one in draft.contacts)
        return self._crowds[value].who_decide(
            name,
            unnumbered=bool(draft.external_id),
            without_email=beside_email,
            is_claimed=self.whole.claims.__contains__,
        )


OWN = "care"
"""The source of what care exported itself."""


_MAIL = contacts.alias("mail")


_BY_SOURCE: Lookup[tuple[str, int]] = Lookup(
    select(SOURCE_ID.external_id, SOURCE_ID.customer_id).where(MINE), SOURCE_ID.external_id
)


_NUMBERED: Lookup[tuple[int]] = Lookup(select(SOURCE_ID.customer_id).where(MINE), SOURCE_ID.customer_id)


_BY_CONTACT: Lookup[tuple[str, int]] = Lookup(
    select(CONTACT.value, CONTACT.customer_id).order_by(CONTACT.customer_id), CONTACT.value
)


_BY_UID: Lookup[tuple[str, int]] = Lookup(select(CUSTOMER.uid, CUSTOMER.id), CUSTOMER.uid)


_COMPANIES: Lookup[tuple[str, int]] = Lookup(select(companies.c.folded, companies.c.id), companies.c.folded)


def ids_by_source(session: Session, source: str, external_ids: Collection[str]) -> dict[str, int]:
    """Which customers these numbers of that source are; in a file of care that is their uid, here or there."""
    found: dict[str, int] = dict(_BY_SOURCE.rows(session, external_ids, source))
    return found | ids_by_uid(session, external_ids) if source == OWN else found


def ids_by_numbers(session: Session, numbers: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Which customers these (source, number) are."""
    by_source: dict[str, list[str]] = {}
    for source, external_id in numbers:
        by_source.setdefault(source, []).append(external_id)
    return {
        (source, external_id): customer_id
        for source, ids in by_source.items()
        for external_id, customer_id in ids_by_source(session, source, ids).items()
    }


def numbered_in(session: Session, source: str, ids: Collection[int]) -> set[int]:
    """Those of these customers who have a number in that source."""
    return {customer_id for (customer_id,) in _NUMBERED.rows(session, ids, source)}


def ids_by_contacts(session: Session, values: Collection[str]) -> dict[str, list[int]]:
    """Who has these addresses and numbers, in order of id."""
    found: dict[str, list[int]] = {}
    for value, customer_id in _BY_CONTACT.rows(session, values):
        mine = found.get(value)
        if mine is None:
            found[value] = [customer_id]
        elif mine[-1] != customer_id:  # someone may have it twice
            mine.append(customer_id)
    return found


def holders_of(session: Session, source: str, value: str) -> Iterator[tuple[int, str, bool, bool]]:
    """Everyone with that address or number, by rising id: name, whether they have an e-mail address, and whether a
    number in that source.
    """
    email = exists().where(_MAIL.c.customer_id == CUSTOMER.id, _MAIL.c.kind == ContactKind.EMAIL)
    numbered = exists().where(SOURCE_ID.customer_id == CUSTOMER.id, SOURCE_ID.source == source)
    holds = CUSTOMER.id.in_(select(CONTACT.customer_id).where(CONTACT.value == value))
    for row in session.execute(select(CUSTOMER.id, CUSTOMER.name, email, numbered).where(holds).order_by(CUSTOMER.id)):
        yield row[0], row[1], bool(row[2]), bool(row[3])


def ids_by_uid(session: Session, uids: Collection[str]) -> dict[str, int]:
    """Who carries these uids."""
    return dict(_BY_UID.rows(session, uids))


def contacts_of(session: Session, ids: Iterable[int]) -> dict[int, list[Any]]:
    """The contacts of these customers, the preferred first."""
    chosen = select(contacts).order_by(contacts.c.customer_id, contacts.c.rank, contacts.c.id)
    found: dict[int, list[Any]] = {}
    for part in parts(ids):
        for row in session.execute(chosen.where(contacts.c.customer_id.in_(part))):
            found.setdefault(row.customer_id, []).append(row)
    return found


def company_ids(session: Session, folded: Collection[str]) -> dict[str, int]:
    """The ids of these companies, by folded name."""
    return dict(_COMPANIES.rows(session, folded))
