"""Whose hours, in which zone: those of a caller from the settings, those of a customer from what is known of them."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from care.calls.slots.parts_of_day import part_of, part_to_try
from care.calls.slots.records import Clock
from care.settings import Policy
from care.times.hours import Hours, read_hours
from care.times.zones import is_zone, local_time
from care.words import Part


def caller_clock(name: str, settings: Policy) -> Clock:
    """The slots of a caller, in the zone behind them or the team's; without hours where none are set."""
    said = settings.slots.get(name)
    if not said:
        return Clock((), settings.timezone, settings.country)
    hours, _, there = said.rpartition(" ")
    if is_zone(there):
        return Clock(read_hours(hours), there, settings.country)
    return Clock(read_hours(said), settings.timezone, settings.country)


def customer_clock(hours: str | None, zone: str | None, country: str | None, settings: Policy) -> Clock:
    """A customer's hours, their own or those all are called in, in their zone; where none is known, the team's."""
    return Clock(hours_of(hours, settings), zone or settings.timezone, country)


def hours_of(said: str | None, settings: Policy) -> Hours:
    """A customer's hours as they were said, else those all customers are called in."""
    everyone = read_hours(settings.customer_hours)
    try:
        return read_hours(said, everyone) if said else everyone
    except ValueError:
        return everyone


def part_left(tried_at: list[datetime], clock: Clock) -> Part:
    """The part of the customer's day in which to try again, after tries at these instants."""
    tried = [part_of(local_time(at, clock.zone).hour) for at in tried_at]
    return part_to_try(tried, {part_of(m // 60) for _, start, end in clock.hours for m in range(start, end, 30)})


def public_holidays(country: str | None, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of a country (ISO 3166-1 alpha-2) in these years; none for a country nobody knows."""
    if country is None:
        return frozenset()
    return frozenset().union(*(_of_year(country, year) for year in years))


@lru_cache(maxsize=256)
def _of_year(country: str, year: int) -> frozenset[date]:
    import holidays  # every holiday of every country: only for who looks for a day

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:  # so the library says of a country it does not know: then none is kept free
        return frozenset()
