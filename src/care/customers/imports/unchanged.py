"""Whether a row of a file says anything that is not stored already: what most rows of most files do not."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from care.customers.customer_input import COPIED_AT, CustomerInput
from care.db.bulk import Binder, Bound
from care.text import fold

SAID = slice(COPIED_AT.start - 1, COPIED_AT.stop)
"""What of a row is compared with the columns of the same names: the status and what is copied."""


class StoredCustomer(NamedTuple):
    """A customer as the driver gives them; ``said`` holds the columns that ``SAID`` takes from a row."""

    id: int
    standing: str
    folded: str
    name: str
    company: str | None
    said: Bound
    joined_on: str | None
    extra: str | None


def says_nothing_new(
    row: CustomerInput, stored: StoredCustomer, contacts: Sequence[tuple[str, ...]], bound: Mapping[str, Binder]
) -> bool:
    """Whether updating a customer with the row would change nothing, for one with the row's own external id.

    ``contacts`` is of ``stored.contacts_stored``; ``bound`` turns values into what is stored. True is certain; False
    only means that it takes a closer look, as where a contact is stored that the row leaves out.
    """
    values: Bound = row
    said = values[SAID]
    return (
        row.name == stored.name
        and not row.numbers
        and (row.company is None or row.company == stored.company)
        and (said == stored.said or all(new is None or new == old for new, old in zip(said, stored.said, strict=True)))
        and row.contacts == tuple(contacts)
        and (row.joined_on is None or bound["joined_on"](row.joined_on) == stored.joined_on)
        and (not row.extra or bound["extra"](row.extra) == stored.extra)
        and fold(f"{stored.name} {stored.company or ''}") == stored.folded
    )
