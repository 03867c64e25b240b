"""In which time zone a customer lives, from what is written, the country or the phone number."""

import importlib.resources
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from phonenumbers import timezone

from care.countries import zones_of
from care.customers.phones import calling_code, country_of, number_beginning

# Zones that agree in both seasons keep the same clock, as all of Argentina does. Each zone is given to these below.
_SEASONS = (datetime(2025, 1, 15, 12), datetime(2025, 7, 15, 12))  # noqa: DTZ001


@lru_cache(maxsize=1024)
def zone_named(written: str) -> str | None:
    """The IANA zone of that name, whatever its case, with spaces for underscores; None if there is none."""
    return _names().get(written.strip().replace(" ", "_").replace("_slash_", "/").lower())


def zone_of(country: str | None, e164: str | None) -> str | None:
    """The zone all of a country keeps, else the one its number belongs to; None when neither gives exactly one.

    ``country`` is ISO 3166-1 alpha-2, ``e164`` a number in that form. A number of another country than the customer's
    says nothing about their clock.
    """
    if country:
        zone = _only_zone(country)
        if zone:
            return zone
    if e164 is None or (country and country_of(e164) != country):
        return None
    # The beginnings that tell zones apart have up to seven digits, longer ones only behind these calling codes.
    return _zone_of_numbers(e164[:10] if e164.startswith(("+35", "+55", "+61")) else e164[:8])


@lru_cache(maxsize=512)
def _only_zone(country: str) -> str | None:
    zones = zones_of(country)
    clocks = {tuple(moment.replace(tzinfo=ZoneInfo(zone)).utcoffset() for moment in _SEASONS) for zone in zones}
    return zones[0] if len(clocks) == 1 else None


@lru_cache(maxsize=65536)
def _zone_of_numbers(start: str) -> str | None:
    code = calling_code(start)
    if code is None:
        return None
    zones = timezone.time_zones_for_geographical_number(number_beginning(start, code, 12))
    return zone_named(zones[0]) if len(zones) == 1 else None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    text = importlib.resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return {name.lower(): name for name in text.split()}
