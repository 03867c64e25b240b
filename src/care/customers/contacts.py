"""How a customer is reached: the contacts as they are used, and writing them."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from care.customers.customer_input import ContactInput
from care.customers.queries import change_customer, replace_contacts
from care.db.tables.customer import Contact
from care.words import ContactKind, Usable


def dialled(contact: ContactInput | Contact) -> str:
    """A contact as one uses it: a number that could not be checked is used as it was written."""
    return contact.original if contact.usable is Usable.UNCHECKED else contact.value


def preferred(contacts: Iterable[ContactInput], kind: ContactKind) -> str | None:
    """The first contact of that kind that can be used, or the first, as it is dialled or written to."""
    return best([contact for contact in contacts if contact.kind is kind])


def best(contacts: Sequence[ContactInput]) -> str | None:
    """As ``preferred``, of contacts of one kind."""
    for contact in contacts:
        if contact.usable is not Usable.NO:
            return dialled(contact)
    return dialled(contacts[0]) if contacts else None


def write_contacts(session: Session, customer_id: int, contacts: Sequence[ContactInput]) -> None:
    """Makes these the customer's contacts, kind by kind, and repeats the preferred ones on the customer."""
    for kind in ContactKind:
        some = [contact for contact in contacts if contact.kind is kind]
        if some:
            replace_contacts(session, customer_id, kind, some)
            change_customer(session, customer_id, {kind.value: best(some)})
