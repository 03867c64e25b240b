"""Whether a row of a file says anything that is not stored already: what most rows of most files do not."""

from collections.abc import Callable, Sequence
from typing import Any

from care.customers.customer_input import COPIED_AT, CustomerInput
from care.text import fold

SAID = slice(COPIED_AT.start - 1, COPIED_AT.stop)
"""What of a row is compared with the columns of the same names: the status and what is copied."""


def says_nothing_new(
    row: CustomerInput,
    stored: tuple[Any, ...],
    contacts: Sequence[tuple[str, ...]],
    bound: dict[str, Callable[[Any], Any]],
) -> bool:
    """Whether updating a customer with the row would change nothing, for one with the row's own external id.

    ``stored`` is of ``piece.stored_by_source``, ``contacts`` of ``piece.contacts_stored``; ``bound`` turns values into
    what is stored. True is certain; False only means that it takes a closer look, as where a contact is stored that the
    row leaves out.
    """
    _, _, _, folded, name, company = stored[:6]
    values: tuple[Any, ...] = row
    said, there = values[SAID], stored[6:-2]
    return (
        row.name == name
        and not row.numbers
        and (row.company is None or row.company == company)
        and (said == there or all(one is None or one == other for one, other in zip(said, there, strict=True)))
        and row.contacts == tuple(contacts)
        and (row.joined_on is None or bound["joined_on"](row.joined_on) == stored[-2])
        and (not row.extra or bound["extra"](row.extra) == stored[-1])
        and fold(f"{name} {company or ''}") == folded
    )
