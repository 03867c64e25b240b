"""Whether a customer could be drawn: the first reason that applies is the one that counts."""

from datetime import date, timedelta
from itertools import product

import pytest

from care.customers.eligibility import EligibilityFacts, eligibility_of
from care.words import Eligibility, Status, Usable

TODAY = date(2026, 11, 23)
ACTIVE = (Status.ACTIVE,)
PHONE = (Usable.YES,)


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        (EligibilityFacts(Status.ACTIVE, PHONE), Eligibility.CALLABLE),
        (EligibilityFacts(Status.ACTIVE, (Usable.UNCHECKED,)), Eligibility.CALLABLE),
        (EligibilityFacts(Status.ACTIVE, (Usable.NO, Usable.YES)), Eligibility.CALLABLE),
        (EligibilityFacts(Status.ACTIVE, (Usable.NO,)), Eligibility.NO_PHONE),
        (EligibilityFacts(Status.ACTIVE), Eligibility.NO_PHONE),
        (EligibilityFacts(Status.PROSPECT, PHONE), Eligibility.PROSPECT),
        (EligibilityFacts(Status.FORMER, PHONE), Eligibility.FORMER),
        (EligibilityFacts(Status.ACTIVE, PHONE, dnc_reason=""), Eligibility.DO_NOT_CALL),
        (EligibilityFacts(Status.ACTIVE, PHONE, merged_into=3), Eligibility.MERGED),
        (EligibilityFacts(Status.ACTIVE, PHONE, planned=1), Eligibility.PLANNED),
        (EligibilityFacts(Status.ACTIVE, PHONE, paused_until=TODAY + timedelta(1)), Eligibility.PAUSED),
        (EligibilityFacts(Status.ACTIVE, PHONE, paused_until=TODAY), Eligibility.CALLABLE),
        (EligibilityFacts(Status.ACTIVE, PHONE, free_on=TODAY + timedelta(1)), Eligibility.RESTING),
        (EligibilityFacts(Status.ACTIVE, PHONE, free_on=TODAY), Eligibility.CALLABLE),
        (EligibilityFacts(Status.ACTIVE, PHONE, free_on=TODAY - timedelta(1)), Eligibility.CALLABLE),
    ],
)
def test_the_reason_one_by_one(facts: EligibilityFacts, standing: Eligibility) -> None:
    assert eligibility_of(facts, ACTIVE, TODAY) is standing


def test_the_first_reason_in_the_order_of_the_words_counts() -> None:
    tomorrow = TODAY + timedelta(1)
    reasons: list[tuple[Eligibility, dict[str, object]]] = [
        (Eligibility.MERGED, {"merged_into": 1}),
        (Eligibility.DO_NOT_CALL, {"dnc_reason": "asked"}),
        (Eligibility.FORMER, {"status": Status.FORMER}),
        (Eligibility.NO_PHONE, {"phones": ()}),
        (Eligibility.PLANNED, {"planned": 2}),
        (Eligibility.PAUSED, {"paused_until": tomorrow}),
        (Eligibility.RESTING, {"free_on": tomorrow}),
    ]
    words = list(Eligibility)
    assert [word for word, _ in reasons] == sorted((word for word, _ in reasons), key=words.index)
    for applies in product((False, True), repeat=len(reasons)):
        said: dict[str, object] = {"status": Status.ACTIVE, "phones": PHONE}
        for (_, facts), given in zip(reasons, applies, strict=True):
            said |= facts if given else {}
        first = next((word for (word, _), given in zip(reasons, applies, strict=True) if given), Eligibility.CALLABLE)
        assert eligibility_of(EligibilityFacts(**said), ACTIVE, TODAY) is first


@pytest.mark.parametrize("status", list(Status))
def test_the_policy_says_whose_turn_can_come(status: Status) -> None:
    facts = EligibilityFacts(status, PHONE)
    assert eligibility_of(facts, tuple(Status), TODAY) is Eligibility.CALLABLE
    assert eligibility_of(facts, (), TODAY).value == status.value
