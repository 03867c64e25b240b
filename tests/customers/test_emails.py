"""Addresses as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.customers.emails import read_emails


def addresses(written: str) -> list[str] | None:
    emails = read_emails(written)
    return None if emails is None else [email.value for email in emails]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("john@doe.example", ["john@doe.example"]),
        (" John.Doe@Example.COM ", ["john.doe@example.com"]),
        ("mailto:John@doe.example", ["john@doe.example"]),
        ("John Doe <John@doe.example>", ["john@doe.example"]),
        ('"Doe, John" <john@doe.example>; Jane <jane@doe.example>', ["john@doe.example", "jane@doe.example"]),
        ("a@b.de; c@d.de,e@f.de", ["a@b.de", "c@d.de", "e@f.de"]),
        ("a@b.de ::: c@d.de", ["a@b.de", "c@d.de"]),
        ("a@b.de A@B.de", ["a@b.de"]),
        ("søren@bøger.dk", ["søren@bøger.dk"]),
        ("bu\u0308ro@firma.de", ["b\u00fcro@firma.de"]),
        ("o'brien+x@mail.example.co.uk", ["o'brien+x@mail.example.co.uk"]),
        ("", []),
        (" N/A ", []),
    ],
)
def test_addresses_are_found(written: str, expected: list[str]) -> None:
    assert addresses(written) == expected


@pytest.mark.parametrize(
    "written",
    ["invalid-email", "a@b", "a b@c.de", "@b.de", "a@", "a@b..de", "a@.de", "a@b.de.", "a@b@c.de", "a@b.de, and call",
     "a" * 250 + "@b.de", "a\x00@b.de"],
)  # fmt: skip
def test_what_is_no_address_is_told_apart_from_nothing(written: str) -> None:
    assert addresses(written) is None


@given(st.text(max_size=60))
def test_no_text_breaks_it_and_every_address_is_one(written: str) -> None:
    for address in addresses(written) or []:
        person, at, domain = address.partition("@")
        assert person
        assert at
        assert "." in domain
        assert address == address.lower()
        assert not any(letter.isspace() for letter in address)
