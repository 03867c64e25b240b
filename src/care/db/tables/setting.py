"""What the team shares: settings, and the key that no command ever shows."""

from typing import Any, NamedTuple

from care.db.tables.columns import field, table


class Setting(NamedTuple):
    """One setting of the store that was set; what is missing has its default."""

    key: str
    value: Any


settings = table(
    "setting",
    Setting,
    key=field(primary_key=True),
)


class Secret(NamedTuple):
    """The 256-bit key of the draw, in hex. Never shown, never journaled."""

    name: str
    value: str


secrets = table(
    "secret",
    Secret,
    name=field(primary_key=True),
)
