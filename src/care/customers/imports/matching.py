"""Which customer of the store a row of a file is: by external id, then e-mail, then phone, and never by guessing.

Two people may share an address or a switchboard. A row that shares a contact with someone of another name is taken for
that person renamed only when nobody else in the file already was them.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from care.customers.customer_input import ContactInput
from care.customers.imports.rows import values_of
from care.text import fold
from care.words import ContactKind


class Candidate(NamedTuple):
    """Someone who might be meant: ``ref`` names them, ``name`` is folded, contacts are their compared values."""

    ref: int
    name: str
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()


def shares_anything(candidate: Candidate, name: str, emails: Iterable[str], phones: Iterable[str]) -> bool:
    """Whether name, e-mail or phone agree, or nothing is known on one side that could disagree."""
    if candidate.name == name or not candidate.emails.isdisjoint(emails) or not candidate.phones.isdisjoint(phones):
        return True
    return not (candidate.emails or candidate.phones) and not (set(emails) | set(phones))


def same_person(
    name: str,
    emails: Sequence[str],
    by_email: Sequence[Candidate],
    by_phone: Sequence[Candidate],
    is_claimed: Callable[[int], bool],
) -> int | None:
    """The ``ref`` of the one candidate who is this person, or None when it is somebody new.

    ``by_email`` and ``by_phone`` share an address or a number with the row. A candidate is claimed when another row of
    the same file was already them.
    """
    for candidate in (*by_email, *by_phone):
        if candidate.name == name:
            return candidate.ref
    free = [candidate.ref for candidate in by_email if not is_claimed(candidate.ref)]
    if free:
        return free[0] if len(free) == 1 else None
    # Whoever has another address is a colleague who shares the number.
    possible = [one for one in by_phone if not (one.emails and emails and one.emails.isdisjoint(emails))]
    free = [candidate.ref for candidate in possible if not is_claimed(candidate.ref)]
    return free[0] if len(free) == 1 else None


def candidate(ref: int, name: str, contacts: Iterable[ContactInput]) -> Candidate:
    """Someone a later row might mean."""
    known = list(contacts)
    emails, phones = (frozenset(values_of(known, kind)) for kind in (ContactKind.EMAIL, ContactKind.PHONE))
    return Candidate(ref, fold(name), emails, phones)
