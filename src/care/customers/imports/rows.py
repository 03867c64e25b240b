"""What the rows of a file come to: the contacts that change, two rows of one person joined, and who was met already."""

from collections.abc import Iterable, Sequence

from care import chain
from care.customers.customer_input import ContactInput, CustomerInput
from care.text import fold
from care.words import ContactKind, Usable


class Claims:
    """Which customers rows of this file were already: a bit each, so that a million fit."""

    def __init__(self, first_added: int) -> None:
        self._first_added = first_added
        self._bits = bytearray()

    def __contains__(self, customer_id: int) -> bool:
        if customer_id >= self._first_added:
            return True
        return customer_id >> 3 < len(self._bits) and bool(self._bits[customer_id >> 3] & 1 << (customer_id & 7))

    def add(self, customer_id: int) -> None:
        """Remembers that a row was this customer."""
        at = customer_id >> 3
        if at >= len(self._bits):
            self._bits.extend(bytes(at + 1024 - len(self._bits)))
        self._bits[at] |= 1 << (customer_id & 7)


def of_kind(contacts: Iterable[ContactInput], kind: ContactKind) -> list[ContactInput]:
    """The contacts of that kind, in their order."""
    return [contact for contact in contacts if contact.kind is kind]


def values_of(contacts: Iterable[ContactInput], kind: ContactKind) -> list[str]:
    """The compared values of the contacts of that kind."""
    return [contact.value for contact in contacts if contact.kind is kind]


def changed_contacts(stored: Sequence[ContactInput], row: CustomerInput) -> dict[ContactKind, list[ContactInput]]:
    """The contacts of each kind that change: those of the file first, then those that were there, none lost.

    What was learnt of a number stays learnt.
    """
    changed: dict[ContactKind, list[ContactInput]] = {}
    written = {contact.original for contact in row.contacts if contact.usable is Usable.YES}
    # What could not be checked before and can be read now was the same number all along.
    read = {one for one in stored if one.usable is Usable.UNCHECKED and one.original in written}
    for kind in ContactKind:
        mine = [one for one in stored if one.kind is kind]
        learnt = {one.value: one for one in mine}
        first = [learnt.get(contact.value, contact) for contact in row.contacts if contact.kind is kind]
        both = list(dict.fromkeys([*first, *(one for one in mine if one not in read)]))
        if both != mine:
            changed[kind] = both
    return changed


def joined(before: CustomerInput, later: CustomerInput) -> CustomerInput:
    """Two rows of one file that are one person: what the later one says counts, and no contact is lost.

    It gives what updating with the later row would, so that it does not matter where a piece of the file ends.
    """
    said = {name: value for name, value in later._asdict().items() if value is not None}
    if fold(later.company or "") == fold(before.company or ""):
        said["company"] = before.company
    changed = changed_contacts(before.contacts, later)
    contacts = tuple(one for kind in ContactKind for one in changed.get(kind, of_kind(before.contacts, kind)))
    kept = {
        "line": before.line,
        "contacts": contacts if changed else before.contacts,
        "extra": {**before.extra, **later.extra},
        "numbers": before.numbers,
    }
    return before._replace(**{**said, **kept, "external_id": before.external_id or later.external_id})


def is_unchecked(contacts: Iterable[ContactInput]) -> bool:
    """Whether the number that would be dialled could not be checked."""
    for contact in contacts:
        if contact.kind is ContactKind.PHONE and contact.usable is not Usable.NO:
            return contact.usable is Usable.UNCHECKED
    return False


def numbered_by(layout: str, plain: str, headers: Iterable[str]) -> str:
    """What external ids of a file are counted by: the tool that wrote it, else the very columns it has."""
    return layout if layout != plain else f"columns {chain.digest(*sorted(map(fold, headers)))[:12]}"
