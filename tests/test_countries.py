"""Countries and their zones."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from care.countries import country_code, zones_of
from care.customers.zones import zone_named, zone_of


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("NO", "NO"),
        ("no", "NO"),
        ("Norway", "NO"),
        (" norge ", "NO"),
        ("UK", "GB"),
        ("United Kingdom", "GB"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("The United States", "US"),
        ("UAE", "AE"),
        ("Deutschland", "DE"),
        ("Germany", "DE"),
        ("España", "ES"),
        ("espana", "ES"),
        ("Россия", "RU"),
        ("日本", "JP"),
        ("Côte d'Ivoire", "CI"),
        ("Cote d’Ivoire", "CI"),
        ("Trinidad and Tobago", "TT"),
        ("Saint Lucia", "LC"),
        ("South Korea", "KR"),
        ("Viet Nam", "VN"),
        ("Atlantis", None),
        ("", None),
        ("  ", None),
    ],
)
def test_a_country_has_a_code(written: str, code: str | None) -> None:
    assert country_code(written) == code


def test_the_most_populous_zone_comes_first() -> None:
    assert zones_of("NO") == ("Europe/Oslo",)
    assert zones_of("NZ") == ("Pacific/Auckland", "Pacific/Chatham")
    assert zones_of("XX") == ()


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Europe/Oslo", "Europe/Oslo"),
        ("america/new_york", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("us_slash_eastern", "US/Eastern"),
        ("Mars/Olympus", None),
        ("../../etc/passwd", None),
        ("America", None),
        ("", None),
    ],
)
def test_a_zone_has_a_name(written: str, zone: str | None) -> None:
    assert zone_named(written) == zone


@pytest.mark.parametrize(
    ("country", "e164", "zone"),
    [
        ("NO", None, "Europe/Oslo"),
        ("NO", "+14155552671", "Europe/Oslo"),
        ("DE", None, "Europe/Berlin"),
        ("AR", None, "America/Argentina/Buenos_Aires"),
        ("US", None, None),
        ("US", "+14155552671", "America/Los_Angeles"),
        ("US", "+12125552671", "America/New_York"),
        ("US", "+18005552671", None),
        ("US", "+4722123456", None),
        ("BR", "+556821012345", "America/Rio_Branco"),
        ("AU", "+61291234567", "Australia/Sydney"),
        ("AU", "+61891234567", None),
        (None, "+4722123456", "Europe/Oslo"),
        (None, "+999123456", None),
        (None, None, None),
    ],
)
def test_the_zone_follows_country_and_number(country: str | None, e164: str | None, zone: str | None) -> None:
    assert zone_of(country, e164) == zone


def test_every_zone_that_comes_out_can_be_used() -> None:
    for area in range(200, 1000):
        zone = zone_of("US", f"+1{area}5552671")
        if zone is not None:
            assert datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)).utcoffset() is not None
