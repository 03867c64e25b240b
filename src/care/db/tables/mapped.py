"""Tables whose single rows are read and changed as objects."""

from enum import StrEnum
from typing import Any

from pydantic import ConfigDict
from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from care.db.tables.columns import METADATA, UtcDateTime, Word


class Row(SQLModel):
    """The base of a class that is a table. No validator is built: what is written was validated where it came in."""

    metadata = METADATA
    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]


def word(words: type[StrEnum], *, nullable: bool = False) -> Any:
    """A field that holds one of these words."""
    return Field(default=None, sa_column=Column(Word(words), nullable=nullable))


def instant(*, nullable: bool = False) -> Any:
    """A field that holds an instant."""
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=nullable))
