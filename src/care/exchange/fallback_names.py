"""What is called by another word where a record has no name."""

from collections.abc import Sequence

from care.customers.customer_input import ContactInput
from care.text import listing, tidy
from care.words import ContactKind


def name_by_contacts(contacts: Sequence[ContactInput]) -> str:
    """What someone without a name is called: by their first address, else their first number; empty without either."""
    address = next((contact.value for contact in contacts if contact.kind is ContactKind.EMAIL), None)
    return address or next((tidy(contact.original) for contact in contacts), "")


def why_nobody(unread: Sequence[str]) -> str:
    """Why there is nobody in a record with these numbers and addresses, none of which can be read."""
    cells = [f"“{tidy(cell)}”" for cell in unread]
    if not cells:
        return "no name, company, e-mail or phone"
    if len(cells) == 1:
        return f"no name, and {cells[0]} cannot be read"
    return f"no name, and neither {listing(cells, 'nor')} can be read"
