"""What one try does to a call."""

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


NOT_REACHED = frozenset({Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.BUSY, Outcome.WRONG_NUMBER})
"""Outcomes after which a reserve steps up beside; who asked for another time was reached."""


def state_after(outcome: Outcome, unreached_tries: int, attempts: int, *, other_number: bool) -> CallState:
    """The state of a call after a try.

    ``unreached_tries`` counts the days, this one included, on which a try did not reach the customer.
    ``other_number`` says whether a wrong number leaves another to try.
    """
    if outcome is Outcome.REACHED:
        return CallState.HELD
    if outcome is Outcome.REFUSED:
        return CallState.REFUSED
    if outcome is Outcome.WRONG_NUMBER and not other_number:
        return CallState.UNREACHED
    if outcome in NOT_REACHED and unreached_tries >= attempts:
        return CallState.UNREACHED
    return CallState.PLANNED
