"""``care.toml``: who I am on this computer."""

import os
from pathlib import Path
from typing import Any

from care.errors import BadFile

VARIABLE = "CARE_CONFIG"


def personal_path() -> Path:
    """Where ``care.toml`` is: ``CARE_CONFIG``, else the platform's config folder."""
    said = os.environ.get(VARIABLE)
    if said:
        return Path(said).expanduser()
    from platformdirs import user_config_path

    return user_config_path("care") / "care.toml"


def personal_settings() -> dict[str, Any]:
    """What ``care.toml`` says; nothing where there is none. Raises BadFile when it cannot be read."""
    path = personal_path()
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _unreadable(path, error) from None
    import tomllib

    try:
        return tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> BadFile:
    return BadFile(f"{path} cannot be read: {error}. Mend it or remove it.")


def put_personal(key: str, value: Any | None) -> None:
    """Sets one key of ``care.toml``, or takes it out, and keeps everything else in it as it was written."""
    import tomlkit

    from care.exchange.files import write_whole

    path = personal_path()
    personal_settings()
    try:
        document = tomlkit.parse(path.read_text("utf-8"))
    except FileNotFoundError:
        document = tomlkit.document()
    if value is None:
        document.pop(key, None)
    else:
        document[key] = value
    write_whole(path, tomlkit.dumps(document))
