"""Why a call has no time, in plain words."""

from collections.abc import Sequence
from datetime import date

from care.calls.slots.records import Clock
from care.text import listing
from care.times.hours import say_hours
from care.times.when import short_day


def city_of(zone: str) -> str:
    """A zone by its city: ``Tokyo``."""
    return zone.rpartition("/")[2].replace("_", " ")


def their_hours(clock: Clock, zone: str) -> str:
    """A customer's hours as the sentence says them, with the city where their clock is not that zone's."""
    hours = say_hours(clock.hours).removeprefix("Mon-Fri ").replace("-", "–")
    return hours if clock.zone == zone else f"{hours} in {city_of(clock.zone)}"


def slots_of(callers: Sequence[str], *, alone: bool) -> str:
    """Whose slots they are; ``alone`` where there is nobody else to be confused with."""
    if alone:
        return "your slots"
    return f"{callers[0]}'s slots" if len(callers) == 1 else f"the slots of {listing(list(callers), 'or')}"


def no_slots(callers: Sequence[str], *, alone: bool) -> str:
    """The reason where nobody who could call has set any."""
    return "you have set no slots" if alone else f"{listing(list(callers), 'and')} set no slots"


def never_meet(theirs: str, ours: str) -> str:
    """The reason where their hours and our slots do not meet in any week."""
    return f"their {theirs} never meets {ours}"


def only_on_holidays(theirs: str, days: Sequence[date]) -> str:
    """The reason where they meet on days only that are a public holiday, ours or theirs."""
    named = listing([short_day(day) for day in days])
    words = "is a public holiday" if len(days) == 1 else "are public holidays"
    return f"{named} {words}, and no other slot meets their {theirs}"


def not_this_week(theirs: str, ours: str) -> str:
    """The reason where they do in another week, and in this one what meets is past or busy."""
    return f"what is left of {ours} this week does not meet their {theirs}"


def all_taken(theirs: str, ours: str) -> str:
    """The reason where other calls took what meets."""
    return f"other calls take all of {ours} that meet their {theirs}"
