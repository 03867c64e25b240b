"""What one try does to a call: its states and the transitions between them."""

from collections.abc import Mapping

from care.words import CallState, Outcome

OUTCOME_LETTERS = {
    "r": Outcome.REACHED,
    "n": Outcome.NO_ANSWER,
    "v": Outcome.VOICEMAIL,
    "b": Outcome.BUSY,
    "l": Outcome.RESCHEDULED,
    "x": Outcome.REFUSED,
    "w": Outcome.WRONG_NUMBER,
}
"""How an outcome is typed, one letter each."""

NOBODY_ANSWERED = frozenset({Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.BUSY})
"""Outcomes after which the same number is tried again, on another day and at another hour."""

NOT_REACHED = NOBODY_ANSWERED | {Outcome.WRONG_NUMBER}
"""Outcomes after which a reserve steps up beside; who asked for another time was reached."""

STATES_AFTER: Mapping[Outcome, tuple[CallState, CallState]] = {
    Outcome.REACHED: (CallState.HELD, CallState.HELD),
    Outcome.REFUSED: (CallState.REFUSED, CallState.REFUSED),
    Outcome.RESCHEDULED: (CallState.PLANNED, CallState.PLANNED),
    Outcome.NO_ANSWER: (CallState.PLANNED, CallState.UNREACHED),
    Outcome.VOICEMAIL: (CallState.PLANNED, CallState.UNREACHED),
    Outcome.BUSY: (CallState.PLANNED, CallState.UNREACHED),
    Outcome.WRONG_NUMBER: (CallState.PLANNED, CallState.UNREACHED),
}
"""The state of a planned call after each outcome: while it can be tried again, and once it cannot."""


def state_after(outcome: Outcome, unreached_tries: int, attempts: int, *, other_number: bool) -> CallState:
    """The state of a call after a try.

    ``unreached_tries`` counts the days, this one included, on which a try did not reach the customer.
    ``other_number`` says whether a wrong number leaves another to try.
    """
    no_number = outcome is Outcome.WRONG_NUMBER and not other_number
    again, at_the_end = STATES_AFTER[outcome]
    return at_the_end if no_number or unreached_tries >= attempts else again
