"""The rows of the customers a piece of a file adds. A million pass through here, so each step is as small as can be."""

from collections.abc import Mapping

from care.customers.contacts import best
from care.customers.customer_input import COPIED_AT, ContactInput, CustomerInput
from care.customers.eligibility import EligibilityFacts, eligibility_of
from care.customers.imports.progress import ImportProgress
from care.customers.imports.rows import is_unchecked
from care.customers.order import joining, stratum_of
from care.db.bulk import Binder, Bound
from care.text import fold
from care.words import ContactKind, Eligibility, Status, Usable

_TEXT = {word: word.value for words in (ContactKind, Usable, Status, Eligibility) for word in words}
"""Words as they are stored: a look-up costs a fifth of asking the word."""


class NewRows:
    """Rows as ``stored.COLUMNS`` names their values; ``bound`` turns values into what is stored."""

    def __init__(self, progress: ImportProgress, bound: Mapping[str, Binder]) -> None:
        self.rows: dict[str, list[Bound]] = {"company": [], "customer": [], "contact": [], "source_id": []}
        self._progress = progress
        self._joined_on, self._extra = bound["joined_on"], bound["extra"]
        self._added_at = bound["added_at"](progress.now)

    def company(self, name: str, folded: str) -> int:
        """The id of a new company."""
        company_id = self._progress.next_id("company")
        self.rows["company"].append((company_id, name, folded, self._progress.batch_id))
        return company_id

    def number(self, customer_id: int, source: str, external_id: str) -> None:
        """Gives a customer their number in a system."""
        self.rows["source_id"].append((source, external_id, customer_id, self._progress.batch_id))

    def customer(self, customer_id: int, uid: str, row: CustomerInput, company_id: int | None) -> None:
        """A new customer with their contacts, counted, and added to those the ledger says have joined."""
        progress, name = self._progress, row.name
        values: Bound = row
        phones, emails = _by_kind(row.contacts)
        status = row.status or Status.ACTIVE
        standing = self._standing(status, phones)
        joined_as = _TEXT[standing]
        stratum = stratum_of(row.segment, progress.settings.strata)
        cycle, place = joining(progress.key, uid, progress.pointers.get(stratum), progress.base)
        self.rows["customer"].append(
            (
                customer_id, uid, name, fold(f"{name} {row.company or ''}"), company_id, best(emails), best(phones),
                _TEXT[status], joined_as, stratum, cycle, place, 0, 0, 0, progress.batch_id, self._added_at,
                *values[COPIED_AT], self._joined_on(row.joined_on), self._extra(row.extra or None),
            )
        )  # fmt: skip
        progress.joined.add_line(f"{uid}\0{cycle}\0{place}\0{joined_as}")
        progress.joined_as[joined_as] += 1
        progress.standings[standing] += 1
        progress.unchecked += standing is Eligibility.CALLABLE and is_unchecked(phones)
        put, batch_id, contact_id = self.rows["contact"].append, progress.batch_id, progress.free["contact"]
        for contacts in (phones, emails):
            for rank, (kind, value, original, usable) in enumerate(contacts):
                put((contact_id, customer_id, _TEXT[kind], value, original, _TEXT[usable], rank, batch_id))
                contact_id += 1
        progress.free["contact"] = contact_id

    def _standing(self, status: Status, phones: list[ContactInput]) -> Eligibility:
        """How a customer stands of whom only this is known; there are few such cases, so each is worked out once."""
        usable = tuple([phone.usable for phone in phones])
        case = (status, usable)
        known = self._progress.cases.get(case)
        if known is None:
            progress = self._progress
            known = eligibility_of(EligibilityFacts(status, usable), progress.settings.statuses, progress.today)
            progress.cases[case] = known
        return known


def _by_kind(contacts: tuple[ContactInput, ...]) -> tuple[list[ContactInput], list[ContactInput]]:
    """The phones and the e-mail addresses among them."""
    phones: list[ContactInput] = []
    emails: list[ContactInput] = []
    for contact in contacts:
        (phones if contact.kind is ContactKind.PHONE else emails).append(contact)
    return phones, emails
