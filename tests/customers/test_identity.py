"""Who a customer is to the draw, however often they are imported."""

from hashlib import blake2b

import pytest

from care.customers.customer_input import CustomerInput
from care.customers.identity import identity, uid_of
from care.words import Usable
from stores import KEY, contact, draft


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (draft("Kari", "+4740000001", "kari@x.no", external_id="7"), "id:7"),
        (draft("Kari", "+4740000001", "kari@x.no", "other@x.no"), "email:kari@x.no"),
        (draft("Kari", "+4740000001", "+4740000002"), "phone:+4740000001"),
        (draft("Kari", contact("40000001", Usable.UNCHECKED, "400 00 001")), "phone:40000001"),
        (draft("Kári  NORDMANN", company="Fjord  AS"), "name:kari nordmann\0fjord as"),
        (draft("Kari"), "name:kari\0"),
        (draft("Kari", external_id=""), "name:kari\0"),
    ],
)
def test_the_best_that_is_known_tells_them_apart(given: CustomerInput, said: str) -> None:
    assert identity(given) == said


def test_name_and_company_cannot_run_together() -> None:
    assert identity(draft("Kari Nord", company="AS")) != identity(draft("Kari", company="Nord AS"))


def test_a_uid_is_a_known_number() -> None:
    assert uid_of(KEY, "id:7") == blake2b(b"uidid:7", key=KEY, digest_size=16).hexdigest()
    assert uid_of(KEY, "id:7", 2) == blake2b(b"uidid:7#2", key=KEY, digest_size=16).hexdigest()


def test_a_uid_depends_on_the_key_the_identity_and_the_running_number_alone() -> None:
    made = {uid_of(key, who, n) for key in (KEY, bytes(32)) for who in ("id:7", "id:8") for n in (1, 2, 3)}
    assert len(made) == 12
    assert {len(one) for one in made} == {32}
    assert uid_of(KEY, "id:7") == uid_of(KEY, "id:7", 1)
