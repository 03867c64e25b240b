"""Whether a row of a file says anything that is not stored already: what most rows of most files do not."""

from collections.abc import Callable, Sequence
from typing import Any

from care.customers.customer_input import CustomerDraft
from care.text import fold

_SEGMENT, _JOINED_ON = (CustomerDraft._fields.index(name) for name in ("segment", "joined_on"))


def says_nothing_new(
    draft: CustomerDraft,
    stored: tuple[Any, ...],
    contacts: Sequence[tuple[str, ...]],
    bound: dict[str, Callable[[Any], Any]],
) -> bool:
    """Whether updating a customer with the row would change nothing, for one with the row's own external id.

    ``stored`` is of ``store.imports.stored_by_source``, ``contacts`` of ``contacts_stored``; ``bound`` turns values
    into what is stored. True is certain; False only means that it takes a closer look, as where a contact is stored
    that the row leaves out.
    """
    _, _, _, folded, name, company = stored[:6]
    said, there = draft[_SEGMENT:_JOINED_ON], stored[6:-2]
    return (
        draft.name == name
        and not draft.numbers
        and (draft.company is None or draft.company == company)
        and (said == there or all(one is None or one == other for one, other in zip(said, there, strict=True)))
        and draft.contacts == tuple(contacts)
        and (draft.joined_on is None or bound["joined_on"](draft.joined_on) == stored[-2])
        and (not draft.extra or bound["extra"](draft.extra) == stored[-1])
        and fold(f"{name} {company or ''}") == folded
    )
