"""The rows of the customers a piece of a file adds. A million pass through here, so each step is as small as can be."""

from collections.abc import Callable
from typing import Any

from care.customers.add import best
from care.customers.customer_input import ContactDraft, CustomerDraft
from care.customers.eligibility import StandingFacts, standing_of
from care.customers.imports.progress import Taken
from care.customers.imports.rows import is_unchecked
from care.customers.order import joining, stratum_of
from care.text import fold
from care.words import ContactKind, Standing, Status, Usable

_TEXT = {word: word.value for words in (ContactKind, Usable, Status, Standing) for word in words}
"""Words as they are stored: a look-up costs a fifth of asking the word."""


class NewRows:
    """Rows as ``store.imports.COLUMNS`` names their values; ``bound`` turns values into what is stored."""

    def __init__(self, whole: Taken, bound: dict[str, Callable[[Any], Any]]) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {"company": [], "customer": [], "contact": [], "source_id": []}
        self._whole = whole
        self._joined_on, self._extra = bound["joined_on"], bound["extra"]
        self._added_at = bound["added_at"](whole.now)

    def company(self, name: str, folded: str) -> int:
        """The id of a new company."""
        company_id = self._whole.next_id("company")
        self.rows["company"].append((company_id, name, folded, self._whole.batch_id))
        return company_id

    def number(self, customer_id: int, source: str, external_id: str) -> None:
        """Gives a customer their number in a system."""
        self.rows["source_id"].append((source, external_id, customer_id, self._whole.batch_id))

    def customer(self, customer_id: int, uid: str, draft: CustomerDraft, company_id: int | None) -> None:
        """A new customer with their contacts, counted, and added to those the ledger says have joined."""
        whole, name, contacts = self._whole, draft.name, draft.contacts
        phones, emails = _by_kind(contacts)
        status = draft.status or Status.ACTIVE
        standing = self._standing(status, phones)
        stood = _TEXT[standing]
        stratum = stratum_of(draft.segment, whole.settings.strata)
        cycle, place = joining(whole.key, uid, whole.pointers.get(stratum), whole.base)
        self.rows["customer"].append(
            (
                customer_id, uid, name, fold(f"{name} {draft.company or ''}"), company_id, best(emails), best(phones),
                _TEXT[status], stood, stratum, cycle, place, 0, 0, 0, whole.batch_id, self._added_at, draft.segment,
                draft.country, draft.zone, draft.birth_day, draft.birth_month, draft.birth_year,
                draft.owner, draft.hours, draft.spend, self._joined_on(draft.joined_on),
                self._extra(draft.extra or None),
            )
        )  # fmt: skip
        whole.joined.add_line(f"{uid}\0{cycle}\0{place}\0{stood}")
        whole.stood[stood] += 1
        whole.standings[standing] += 1
        whole.unchecked += standing is Standing.CALLABLE and is_unchecked(phones)
        put, batch_id, contact_id = self.rows["contact"].append, whole.batch_id, whole.free["contact"]
        for mine in (phones, emails):
            for rank, (kind, value, original, usable) in enumerate(mine):
                put((contact_id, customer_id, _TEXT[kind], value, original, _TEXT[usable], rank, batch_id))
                contact_id += 1
        whole.free["contact"] = contact_id

    def _standing(self, status: Status, phones: list[ContactDraft]) -> Standing:
        """How a customer stands of whom only this is known; there are few such cases, so each is worked out once."""
        usable = tuple([one.usable for one in phones])
        case = (status, usable)
        known = self._whole.cases.get(case)
        if known is None:
            whole = self._whole
            known = standing_of(StandingFacts(status, usable), whole.settings.statuses, whole.today)
            whole.cases[case] = known
        return known


def _by_kind(contacts: tuple[ContactDraft, ...]) -> tuple[list[ContactDraft], list[ContactDraft]]:
    """The phones and the e-mail addresses among them."""
    phones: list[ContactDraft] = []
    emails: list[ContactDraft] = []
    for one in contacts:
        (phones if one.kind is ContactKind.PHONE else emails).append(one)
    return phones, emails
