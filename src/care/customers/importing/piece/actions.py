"""Where one piece of a file meets the store: everyone it might mean is looked up at once, each row settled in turn."""

from bisect import insort
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from care.customers.actions import customer_values, preferred, restand
from care.customers.drafts import ContactDraft, CustomerDraft
from care.customers.identity import identity, uid_of
from care.customers.importing.matching import Candidate, same_person, shares_anything
from care.customers.importing.rows import (
    BLANK,
    candidate,
    changed_contacts,
    is_unchecked,
    joined,
    of_kind,
    values_of,
)
from care.customers.importing.taken import SAMPLE, Taken
from care.customers.order import joining
from care.customers.standing import StandingFacts, standing_of
from care.store import customers as store_customers
from care.store import imports
from care.text import fold
from care.words import ContactKind, Standing, Status


class _Known(NamedTuple):
    row: Any
    contacts: list[Any]


class Piece:
    """One piece of a file: everyone it might mean is looked up at once, then each row is settled in turn."""

    def __init__(self, session: Session, whole: Taken, drafts: list[CustomerDraft]) -> None:
        self.session, self.whole, self.drafts = session, whole, drafts
        self.by_source = imports.ids_by_source(
            session, whole.source, {one.external_id for one in drafts if one.external_id}
        )
        self.by_number = imports.ids_by_numbers(session, {number for one in drafts for number in one.numbers})
        self.by_contact = imports.ids_by_contacts(session, {c.value for one in drafts for c in one.contacts})
        self.identities = [identity(one) for one in drafts]
        self.uids = [uid_of(whole.key, who) for who in self.identities]
        self.by_uid = imports.ids_by_uid(session, self.uids)
        ids = {
            *self.by_source.values(),
            *self.by_number.values(),
            *(i for found in self.by_contact.values() for i in found),
            *self.by_uid.values(),
        }
        self.numbered = imports.numbered_in(session, whole.source, ids)
        contacts = imports.contacts_of(session, ids)
        self.known = {i: _Known(row, contacts.get(i, [])) for i, row in imports.rows_of(session, ids).items()}
        self.merged = {i for i, known in self.known.items() if known.row.merged_into is not None}
        self.candidates = {i: candidate(i, known.row.name, known.contacts) for i, known in self.known.items()}
        self.companies = imports.company_ids(session, {fold(one.company) for one in drafts if one.company})
        self.rows: dict[str, list[dict[str, Any]]] = {"company": [], "customer": [], "contact": [], "source_id": []}
        self.added: dict[int, CustomerDraft] = {}
        self.met: dict[int, None] = {}
        self.changed: dict[int, None] = {}

    def settle(self) -> None:
        """Adds, updates or leaves alone each row's customer."""
        whole, session = self.whole, self.session
        for draft, who, uid in zip(self.drafts, self.identities, self.uids, strict=True):
            target = self._target(draft, uid)
            if target == _NOBODY:
                other = self.candidates[self.by_source[draft.external_id or ""]]
                whole.reject(
                    draft.line, f"id {draft.external_id} is somebody else's: customer {other.ref}, of another name"
                )
            elif target is None:
                self._add(draft, who, uid)
            elif target in self.known and self.known[target].row.merged_into is not None:
                whole.counts["unchanged"] += 1  # they are somebody else by now, who is kept up by a row of their own
            elif target in self.added:
                self._repeat(target, draft)
            else:
                self._update(target, draft)
        for customer_id, draft in self.added.items():
            self._write(customer_id, draft)
        imports.write_rows(session, self.rows)
        restand(session, list(self.changed), whole.settings, whole.now)
        self._count_known()

    def _target(self, draft: CustomerDraft, uid: str) -> int | None:
        emails, phones = values_of(draft.contacts, ContactKind.EMAIL), values_of(draft.contacts, ContactKind.PHONE)
        name = fold(draft.name)
        if uid in self.by_uid and self.by_uid[uid] in self.merged:
            return self.by_uid[uid]
        if draft.external_id and draft.external_id in self.by_source:
            numbered = self.by_source[draft.external_id]
            holder = self.candidates[numbered]
            # Between two files people are renamed; within one, a number under two names is two people.
            met = numbered in self.whole.claims
            same = holder.name == name if met else shares_anything(holder, name, emails, phones)
            return numbered if same else _NOBODY
        elsewhere = self._numbered_elsewhere(draft, name, emails, phones)
        if elsewhere is not None:
            return elsewhere
        by_email = self._sharing(emails, draft)
        by_phone = self._sharing(phones, draft)
        found = same_person(name, emails, by_email, by_phone, self.whole.claims.__contains__)
        if found is not None or draft.contacts or draft.external_id:
            return found
        return self.by_uid.get(uid)

    def _numbered_elsewhere(
        self, draft: CustomerDraft, name: str, emails: Iterable[str], phones: Iterable[str]
    ) -> int | None:
        """Whom a number the row has in another system belongs to, if it can be them."""
        for number in draft.numbers:
            holder = self.by_number.get(number)
            if holder is None or holder in self.whole.claims or holder in self.numbered:
                continue
            if shares_anything(self.candidates[holder], name, emails, phones):
                return holder
        return None

    def _sharing(self, values: list[str], draft: CustomerDraft) -> list[Candidate]:
        ids = dict.fromkeys(i for value in values for i in self.by_contact.get(value, ()))
        # Someone who has another number in the system the file came from is somebody else there, and so here.
        return [self.candidates[i] for i in ids if not (draft.external_id and i in self.numbered)]

    def _add(self, draft: CustomerDraft, who: str, uid: str) -> None:
        running = 1
        while uid in self.by_uid or (running > 1 and store_customers.uid_taken(self.session, uid)):
            running += 1
            uid = uid_of(self.whole.key, who, running)
        customer_id = self.whole.next_id("customer")
        self.whole.counts["added"] += 1
        self.by_uid[uid] = customer_id
        self.added[customer_id] = draft
        self._know(customer_id, draft.name, draft.contacts)
        self._number(customer_id, draft)
        self.rows["customer"].append({"id": customer_id, "uid": uid})
        if len(self.whole.sample) < SAMPLE:
            self.whole.sample.append(draft.name)

    def _know(self, customer_id: int, name: str, contacts: Iterable[Any]) -> None:
        """Lets later rows of the piece find a customer by what an earlier row said."""
        known = list(contacts)
        self.candidates[customer_id] = candidate(customer_id, name, known)
        for contact in known:
            mine = self.by_contact.setdefault(contact.value, [])
            if customer_id not in mine:
                insort(mine, customer_id)

    def _number(self, customer_id: int, draft: CustomerDraft) -> bool:
        """Whether the row gives the customer a number, in the file's system or another, that was not known yet."""
        new = [number for number in dict.fromkeys(draft.numbers) if number not in self.by_number]
        self.by_number.update(dict.fromkeys(new, customer_id))
        if draft.external_id and draft.external_id not in self.by_source:
            self.by_source[draft.external_id] = customer_id
            self.numbered.add(customer_id)
            new.append((self.whole.source, draft.external_id))
        for source, external_id in new:
            about = {"source": source, "external_id": external_id, "customer_id": customer_id}
            self.rows["source_id"].append(about | {"added_in": self.whole.batch_id})
        return bool(new)

    def _repeat(self, customer_id: int, draft: CustomerDraft) -> None:
        """A second row of the same file for someone the file has just added: what is new in it is kept."""
        before = self.added[customer_id]
        both = joined(before, draft)
        self.whole.counts["unchanged" if both == before else "updated"] += 1
        self.added[customer_id] = both
        self._know(customer_id, both.name, both.contacts)
        self._number(customer_id, draft)

    def _write(self, customer_id: int, draft: CustomerDraft) -> None:
        whole, row = self.whole, self.rows["customer"][customer_id - next(iter(self.added))]
        phones = tuple(one.usable for one in draft.contacts if one.kind is ContactKind.PHONE)
        status = draft.status or Status.ACTIVE
        standing = standing_of(StandingFacts(status, phones), whole.settings.statuses, whole.today)
        place = joining(whole.key, row["uid"], whole.pointer)
        row.update(BLANK)
        row.update(customer_values(draft))
        row.update(
            company_id=self._company(draft.company),
            email=preferred(draft.contacts, ContactKind.EMAIL),
            phone=preferred(draft.contacts, ContactKind.PHONE),
            status=status,
            standing=standing,
            cycle=place.cycle,
            place=place.place,
            added_in=whole.batch_id,
            added_at=whole.now,
        )
        whole.joined.add(row["uid"], place.cycle, place.place, standing.value)
        whole.stood[standing.value] += 1
        self._count(standing, draft.contacts)
        for kind in ContactKind:
            mine = [one for one in draft.contacts if one.kind is kind]
            for rank, one in enumerate(mine):
                self.rows["contact"].append(self._contact(customer_id, one, rank))

    def _contact(self, customer_id: int, one: ContactDraft, rank: int) -> dict[str, Any]:
        return {
            "id": self.whole.next_id("contact"),
            "customer_id": customer_id,
            "kind": one.kind,
            "value": one.value,
            "original": one.original,
            "usable": one.usable,
            "rank": rank,
            "added_in": self.whole.batch_id,
        }

    def _company(self, name: str | None) -> int | None:
        if not name:
            return None
        folded = fold(name)
        if folded not in self.companies:
            self.companies[folded] = self.whole.next_id("company")
            made = {"id": self.companies[folded], "name": name, "folded": folded, "added_in": self.whole.batch_id}
            self.rows["company"].append(made)
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
        self._know(customer_id, draft.name, now_there)

    def _write_change(
        self, customer_id: int, new: dict[str, Any], contacts: dict[ContactKind, list[ContactDraft]]
    ) -> None:
        session = self.session
        if self.rows["company"]:
            imports.write_rows(session, {"company": self.rows["company"]})
            self.rows["company"] = []
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


_NOBODY = -1
"""The row's external id belongs to somebody else."""
