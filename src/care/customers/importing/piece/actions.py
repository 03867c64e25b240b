"""Where one piece of a file meets the store: everyone it might mean is looked up at once, each row settled in turn."""

from bisect import insort
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from care.customers.actions import customer_values, preferred, restand
from care.customers.drafts import ContactDraft, CustomerDraft
from care.customers.identity import identity, uid_of
from care.customers.importing.matching import Candidate, same_person, shares_anything
from care.customers.importing.new_rows import NewRows
from care.customers.importing.rows import candidate, changed_contacts, is_unchecked, joined, of_kind, values_of
from care.customers.importing.taken import SAMPLE, Taken
from care.customers.importing.unchanged import says_nothing_new
from care.store import customers as store_customers
from care.store import imports
from care.text import fold
from care.words import ContactKind, Standing


class _Known(NamedTuple):
    row: Any
    contacts: list[Any]


class Piece:
    """One piece of a file: everyone it might mean is looked up at once, then each row is settled in turn."""

    def __init__(self, session: Session, whole: Taken, drafts: list[CustomerDraft]) -> None:
        self.session, self.whole, self.drafts = session, whole, drafts
        self.by_source: dict[str, int] = {}
        self.by_contact: dict[str, list[int]] = {}
        self.by_uid: dict[str, int] = {}
        self.numbered: set[int] = set()
        self.known: dict[int, _Known] = {}
        self.companies: dict[str, int] = {}
        self.added: dict[int, tuple[str, CustomerDraft]] = {}
        self.met: dict[int, None] = {}
        self.changed: dict[int, None] = {}
        self._candidates: dict[int, Candidate] = {}
        self._bound = imports.binders(session)
        self.new = NewRows(whole, self._bound)
        self.unchanged = self._unchanged()
        self.looked_up = self._look_up(
            [one for one, there in zip(drafts, self.unchanged, strict=True) if there is None]
        )

    def settle(self) -> None:
        """Adds, updates or leaves alone each row's customer."""
        whole, session, changed = self.whole, self.session, self.changed
        looked_up = iter(self.looked_up)
        for draft, there in zip(self.drafts, self.unchanged, strict=True):
            if there is None:
                self._settle(*next(looked_up))
            elif there[1] in changed:  # by an earlier row of this piece: the row says something new after all
                self._settle(*self._look_up([draft])[0])
            else:
                whole.counts["unchanged"] += 1
                if there[1] not in whole.claims:
                    whole.claims.add(there[1])
                    self._count(_STANDINGS[there[2]], draft.contacts)
        for customer_id, (uid, draft) in self.added.items():
            self.new.customer(customer_id, uid, draft, self._company(draft.company))
        imports.write_rows(session, self.new.rows)
        if changed:
            restand(session, list(changed), whole.settings, whole.now)
        self._count_known()

    def _unchanged(self) -> Sequence[tuple[Any, ...] | None]:
        """For each row what is stored of its customer, if the row says nothing else; None where that is not so."""
        numbers = {one.external_id for one in self.drafts if one.external_id}
        stored = imports.stored_by_source(self.session, self.whole.source, numbers)
        if not stored:
            return [None] * len(self.drafts)
        contacts, bound = imports.contacts_stored(self.session, {row[1] for row in stored.values()}), self._bound
        found = [stored.get(one.external_id) if one.external_id else None for one in self.drafts]
        return [
            there if there and says_nothing_new(draft, there, contacts[there[1]], bound) else None
            for draft, there in zip(self.drafts, found, strict=True)
        ]

    def _look_up(self, drafts: list[CustomerDraft]) -> list[tuple[CustomerDraft, str, str]]:
        """Gets everyone from the store whom these rows might mean; each row with its identity and uid.

        What earlier rows of the piece have changed stays so.
        """
        key = self.whole.key
        rows = [(one, who := identity(one), uid_of(key, who)) for one in drafts]
        if not rows:
            return rows
        session, source = self.session, self.whole.source
        found = imports.ids_by_source(session, source, {one.external_id for one in drafts if one.external_id})
        self.by_source.update(found)
        ids = set(found.values())
        values = {contact.value for one in drafts for contact in one.contacts}
        for value, holders in imports.ids_by_contacts(session, values).items():
            for customer_id in holders:
                self._hold(value, customer_id)
            ids.update(holders)
        uids = imports.ids_by_uid(session, {uid for _, _, uid in rows})
        self.by_uid.update(uids)
        ids.update(uids.values())
        self.numbered.update(imports.numbered_in(session, source, ids))
        self._load(ids)
        self.companies.update(imports.company_ids(session, {fold(one.company) for one in drafts if one.company}))
        return rows

    def _load(self, ids: Iterable[int]) -> None:
        missing = [one for one in ids if one not in self.known]
        contacts = imports.contacts_of(self.session, missing)
        for customer_id, row in imports.rows_of(self.session, missing).items():
            self.known[customer_id] = _Known(row, contacts.get(customer_id, []))

    def _settle(self, draft: CustomerDraft, who: str, uid: str) -> None:
        target = self._target(draft, uid)
        if target == _NOBODY:
            other = self.by_source[draft.external_id or ""]
            self.whole.reject(
                draft.line, f"id {draft.external_id} is somebody else's: customer {other}, of another name"
            )
        elif target is None:
            self._add(draft, who, uid)
        elif target in self.added:
            self._repeat(target, draft)
        else:
            self._update(target, draft)

    def _target(self, draft: CustomerDraft, uid: str) -> int | None:
        if draft.external_id not in self.by_source and draft.contacts:
            for contact in draft.contacts:
                if contact.value in self.by_contact:
                    break
            else:
                return None  # most of what is new: nothing of it was ever said
        emails, phones = values_of(draft.contacts, ContactKind.EMAIL), values_of(draft.contacts, ContactKind.PHONE)
        name = fold(draft.name)
        if draft.external_id and draft.external_id in self.by_source:
            numbered = self.by_source[draft.external_id]
            holder = self._candidate(numbered)
            # Between two files people are renamed; within one, a number under two names is two people.
            met = numbered in self.whole.claims
            same = holder.name == name if met else shares_anything(holder, name, emails, phones)
            return numbered if same else _NOBODY
        by_email = self._sharing(emails, draft)
        by_phone = self._sharing(phones, draft)
        found = same_person(name, emails, by_email, by_phone, self.whole.claims.__contains__)
        if found is not None or draft.contacts or draft.external_id:
            return found
        return self.by_uid.get(uid)

    def _sharing(self, values: list[str], draft: CustomerDraft) -> list[Candidate]:
        ids = dict.fromkeys(i for value in values for i in self.by_contact.get(value, ()))
        # Someone who has another number in the system the file came from is somebody else there, and so here.
        return [self._candidate(i) for i in ids if not (draft.external_id and i in self.numbered)]

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

    def _add(self, draft: CustomerDraft, who: str, uid: str) -> None:
        running = 1
        while uid in self.by_uid or (running > 1 and store_customers.uid_taken(self.session, uid)):
            running += 1
            uid = uid_of(self.whole.key, who, running)
        customer_id = self.whole.next_id("customer")
        self.whole.counts["added"] += 1
        self.by_uid[uid] = customer_id
        self.added[customer_id] = (uid, draft)
        for contact in draft.contacts:
            self._hold(contact.value, customer_id)
        self._number(customer_id, draft)
        if len(self.whole.sample) < SAMPLE:
            self.whole.sample.append(draft.name)

    def _hold(self, value: str, customer_id: int) -> None:
        """Lets rows find a customer by an address or a number."""
        mine = self.by_contact.get(value)
        if mine is None:
            self.by_contact[value] = [customer_id]
        elif mine[-1] < customer_id:
            mine.append(customer_id)
        elif customer_id not in mine:
            insort(mine, customer_id)

    def _know(self, customer_id: int, contacts: Iterable[Any]) -> None:
        """Lets later rows of the piece find a customer by what an earlier row said."""
        self._candidates.pop(customer_id, None)
        for contact in contacts:
            self._hold(contact.value, customer_id)

    def _number(self, customer_id: int, draft: CustomerDraft) -> bool:
        """Whether the row gives the customer a number in the file's system that was not known yet."""
        if not draft.external_id or draft.external_id in self.by_source:
            return False
        self.by_source[draft.external_id] = customer_id
        self.numbered.add(customer_id)
        self.new.number(customer_id, draft.external_id)
        return True

    def _repeat(self, customer_id: int, draft: CustomerDraft) -> None:
        """A second row of the same file for someone the file has just added: what is new in it is kept."""
        uid, before = self.added[customer_id]
        both = joined(before, draft)
        self.whole.counts["unchanged" if both == before else "updated"] += 1
        self.added[customer_id] = (uid, both)
        self._know(customer_id, both.contacts)
        self._number(customer_id, draft)

    def _company(self, name: str | None) -> int | None:
        if not name:
            return None
        folded = fold(name)
        if folded not in self.companies:
            self.companies[folded] = self.new.company(name, folded)
        return self.companies[folded]

    def _update(self, customer_id: int, draft: CustomerDraft) -> None:
        known, whole = self.known[customer_id], self.whole
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
        self.changed[customer_id] = None
        self._write_change(customer_id, new, contacts)
        company = draft.company if "company_id" in new else row.company
        now_there = [one for kind in ContactKind for one in contacts.get(kind, of_kind(known.contacts, kind))]
        self.known[customer_id] = _Known(_changed_row(row, new, company), now_there)
        self._know(customer_id, now_there)

    def _write_change(
        self, customer_id: int, new: dict[str, Any], contacts: dict[ContactKind, list[ContactDraft]]
    ) -> None:
        session = self.session
        if self.new.rows["company"]:
            imports.write_rows(session, {"company": self.new.rows["company"]})
            self.new.rows["company"] = []
        for kind, mine in contacts.items():
            rows = [{"value": one.value, "original": one.original, "usable": one.usable} for one in mine]
            store_customers.replace_contacts(session, customer_id, kind, rows)
            new[kind.value] = preferred(mine, kind)
        if contacts:
            self.whole.free = imports.next_ids(session) | {"customer": self.whole.free["customer"]}
        if new:
            store_customers.change_customer(session, customer_id, new)

    def _count_known(self) -> None:
        moved = imports.rows_of(self.session, self.changed)
        for customer_id in self.met:
            standing = moved.get(customer_id, self.known[customer_id].row).standing
            self._count(standing, self.known[customer_id].contacts)

    def _count(self, standing: Standing, contacts: Iterable[Any], by: int = 1) -> None:
        self.whole.standings[standing] += by
        self.whole.unchecked += by * (standing is Standing.CALLABLE and is_unchecked(contacts))


def _changed_row(row: Any, new: dict[str, Any], company: str | None) -> SimpleNamespace:
    before = vars(row) if isinstance(row, SimpleNamespace) else row._mapping
    return SimpleNamespace(**{**before, **new, "company": company})


_STANDINGS = {one.value: one for one in Standing}

_NOBODY = -1
"""The row's external id belongs to somebody else."""
