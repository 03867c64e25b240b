"""``care init``: a new store, with the few questions it needs."""

import getpass
import os
from typing import Annotated, Any

import typer

from care.cli.group import single
from care.cli.run import Run, command
from care.errors import BadStore, WrongUsage

app = single()


@command(app)
def init(
    run: Run,
    company: Annotated[str | None, typer.Option("--company", metavar="NAME", help="Your company.")] = None,
    country: Annotated[str | None, typer.Option("--country", metavar="COUNTRY", help="Like NO or Norway.")] = None,
    caller: Annotated[str | None, typer.Option("--caller", metavar="NAME", help="Your name.")] = None,
    team: Annotated[str | None, typer.Option("--team", metavar="NAMES", help="Everyone, comma-separated.")] = None,
    timezone: Annotated[str | None, typer.Option("--timezone", metavar="ZONE", help="Like Europe/Oslo.")] = None,
    calls: Annotated[str | None, typer.Option("--calls", metavar="N", help="Talks a week.")] = None,
) -> None:
    """Makes a store. Asks on a terminal; off one it takes options or defaults."""
    from care.settings import read_setting

    path = run.store_path
    if path.exists():
        raise BadStore(f"there is a store at {path} already. Go on with care, or name another place with --store.")
    said = {"company": company, "country": country, "caller": caller, "team": team, "timezone": timezone}
    said |= {"calls_per_week": calls}
    settings = {key: read_setting(key, value) for key, value in said.items() if value is not None}
    if run.is_terminal:
        settings = _asked(run, settings)
    settings = _with_defaults(settings)
    fingerprint = make(run, settings)
    _introduce(run, settings, fingerprint)


def _asked(run: Run, settings: dict[str, Any]) -> dict[str, Any]:
    from care.cli.input.asking import ask
    from care.times.zones import local_zone_name

    run.talk.line("A new store. Enter takes what stands in brackets.")
    run.talk.line(("Does a colleague keep a store already? Then you need no second one.", "dim"))
    questions = (
        ("caller", "Your name", _user()),
        ("company", "Your company", None),
        ("country", "Your country, for numbers without a code", None),
        ("team", "The others who could talk with customers, comma-separated (none)", None),
        ("timezone", "Your time zone", local_zone_name()),
        ("calls_per_week", "Talks a week", "3"),
    )
    for key, question, default in questions:
        while key not in settings:
            said = ask(question, default)
            if not said:
                break
            try:
                from care.settings import read_setting

                settings[key] = read_setting(key, said)
            except WrongUsage as error:
                run.talk.line(error.sentence)
    return settings


def _with_defaults(settings: dict[str, Any]) -> dict[str, Any]:
    from care.times.zones import local_zone_name

    caller = settings.pop("caller", None) or _user()
    team = [caller, *(name for name in settings.get("team", []) if name != caller)]
    defaults = {"company": "", "timezone": local_zone_name(), "calls_per_week": 3}
    return {**defaults, **settings, "callers": [caller], "team": team}


def _user() -> str:
    try:
        name = os.environ.get("USER") or getpass.getuser()
    except (OSError, KeyError):
        name = "me"
    return name[:1].upper() + name[1:]


def make(run: Run, settings: dict[str, Any]) -> str:
    """Makes the store with these settings, and returns the fingerprint of its key."""
    from care.customers.policy import begin_store
    from care.interviews.guide import seed_guide

    with run.founding() as session:
        fingerprint = begin_store(session, settings, run.now)
        seed_guide(session, run.now)
    return fingerprint


def _introduce(run: Run, settings: dict[str, Any], fingerprint: str) -> None:
    from care.cli.personal import personal_settings, put_personal
    from care.views.setup import Begun, show_begun

    if "caller" not in personal_settings():
        put_personal("caller", settings["callers"][0])
    calls = settings["calls_per_week"]
    begun = Begun(str(run.store_path), settings["company"], settings["callers"][0], settings.get("country"),
                  settings["timezone"], calls, fingerprint)  # fmt: skip
    run.show(begun, show_begun)
    run.hint("Next: care customers import FILE")
