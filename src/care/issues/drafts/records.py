"""Drafts as the rest of care sees them."""

from dataclasses import dataclass
from datetime import date

from care.words import IssueState


@dataclass(frozen=True, slots=True)
class DraftFor:
    """Whom a draft is for, and how they can be reached. ``do_not_call`` says that they do not want the phone."""

    id: int
    name: str
    company: str | None
    phone: str | None
    email: str | None
    do_not_call: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """What to say to one customer, a paragraph each. ``words`` are theirs, ``said_on`` the day they said them."""

    customer: DraftFor
    say: tuple[str, ...]
    words: str | None
    said_on: date
    word_days: int


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts for everyone who has to be told of an issue, or, while it is open, who waits for a word."""

    id: int
    title: str
    state: IssueState
    note: str | None
    drafts: tuple[Draft, ...]
