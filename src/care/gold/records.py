"""Gold as the rest of care sees it."""

from datetime import date
from typing import NamedTuple

from care.customers.records import Person
from care.words import GoldKind, IssueState, VeinState

LETTERS = {GoldKind.WISH: "w", GoldKind.TRIGGER: "t"}


def ref_of(kind: GoldKind, passage_id: int) -> str:
    """What one types for a passage: ``w3`` for a wish, ``t4`` for a trigger."""
    return f"{LETTERS[kind]}{passage_id}"


class GoldPassage(NamedTuple):
    """A wish or a trigger in the customer's own words. ``ref`` is what one types: ``w3`` or ``t4``."""

    id: int
    ref: str
    kind: GoldKind
    words: str
    said_on: date
    customer: Person
    call: int


class VeinIssue(NamedTuple):
    """The issue a vein became, or the one that was merged with since."""

    id: int
    title: str
    state: IssueState


class VeinRecord(NamedTuple):
    """Gathered wishes or triggers. ``customers`` counts each customer once, ``age_days`` from when it was gathered.

    ``promise`` is our promise to all customers, ``question`` the key of the question by which its keeping is asked
    about, and ``asked`` whether it is asked now.
    """

    id: int
    ref: str
    title: str
    kind: GoldKind
    state: VeinState
    customers: int
    said: int
    opened_on: date
    age_days: int
    settled_on: date | None
    issue: VeinIssue | None
    promise: str | None
    question: str | None
    asked: bool


class WholeVein(NamedTuple):
    """A vein, its fields as those of ``VeinRecord``, with all that was gathered in it, as it was said."""

    id: int
    ref: str
    title: str
    kind: GoldKind
    state: VeinState
    customers: int
    said: int
    opened_on: date
    age_days: int
    settled_on: date | None
    issue: VeinIssue | None
    promise: str | None
    question: str | None
    asked: bool
    passages: tuple[GoldPassage, ...]


class GoldList(NamedTuple):
    """The veins, the one with the most customers first, and what is not gathered yet, the newest first."""

    veins: tuple[VeinRecord, ...]
    loose: tuple[GoldPassage, ...]
    total: int


class Loosened(NamedTuple):
    """Passages that were taken out, the veins they were in, and the refs of those that went with their last passage."""

    loose: tuple[GoldPassage, ...]
    veins: tuple[WholeVein, ...]
    gone: tuple[str, ...]


class Suggestion(NamedTuple):
    """Passages that may mean the same: as a new vein of that title, or to be added to ``vein``.

    ``shared`` are the words they have in common. Nothing is gathered before a person agrees.
    """

    vein: int | None
    title: str
    kind: GoldKind
    customers: int
    shared: tuple[str, ...]
    passages: tuple[GoldPassage, ...]


class Suggestions(NamedTuple):
    """What may be gathered, the one with the most customers first."""

    suggestions: tuple[Suggestion, ...]
    total: int
