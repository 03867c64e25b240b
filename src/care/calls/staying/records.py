"""A small touch that is due, as the rest of care sees it."""

from dataclasses import dataclass
from datetime import date

from care.customers.person import Person
from care.words import OwingState


@dataclass(frozen=True, slots=True)
class SmallTouch:
    """One small touch after one talk. ``remember`` is the thread to take up, ``caller`` who talked with them."""

    id: int
    customer: Person
    call: int
    caller: str
    remember: str | None
    talked_on: date
    due_on: date
    state: OwingState
    reason: str | None
