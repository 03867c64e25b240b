"""Whether a row of a file says anything that is not stored already: what most rows of most files do not."""

from collections.abc import Callable, Sequence
from typing import Any

from care.customers.drafts import CustomerDraft
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
    into what is stored. True is certain; False only means that it takes a closer look, as where something is stored
    that the row leaves out.
    """
    _, _, _, folded, name, company = stored[:6]
    return (
        draft.name == name
        and draft.company == company
        and draft[_SEGMENT:_JOINED_ON] == stored[6:-2]
        and draft.contacts == tuple(contacts)
        and (bound["joined_on"](draft.joined_on) if draft.joined_on else None) == stored[-2]
        and (bound["extra"](draft.extra) if draft.extra else None) == stored[-1]
        and fold(f"{name} {company or ''}") == folded
    )
