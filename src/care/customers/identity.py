"""Who a customer is to the draw, however often they are imported."""

from functools import lru_cache
from hashlib import blake2b

from care.customers.customer_input import CustomerInput
from care.text import fold
from care.words import ContactKind


def identity(draft: CustomerInput) -> str:
    """What tells this customer from others: external id, else e-mail, else phone, else name and company."""
    if draft.external_id:
        return f"id:{draft.external_id}"
    for kind in (ContactKind.EMAIL, ContactKind.PHONE):
        for contact in draft.contacts:
            if contact.kind is kind:
                return f"{kind.value}:{contact.value}"
    return named(draft.name, draft.company)


def named(name: str, company: str | None) -> str:
    """The identity of a customer of whom only the name, and perhaps the company, is known."""
    return f"name:{fold(name)}\0{fold(company or '')}"


def uid_of(key: bytes, identity: str, running: int = 1) -> str:
    """The customer's number for life in hex: 128 bits of keyed BLAKE2b, so that it can be neither chosen nor guessed.

    ``running`` is 2 and up when someone else already carries the identity.
    """
    said = identity if running == 1 else f"{identity}#{running}"
    made = _keyed(key).copy()
    made.update(said.encode())
    return made.hexdigest()


@lru_cache(maxsize=1)
def _keyed(key: bytes) -> "blake2b":
    """The hash begun with its key, to be copied: a third cheaper than to key it for each of a million."""
    return blake2b(b"uid", key=key, digest_size=16)
