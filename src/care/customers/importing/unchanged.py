"""Whether a row of a file says anything that is not stored already: what most rows of most files do not."""

from collections.abc import Callable, Sequence
from typing import Any

from care.customers.drafts import CustomerDraft
from care.text import fold

_SAID = slice(CustomerDraft._fields.index("segment"), CustomerDraft._fields.index("joined_on"))


def says_nothing_new(draft: CustomerDraft, stored: Sequence[Any], bound: dict[str, Callable[[Any], Any]]) -> bool:
    """Whether updating a customer with the row would change nothing, for one with the row's own external id.

    ``stored`` is a row of ``store.imports.stored_by_source``, ``bound`` turns values into what is stored. True is
    certain; False only means that it takes a closer look, as where something is stored that the row leaves out.
    """
    _, _, name, folded, company, *said, joined_on, extra, contacts = stored
    return (
        draft.name == name
        and draft.company == company
        and draft[_SAID] == tuple(said)
        and draft.contacts == tuple(contacts)
        and (draft.joined_on is joined_on or bound["joined_on"](draft.joined_on) == joined_on)
        and bound["extra"](draft.extra or None) == extra
        and fold(f"{name} {company or ''}") == folded
    )
