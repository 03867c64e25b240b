"""Other tools' words for where a customer stands."""

import pytest

from care.customers.statuses import status_of
from care.words import Status


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("active", Status.ACTIVE),
        ("Customer", Status.ACTIVE),
        ("in-contract", Status.ACTIVE),
        ("SALE_DONE", Status.ACTIVE),
        ("Closed - Converted", Status.ACTIVE),
        ("Closed Won", Status.ACTIVE),
        ("Key customer (gold)", Status.ACTIVE),
        ("lead", Status.PROSPECT),
        ("New", Status.PROSPECT),
        ("Open - Not Contacted", Status.PROSPECT),
        ("Working - Contacted", Status.PROSPECT),
        ("GOOD_LEAD_FOLLOW_UP", Status.PROSPECT),
        ("DID_NOT_CONNECT", Status.PROSPECT),
        ("BAD_LEAD", Status.PROSPECT),
        ("Marketing Qualified Lead", Status.PROSPECT),
        ("cold", Status.PROSPECT),
        ("новый", Status.PROSPECT),
        ("Churned", Status.FORMER),
        ("Closed - Not Converted", Status.FORMER),
        ("ex-customer", Status.FORMER),
        ("Cancelled in May", Status.FORMER),
        ("Ehemaliger Kunde", Status.FORMER),
    ],
)
def test_a_known_word_has_a_status(written: str, status: Status) -> None:
    assert status_of(written) is status


@pytest.mark.parametrize(
    "written", ["wibble", "", "not a customer", "lost lead, now customer", "potential customer", "3"]
)
def test_a_word_nobody_knows_has_none(written: str) -> None:
    assert status_of(written) is None
