"""``care doctor``: whether the store and its surroundings are well, a line each."""

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from care.cli.group import single
from care.cli.run import Run, command
from care.errors import BadFile, BadStore

if TYPE_CHECKING:
    from care.views.setup import Check


_SYNCED = ("dropbox", "onedrive", "google drive", "icloud", "nextcloud", "syncthing")

app = single()


@command(app)
def doctor(run: Run) -> None:
    """Looks at the file, its links, its schema, every derived column, permissions and settings."""
    from care.customers.doctor import examine
    from care.views.setup import Check, Checkup, show_checkup

    with run.reading() as session:
        found = examine(session, run.now)
    checks = [Check(one.name, "ok" if one.well else "bad", one.detail) for one in found]
    checks += [_permissions(run.store_path), _place(run.store_path), _personal()]
    run.show(Checkup(tuple(checks)), show_checkup)
    bad = [check.name for check in checks if check.status == "bad"]
    if bad:
        raise BadStore(f"not well: {', '.join(bad)}. Restore a backup, or ask for help with the lines above.")
    run.hint("All is well." if all(check.status == "ok" for check in checks) else "Nothing is broken.")


def _permissions(path: Path) -> "Check":
    from care.views.setup import Check

    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Check("permissions", "warn", f"others on this computer may read it. chmod 600 {path}")
    return Check("permissions", "ok", "yours alone")


def _place(path: Path) -> "Check":
    from care.views.setup import Check

    folder = str(path.resolve().parent).lower()
    synced = next((name for name in _SYNCED if name in folder), None)
    if synced:
        return Check("place", "warn", f"in a folder that {synced} syncs; two computers writing at once can lose work")
    return Check("place", "ok", str(path))


def _personal() -> "Check":
    from care.cli.personal import personal_path, personal_settings
    from care.views.setup import Check

    try:
        mine = personal_settings()
    except BadFile as error:
        return Check("care.toml", "bad", error.sentence)
    return Check("care.toml", "ok", f"you are {mine['caller']}" if "caller" in mine else f"none at {personal_path()}")
