"""Names out of name columns."""

import pytest

from care.customers.names import full_name, is_placeholder, said


@pytest.mark.parametrize("written", ["N/A", "n/a", "-", "null", "None", "UNKNOWN", "#N/A", "(blank)"])
def test_a_placeholder_says_nothing(written: str) -> None:
    assert is_placeholder(written)
    assert said(f" {written} ") == ""


@pytest.mark.parametrize("written", ["Na", "Mr. Null", "Unknown Soldier", "0", "Nan"])
def test_a_short_text_is_no_placeholder(written: str) -> None:
    assert said(written) == written


def test_a_text_is_tidied() -> None:
    assert said("  John\n Doe\t") == "John Doe"
    assert said("A\u030asa  Berg") == "\u00c5sa Berg"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("John", "", "Doe"), "John Doe"),
        (("John", "Paul", "Doe"), "John Paul Doe"),
        (("", "", "Doe"), "Doe"),
        (("John", "", ""), "John"),
        (("Trinity", "", "Unknown"), "Trinity Unknown"),
        (("Jennifer", "", "Null"), "Jennifer Null"),
        (("John", "", "N/A"), "John"),
        (("John", "", "-"), "John"),
        (("N/A", "", "unknown"), ""),
        (("John Doe", "", "Doe"), "John Doe"),
        (("José Núñez", "", "NUNEZ"), "José Núñez"),
        (("Anna", "", "Na"), "Anna Na"),
        (("", "", ""), ""),
    ],
)
def test_parts_make_a_name(parts: tuple[str, str, str], name: str) -> None:
    assert full_name(*parts) == name
