"""What each outcome does to a planned call, along the whole table."""

import pytest

from care.calls.outcomes import NOT_REACHED, OUTCOME_LETTERS, STATES_AFTER, state_after
from care.words import CallState, Outcome

MISSED = (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.BUSY)


def test_every_outcome_has_its_row_and_its_letter() -> None:
    assert set(STATES_AFTER) == set(OUTCOME_LETTERS.values()) == set(Outcome)
    assert {outcome for outcome, states in STATES_AFTER.items() if states[0] is not states[1]} == NOT_REACHED


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("tries", range(5))
@pytest.mark.parametrize("other_number", [True, False])
def test_along_the_table(outcome: Outcome, tries: int, other_number: bool) -> None:
    again, at_the_end = STATES_AFTER[outcome]
    is_over = tries >= 3 or (outcome is Outcome.WRONG_NUMBER and not other_number)
    assert state_after(outcome, tries, 3, other_number=other_number) is (at_the_end if is_over else again)


@pytest.mark.parametrize(
    ("outcome", "tries", "other", "after"),
    [
        (Outcome.REACHED, 0, True, CallState.HELD),
        (Outcome.REACHED, 3, False, CallState.HELD),
        (Outcome.REFUSED, 0, True, CallState.REFUSED),
        (Outcome.RESCHEDULED, 5, True, CallState.PLANNED),
        *[(one, 2, True, CallState.PLANNED) for one in MISSED],
        *[(one, 2, False, CallState.PLANNED) for one in MISSED],
        *[(one, 3, True, CallState.UNREACHED) for one in MISSED],
        (Outcome.WRONG_NUMBER, 1, True, CallState.PLANNED),
        (Outcome.WRONG_NUMBER, 1, False, CallState.UNREACHED),
        (Outcome.WRONG_NUMBER, 3, True, CallState.UNREACHED),
    ],
)
def test_the_state_after_a_try(outcome: Outcome, tries: int, other: bool, after: CallState) -> None:
    assert state_after(outcome, tries, 3, other_number=other) is after
