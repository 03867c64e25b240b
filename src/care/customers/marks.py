"""How somebody who was forgotten is known when a file brings them again, though nothing of them was kept.

A mark is a keyed hash of something that names one person. The key is the store's own, so a mark says nothing outside.
"""

from collections.abc import Collection, Iterable, Iterator
from hashlib import blake2b

from care.customers.customer_input import ContactInput, CustomerInput
from care.text import fold
from care.words import Usable

_BYTES = 16


def _mark(key: bytes, *parts: str) -> str:
    words = "\0".join(("forgotten", *parts)).encode()
    return blake2b(words, key=key, digest_size=_BYTES).hexdigest()


def marks_left(
    key: bytes,
    name: str,
    company: str | None,
    contacts: Iterable[ContactInput],
    external_ids: Iterable[tuple[str, str]],
    shared: Collection[str],
) -> set[str]:
    """The marks that are kept of somebody who is forgotten.

    ``external_ids`` are (source, id). A contact of theirs alone is a mark by itself; one in ``shared``, that others
    have as well, only together with the name, else the others would stay away too. The name is a mark with the company
    and without, for rows that say nothing better.
    """
    marks = {_mark(key, "id", source, number) for source, number in external_ids}
    for value in {contact.value for contact in contacts}:
        marks.add(_mark(key, "named", value, fold(name)) if value in shared else _mark(key, "contact", value))
    return marks | {_mark(key, "name", fold(name), fold(firm)) for firm in ("", company or "")}


def marks_held(
    key: bytes,
    name: str,
    company: str | None,
    contacts: Iterable[ContactInput],
    external_ids: Iterable[tuple[str, str]],
) -> set[str]:
    """Every mark somebody there could have left before."""
    marks = {_mark(key, "id", source, number) for source, number in external_ids}
    for value in {contact.value for contact in contacts}:
        marks |= {_mark(key, "contact", value), _mark(key, "named", value, fold(name))}
    return marks or {_mark(key, "name", fold(name), fold(company or ""))}


def marks_of(key: bytes, draft: CustomerInput, source: str) -> Iterator[str]:
    """Every mark a row of a file could be known by."""
    if draft.external_id:
        yield _mark(key, "id", source, draft.external_id)
    for contact in draft.contacts:
        yield _mark(key, "contact", contact.value)
        yield _mark(key, "named", contact.value, fold(draft.name))
    # Whom an id, an address or a sound number tells from others is not mistaken for a namesake.
    if not draft.external_id and all(contact.usable is not Usable.YES for contact in draft.contacts):
        yield _mark(key, "name", fold(draft.name), fold(draft.company or ""))
