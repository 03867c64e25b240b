"""What can be set, where it is kept, its default and the form it must have.

The store holds what the team shares; ``care.toml`` holds who I am. Every default works without being set.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from care.errors import BadSetting, WrongUsage
from care.text import tidy
from care.times.hours import read_hours, say_hours
from care.times.zones import is_zone, zone
from care.words import Pace, Status, Strata


class Policy(NamedTuple):
    """The settings of a store, each with its default.

    ``reserves`` is a number, or None for twice the week's seats. ``country`` is ISO 3166-1 alpha-2. Spans are in days
    where their names do not say otherwise. ``slots`` are the weekly hours of each caller by name, perhaps with a zone
    of their own behind them; ``customer_hours`` those of customers, in their own zone (``times/hours.py``).
    """

    company: str = ""
    country: str | None = None
    timezone: str = "UTC"
    team: tuple[str, ...] = ()
    callers: tuple[str, ...] = ()
    calls_per_week: int = 3
    reserves: int | None = None
    attempts: int = 3
    rest_days: int = 90
    refused_rest_days: int = 365
    neglect_days: int = 365
    recover_days: int = 7
    statuses: tuple[Status, ...] = (Status.ACTIVE,)
    pace: Pace = Pace.EVEN
    strata: Strata = Strata.NONE
    opening: str = (
        "Good morning, this is {caller} from {company}. I am not selling anything. May I ask how we are doing for you?"
    )
    stay_in_touch_days: int = 90
    slots: Mapping[str, str] = {}
    call_minutes: int = 20
    gap_minutes: int = 10
    customer_hours: str = "Mon-Fri 09:00-18:00"

    def reserves_for(self, seats: int) -> int:
        """How many reserves stand behind so many seats."""
        return 2 * seats if self.reserves is None else self.reserves


class SettingForm(NamedTuple):
    """One setting: how it is read from what a person types (raising ValueError), and how it should be written."""

    key: str
    read: Callable[[str], Any]
    form: str
    meaning: str


def _number(lowest: int, highest: int) -> Callable[[str], int]:
    def read(said: str) -> int:
        value = int(said)
        if not lowest <= value <= highest:
            raise ValueError
        return value

    return read


def _names(said: str) -> list[str]:
    names = list(dict.fromkeys(tidy(name) for name in said.split(",") if name.strip()))
    if not names:
        raise ValueError
    return names


def _name(said: str) -> str:
    if not tidy(said):
        raise ValueError
    return tidy(said)


def _country(said: str) -> str:
    from care.countries import country_code

    code = country_code(said)
    if code is None:
        raise ValueError
    return code


def _opening(said: str) -> str:
    if not tidy(said) or len(said) > OPENING_LENGTH:
        raise ValueError
    return tidy(said)


def _zone(said: str) -> str:
    zone(said)
    return said


def _statuses(said: str) -> list[str]:
    return [Status(name.lower()).value for name in _names(said)]


def _reserves(said: str) -> int | None:
    return None if said.strip().lower() == "2n" else _number(0, 1000)(said)


def _hours(said: str) -> str:
    return say_hours(read_hours(said))


def _slots(said: str) -> str:
    hours, _, there = said.rpartition(" ")
    if is_zone(there):
        return f"{_hours(hours)} {there}"
    return _hours(said)


def _pace(said: str) -> str:
    return Pace(said.strip().lower()).value


CALENDAR_FORM = "https://dav.example.com/ann/calls/, a folder of .ics files, or one such file"


def calendar_place(said: str) -> str:
    """The address or the absolute path of a calendar. Raises ValueError, or WrongUsage where it would give away more.

    Plain http goes no further than this computer.
    """
    said = said.strip()
    if "://" not in said:
        if not said or "\0" in said:
            raise ValueError
        return str(Path(said).expanduser().absolute())
    parts = urlsplit(said)
    if parts.username is not None or parts.password is not None:
        raise WrongUsage(
            "an address with a name or a password in it is not kept. Set calendar_user, and keep the password in your "
            "keyring, in CARE_CALDAV_PASSWORD, or behind calendar_password_command."
        )
    if not parts.hostname or parts.port == 0:
        raise ValueError
    if parts.scheme == "http" and not _is_here(parts.hostname):
        raise WrongUsage(f"http://{parts.hostname} would send your password for all to read. Write it with https.")
    if parts.scheme not in ("http", "https"):
        raise ValueError
    return said


def _is_here(host: str) -> bool:
    """Whether a host is this computer."""
    from ipaddress import ip_address

    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _busy(said: str) -> list[str]:
    return [calendar_place(name) for name in _names(said)]


def _strata(said: str) -> str:
    return Strata(said.strip().lower()).value


OPENING_LENGTH = 500
"""How many characters the opening line may have; it is to be said in one breath."""

FORMS = {
    form.key: form
    for form in (
        SettingForm("company", _name, "Fjord Books", "the name on the report"),
        SettingForm("country", _country, "NO or Norway", "how numbers without a country code are read"),
        SettingForm("timezone", _zone, "Europe/Oslo", "the team's time zone, which its weeks and days follow"),
        SettingForm("team", _names, "Ann, Bo, Cy", "everyone in the company who could speak with a customer"),
        SettingForm("callers", _names, "Ann, Bo", "those of the team who call, in the order calls are dealt"),
        SettingForm("calls_per_week", _number(1, 500), "a number from 1 to 500", "talks we want in a week"),
        SettingForm("reserves", _reserves, "2n or a number from 0 to 1000", "who steps up when someone is not reached"),
        SettingForm("attempts", _number(1, 10), "a number from 1 to 10", "tries before a customer counts as unreached"),
        SettingForm("rest_days", _number(0, 3650), "days from 0 to 3650", "rest after a talk before the next draw"),
        SettingForm("refused_rest_days", _number(0, 3650), "days from 0 to 3650", "rest after a refusal"),
        SettingForm(
            "neglect_days", _number(1, 3650), "days from 1 to 3650", "silence after which a customer is neglected"
        ),
        SettingForm("recover_days", _number(1, 365), "days from 1 to 365", "days to recover a failure in"),
        SettingForm("statuses", _statuses, "active, prospect", "whose turn can come: prospect, active, former"),
        SettingForm("pace", _pace, "even or asked", "even: a small company is never called empty"),
        SettingForm("strata", _strata, "segment or none", "segment: each segment gets its share of every week's calls"),
        SettingForm(
            "opening",
            _opening,
            f"“Hello, this is {{caller}} from {{company}}.”, at most {OPENING_LENGTH} characters",
            "what to say when they pick up; {caller} and {company} are filled in",
        ),
        SettingForm(
            "stay_in_touch_days",
            _number(0, 3650),
            "days from 0 to 3650",
            "a small touch so long after a talk; 0: never",
        ),
        SettingForm(
            "slots", _slots, "Tue 10:00-12:00, Thu 15:00-17:00", "the hours of a week a caller calls in (--caller NAME)"
        ),
        SettingForm("call_minutes", _number(5, 240), "minutes from 5 to 240", "how long a call is planned to be"),
        SettingForm("gap_minutes", _number(0, 240), "minutes from 0 to 240", "between two calls of a caller"),
        SettingForm("customer_hours", _hours, "Mon-Fri 09:00-18:00", "when customers are called, in their own zone"),
    )
}

PERSONAL = {
    form.key: form
    for form in (
        SettingForm("caller", _name, "Ann", "who I am, in care.toml on this computer"),
        SettingForm("calendar", calendar_place, CALENDAR_FORM, "where care plan writes my calls"),
        SettingForm("calendar_user", _name, "ann", "my name on that server; its password is never kept here"),
        SettingForm("calendar_password_command", _name, "pass show calendar", "prints the password of my calendar"),
        SettingForm("busy", _busy, "~/calendars/work, https://dav.example.com/ann/home/", "when I cannot call"),
    )
}


def read_setting(key: str, said: str) -> Any:
    """The value as it is stored. Raises WrongUsage for an unknown key, BadSetting with the form for a bad value."""
    form = FORMS.get(key) or PERSONAL.get(key)
    if form is None:
        from difflib import get_close_matches

        near = get_close_matches(key, [*FORMS, *PERSONAL], 1)
        hint = f"Did you mean {near[0]}?" if near else "care config shows every setting."
        raise WrongUsage(f"there is no setting “{key}”. {hint}")
    try:
        return form.read(re.sub(r"\s+", " ", said).strip())
    except (ValueError, KeyError):
        raise BadSetting(key, said, form.form) from None


def policy_from(stored: Mapping[str, Any]) -> Policy:
    """The policy these stored settings make, defaults filled in."""
    known = set(Policy._fields)
    given = {key: value for key, value in stored.items() if key in known}
    for key in ("team", "callers"):
        if key in given:
            given[key] = tuple(given[key])
    if "statuses" in given:
        given["statuses"] = tuple(Status(name) for name in given["statuses"])
    if "pace" in given:
        given["pace"] = Pace(given["pace"])
    if "strata" in given:
        given["strata"] = Strata(given["strata"])
    return Policy(**given)


def draw_policy(policy: Policy) -> dict[str, Any]:
    """The part of the policy that decides who could be drawn, as it goes into the ledger and under the seal."""
    return {
        "calls_per_week": policy.calls_per_week,
        "reserves": policy.reserves,
        "attempts": policy.attempts,
        "rest_days": policy.rest_days,
        "refused_rest_days": policy.refused_rest_days,
        "statuses": [status.value for status in policy.statuses],
        "pace": policy.pace.value,
        "timezone": policy.timezone,
        "strata": policy.strata.value,
    }
