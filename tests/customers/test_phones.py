"""Numbers as people write them."""

import pytest

from care.customers.phones import country_of, is_possible, read_phones
from care.words import ContactKind, Usable


def read(written: str, country: str | None = None) -> list[tuple[str, str]]:
    phones = read_phones(written, country)
    assert phones is not None
    assert all(phone.kind is ContactKind.PHONE for phone in phones)
    return [(phone.value, phone.usable.value) for phone in phones]


@pytest.mark.parametrize(
    ("written", "country", "value"),
    [
        ("+4722123456", None, "+4722123456"),
        ("+47 22 12 34 56", None, "+4722123456"),
        ("+81 90-1234-5678", None, "+819012345678"),
        ("+44 (0)20 7946 0018", None, "+442079460018"),
        ("22 12 34 56", "NO", "+4722123456"),
        ("(415) 555-2671", "US", "+14155552671"),
        ("(415) 555-2671 ext 12", "US", "+14155552671"),
        ("415-555-2671 x123", "US", "+14155552671"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("0047 22 12 34 56", "NO", "+4722123456"),
        ("0047 22 12 34 56", "US", "+4722123456"),
        ("0047 22 12 34 56", None, "+4722123456"),
        ("9876543210.0", "IN", "+919876543210"),
        ("٠٥٠ ١٢٣ ٤٥٦٧", "AE", "+971501234567"),
        ("Tel: 22 12 34 56", "NO", "+4722123456"),
    ],
)
def test_a_number_that_can_be_read_is_e164(written: str, country: str | None, value: str) -> None:
    assert read(written, country) == [(value, "yes")]


@pytest.mark.parametrize(
    ("written", "country", "value"),
    [
        ("555-0101", "US", "5550101"),
        ("5550100", None, "5550100"),
        ("+1-555-0199", "US", "+15550199"),
        ("+999 123456", None, "+999123456"),
        ("+472212345", None, "+472212345"),
        ("555-0101 ext. 99", "US", "5550101"),
        ("12345", None, "12345"),
        ("home 555-0101", None, "5550101"),
    ],
)
def test_a_number_that_cannot_be_checked_keeps_its_digits(written: str, country: str | None, value: str) -> None:
    assert read(written, country) == [(value, "unchecked")]


@pytest.mark.parametrize(
    "written",
    ["not-a-phone", "1234", "1234567890123456", "9.87654E+09", "0000000000", "a@b.de", "please only call after 18:00"],
)
def test_what_is_no_number_is_told_apart_from_nothing(written: str) -> None:
    assert read_phones(written, "US") is None


@pytest.mark.parametrize("written", ["", "  ", "N/A", "-", "null", "unknown"])
def test_a_placeholder_is_nothing(written: str) -> None:
    assert read_phones(written, "US") == ()


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("+4722123456 / +4722123457", ["+4722123456", "+4722123457"]),
        ("22123456; 22123457", ["+4722123456", "+4722123457"]),
        ("22123456, 22123457", ["+4722123456", "+4722123457"]),
        ("22123456 or 22123457", ["+4722123456", "+4722123457"]),
        ("+4722123456 ::: +4722123457", ["+4722123456", "+4722123457"]),
        ("22123456\n22123457", ["+4722123456", "+4722123457"]),
    ],
)
def test_several_numbers_in_a_cell_are_cut(written: str, values: list[str]) -> None:
    assert [value for value, _ in read(written, "NO")] == values


@pytest.mark.parametrize(
    ("written", "country", "value"),
    [
        ("04131/789012", "DE", "+494131789012"),
        ("030/1234567", "DE", "+49301234567"),
        ("04131/789012", None, "04131789012"),
    ],
)
def test_a_slash_behind_an_area_code_cuts_nothing(written: str, country: str | None, value: str) -> None:
    assert [value for value, _ in read(written, country)] == [value]


def test_what_was_written_stays_beside_the_value() -> None:
    phones = read_phones("+1 (415) 555-2671 x12; 555-0101", "US")
    assert phones is not None
    assert [phone.original for phone in phones] == ["+1 (415) 555-2671 x12", "555-0101"]
    assert [phone.usable for phone in phones] == [Usable.YES, Usable.UNCHECKED]


@pytest.mark.parametrize(
    ("e164", "possible"),
    [
        ("+4722123456", True),
        ("+47221234567", False),
        ("+14155552671", True),
        ("+15550199", False),
        ("+999123456", False),
    ],
)
def test_a_length_belongs_to_a_calling_code(e164: str, possible: bool) -> None:
    assert is_possible(e164) is possible


@pytest.mark.parametrize(
    ("e164", "country"),
    [
        ("+4722123456", "NO"),
        ("+4779123456", "SJ"),
        ("+14155552671", "US"),
        ("+14165550123", "CA"),
        ("+18765432109", "JM"),
        ("+447700900123", "GB"),
        ("+441481960194", "GG"),
        ("+390669812345", "VA"),
        ("+390612345678", "IT"),
        ("+262639599245", "YT"),
        ("+262262123456", "RE"),
        ("+79161234567", "RU"),
        ("+77012345678", "KZ"),
        ("+9715012345678", "AE"),
        ("+80012345678", None),
        ("+999123456", None),
    ],
)
def test_a_number_names_its_country(e164: str, country: str | None) -> None:
    assert country_of(e164) == country
