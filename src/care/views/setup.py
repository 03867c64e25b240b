"""Screens of setting up: a new store, its settings, and its health."""

from typing import Any, NamedTuple

from care.views.screen import BROKEN, HEAD, QUIET, TYPED, WAITING, WELL, Cell, Screen


class Begun(NamedTuple):
    """A store just made."""

    store: str
    company: str
    caller: str
    country: str | None
    timezone: str
    calls_per_week: int
    key: str


def show_begun(screen: Screen, begun: Begun) -> None:
    """What a new store is, and the one thing to keep of it."""
    screen.line(
        (f"A store for {begun.company or 'you'}.", HEAD), f" {begun.calls_per_week} talks a week, for {begun.caller}."
    )
    screen.rows(
        [
            [Cell("store", QUIET), Cell(begun.store)],
            [Cell("country", QUIET), Cell(begun.country or "not set: numbers without a code stay unchecked")],
            [Cell("zone", QUIET), Cell(begun.timezone)],
            [Cell("key", QUIET), Cell(f"{begun.key}   (its fingerprint; note it, and nobody can swap the draw)")],
        ]
    )


class ShownSetting(NamedTuple):
    """One setting with its value, where it came from, and what it means."""

    key: str
    value: Any
    source: str
    meaning: str


class Settings(NamedTuple):
    """Every setting, and where the store and ``care.toml`` are."""

    store: str
    care_toml: str
    settings: tuple[ShownSetting, ...]


def said(key: str, value: Any) -> str:
    """A setting's value as one would type it."""
    if key == "reserves" and value is None:
        return "2n"
    if value is None or value in ("", [], (), {}):
        return "–"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {one}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return str(value)


def show_settings(screen: Screen, shown: Settings) -> None:
    """Every setting; those that were set stand out."""
    screen.rows(
        [
            [
                Cell(setting.key, TYPED),
                Cell(said(setting.key, setting.value), HEAD if setting.source != "default" else "", cut=True),
                Cell(setting.source, QUIET),
                Cell(setting.meaning, QUIET),
            ]
            for setting in shown.settings
        ],
        indent=0,
    )
    screen.line((f"Store {shown.store}", QUIET))
    screen.line((f"Yours {shown.care_toml}", QUIET))


class Check(NamedTuple):
    """One thing the doctor looked at. ``status`` is ``ok``, ``warn`` or ``bad``."""

    name: str
    status: str
    detail: str


class Checkup(NamedTuple):
    """All the doctor looked at."""

    checks: tuple[Check, ...]


def show_checkup(screen: Screen, checkup: Checkup) -> None:
    """A line each."""
    styles = {"ok": WELL, "warn": WAITING, "bad": BROKEN}
    screen.rows(
        [
            [Cell(check.status, styles[check.status]), Cell(check.name), Cell(check.detail, QUIET)]
            for check in checkup.checks
        ]
    )
