"""A talk that was moved as the rest of care sees it."""

from dataclasses import dataclass

from care.calls.records import CallRecord
from care.customers.person import Person


@dataclass(frozen=True, slots=True)
class Moved:
    """The call the talk is now, with whom it was logged before, and the call it was logged as, where that is there."""

    call: CallRecord
    was_with: Person
    reopened: CallRecord | None
