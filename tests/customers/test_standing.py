"""Whether a customer could be drawn: the first reason that applies is the one that counts."""

from datetime import date, timedelta
from itertools import product

import pytest

from care.customers.eligibility import StandingFacts, standing_of
from care.words import Standing, Status, Usable

TODAY = date(2026, 11, 23)
ACTIVE = (Status.ACTIVE,)
PHONE = (Usable.YES,)


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        (StandingFacts(Status.ACTIVE, PHONE), Standing.CALLABLE),
        (StandingFacts(Status.ACTIVE, (Usable.UNCHECKED,)), Standing.CALLABLE),
        (StandingFacts(Status.ACTIVE, (Usable.NO, Usable.YES)), Standing.CALLABLE),
        (StandingFacts(Status.ACTIVE, (Usable.NO,)), Standing.NO_PHONE),
        (StandingFacts(Status.ACTIVE), Standing.NO_PHONE),
        (StandingFacts(Status.PROSPECT, PHONE), Standing.PROSPECT),
        (StandingFacts(Status.FORMER, PHONE), Standing.FORMER),
        (StandingFacts(Status.ACTIVE, PHONE, dnc_reason=""), Standing.DO_NOT_CALL),
        (StandingFacts(Status.ACTIVE, PHONE, merged_into=3), Standing.MERGED),
        (StandingFacts(Status.ACTIVE, PHONE, planned=1), Standing.PLANNED),
        (StandingFacts(Status.ACTIVE, PHONE, paused_until=TODAY + timedelta(1)), Standing.PAUSED),
        (StandingFacts(Status.ACTIVE, PHONE, paused_until=TODAY), Standing.CALLABLE),
        (StandingFacts(Status.ACTIVE, PHONE, free_on=TODAY + timedelta(1)), Standing.RESTING),
        (StandingFacts(Status.ACTIVE, PHONE, free_on=TODAY), Standing.CALLABLE),
        (StandingFacts(Status.ACTIVE, PHONE, free_on=TODAY - timedelta(1)), Standing.CALLABLE),
    ],
)
def test_the_reason_one_by_one(facts: StandingFacts, standing: Standing) -> None:
    assert standing_of(facts, ACTIVE, TODAY) is standing


def test_the_first_reason_in_the_order_of_the_words_counts() -> None:
    tomorrow = TODAY + timedelta(1)
    reasons: list[tuple[Standing, dict[str, object]]] = [
        (Standing.MERGED, {"merged_into": 1}),
        (Standing.DO_NOT_CALL, {"dnc_reason": "asked"}),
        (Standing.FORMER, {"status": Status.FORMER}),
        (Standing.NO_PHONE, {"phones": ()}),
        (Standing.PLANNED, {"planned": 2}),
        (Standing.PAUSED, {"paused_until": tomorrow}),
        (Standing.RESTING, {"free_on": tomorrow}),
    ]
    words = list(Standing)
    assert [word for word, _ in reasons] == sorted((word for word, _ in reasons), key=words.index)
    for applies in product((False, True), repeat=len(reasons)):
        said: dict[str, object] = {"status": Status.ACTIVE, "phones": PHONE}
        for (_, facts), given in zip(reasons, applies, strict=True):
            said |= facts if given else {}
        first = next((word for (word, _), given in zip(reasons, applies, strict=True) if given), Standing.CALLABLE)
        assert standing_of(StandingFacts(**said), ACTIVE, TODAY) is first


@pytest.mark.parametrize("status", list(Status))
def test_the_policy_says_whose_turn_can_come(status: Status) -> None:
    facts = StandingFacts(status, PHONE)
    assert standing_of(facts, tuple(Status), TODAY) is Standing.CALLABLE
    assert standing_of(facts, (), TODAY).value == status.value
