"""What the team shares: settings, and the key that no command ever shows."""

from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from care.db.tables.columns import METADATA, Row


class Setting(Row, table=True):
    """One setting of the store that was set; what is missing has its default."""

    key: str = Field(primary_key=True)
    value: Any = Field(sa_column=Column(JSON, nullable=False))


class Secret(Row, table=True):
    """The 256-bit key of the draw, in hex. Never shown, never journaled."""

    name: str = Field(primary_key=True)
    value: str


settings = METADATA.tables["setting"]


secrets = METADATA.tables["secret"]
