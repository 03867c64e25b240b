"""What a search found, as its screen sees it."""

from dataclasses import dataclass
from datetime import date, datetime

from care.customers.person import Person
from care.words import NoteKind


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, or a customer by name, in which all the words stand.

    ``kind`` is a word of ``NoteKind`` or ``customer``. ``what`` says it more closely: the purpose of a touch, wish or
    trigger, who spoke in a transcript. ``ref`` is what a person types to go on, and ``marked`` where in ``words`` the
    hits begin and end, in characters. What has no moment of its own, a customer, has no date.
    """

    id: int
    kind: NoteKind | str
    what: str
    ref: str | None
    customer: Person | None
    call: int | None
    said_at: datetime | None
    said_on: date | None
    question: str | None
    private: bool
    words: str
    marked: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The hits to show, customers first, and how many there are in all, or ``at_least``.

    ``since`` is the day from which on they were said, where that was asked. ``reached`` is how many passages were
    looked through where older ones had to be left out, else None.
    """

    hits: tuple[Hit, ...]
    total: int
    at_least: bool = False
    since: date | None = None
    reached: int | None = None
