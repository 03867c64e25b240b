"""E-mail addresses as people write them: several in a cell, in angle brackets, with ``mailto:``."""

import re
from unicodedata import normalize

from care.customers.customer_input import ContactInput
from care.customers.names import is_placeholder
from care.words import ContactKind, Usable

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets

_CLEAN = re.compile(r"[a-z0-9._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+").fullmatch

_BETWEEN = re.compile(r"[;,|\s]+|:::")

_IN_BRACKETS = re.compile(r"<\s*([^<>@]+@[^<>@]+)>")


def read_emails(written: str) -> tuple[ContactInput, ...] | None:
    """The addresses in a cell, lower-case and each once: none when it is blank or a placeholder.

    None when something in it cannot be read as an address; the caller then keeps the cell as it is.
    """
    if _CLEAN(written) and len(written) <= LONGEST_ADDRESS:
        return (ContactInput(ContactKind.EMAIL, written, written, Usable.YES),)
    text = written.strip()
    if not text or is_placeholder(text):
        return ()
    pieces = _IN_BRACKETS.findall(text) or [piece for piece in _BETWEEN.split(text) if piece]
    found: dict[str, ContactInput] = {}
    for piece in pieces:
        address = _address(piece)
        if address is None:
            return None
        found.setdefault(address, ContactInput(ContactKind.EMAIL, address, piece.strip(), Usable.YES))
    return tuple(found.values())


def read_email(written: str) -> tuple[ContactInput, ...] | None:
    """The one address that is the whole text, whatever signs are in it; None when it cannot be read as one."""
    address = _address(written)
    return None if address is None else (ContactInput(ContactKind.EMAIL, address, written.strip(), Usable.YES),)


def _address(piece: str) -> str | None:
    address = normalize("NFC", piece.strip().strip('<>"')).lower().removeprefix("mailto:")
    person, at, domain = address.partition("@")
    wrong = (
        not at
        or not person
        or "@" in domain
        or "." not in domain
        or "" in domain.split(".")
        or len(address) > LONGEST_ADDRESS
        or not address.isprintable()
        or " " in address
    )
    return None if wrong else address
