"""``care config``: every setting, its value and where it came from."""

from typing import TYPE_CHECKING, Annotated

import typer

from care.cli.group import group
from care.cli.run import Run, bare, command
from care.errors import WrongUsage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


app = group("Settings: see them, set one, or take one back to its default.")

SLOTS = "slots"

_Whose = Annotated[str | None, typer.Option("--caller", metavar="NAME", help="Whose slots; else yours.")]

_Key = Annotated[str, typer.Argument(metavar="KEY", help="The setting.")]


@bare(app)
def config(run: Run) -> None:
    """Shows every setting, its value and where it came from."""
    from care.cli.personal import personal_path, personal_settings
    from care.customers.policy import settings_made
    from care.settings import FORMS, PERSONAL
    from care.views.setup import Settings, ShownSetting, show_settings

    with run.reading() as session:
        stored, defaults = settings_made(session), run.policy(session)
    mine = personal_settings()
    shown = [
        ShownSetting(key, getattr(defaults, key), "store" if key in stored else "default", form.meaning)
        for key, form in FORMS.items()
    ]
    shown += [
        ShownSetting(key, mine.get(key), "care.toml" if key in mine else "default", form.meaning)
        for key, form in PERSONAL.items()
    ]
    run.show(Settings(str(run.store_path), str(personal_path()), tuple(shown)), show_settings)
    run.hint("Change one: care config set KEY VALUE")


@command(app, "set")
def set_value(
    run: Run,
    key: _Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value; lists with commas.")],
    caller: _Whose = None,
) -> None:
    """Sets one setting; a value that makes no sense is refused with the form it should have.

    Slots are yours where care knows who you are, or of --caller NAME; else everyone's who calls. They are in the team's
    zone, or in the one you name behind them: "Tue 10:00-12:00 Asia/Tokyo".
    """
    from care.settings import read_setting

    _put(run, key, read_setting(key, value), caller)


@command(app)
def unset(run: Run, key: _Key, caller: _Whose = None) -> None:
    """Takes one setting back to its default."""
    from care.settings import FORMS, PERSONAL
    from care.settings import read_setting as check

    if key not in FORMS and key not in PERSONAL:
        check(key, "")
    _put(run, key, None, caller)


def _put(run: Run, key: str, value: object, caller: str | None) -> None:
    from care.cli.personal import personal_path, put_personal
    from care.customers.policy import change_setting, slots_with
    from care.settings import PERSONAL
    from care.views.setup import Settings, ShownSetting, show_settings

    if caller is not None and key != SLOTS:
        raise WrongUsage(f"--caller says whose slots are meant; {key} is the team's. Leave it out.")
    if key in PERSONAL:
        put_personal(key, value)
        kept, now_value = "care.toml", value
    else:
        with run.changing() as session:
            if key == SLOTS:
                value = slots_with(run.policy(session), _whose(run, session, caller), value)
            now_value = change_setting(session, key, value, run.now)
        kept = "store"
    meaning = "" if value is not None else "back to its default"
    source = "default" if value is None else kept
    shown = ShownSetting(key, now_value, source, meaning)
    run.show(Settings(str(run.store_path), str(personal_path()), (shown,)), show_settings)


def _whose(run: Run, session: "Session", caller: str | None) -> list[str]:
    """Whose slots are meant: the caller's that is named, else mine, else everyone's who calls."""
    if caller is None and not run.knows_me(session):
        return list(run.policy(session).callers)
    return [run.caller_in(session, caller)]
