"""The column types all tables share."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict
from sqlalchemy import Column, ColumnElement, DateTime, String, TypeDecorator, literal
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.declarative import DeferredReflection
from sqlalchemy.sql.elements import BindParameter
from sqlmodel import Field, SQLModel

METADATA = SQLModel.metadata


class Row(DeferredReflection, SQLModel):
    """What every table is derived from.

    Rows are read as columns: no validator is built for them, and no mapper, which leaves half of what a table costs
    at every start.
    """

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, stored as UTC and always given back with its zone. A naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC without its zone, as SQLite keeps it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC, with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class Word(TypeDecorator[Any]):
    """A word of a closed set, stored as its own text."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words
        self._known: dict[str, StrEnum] = {one.value: one for one in words}

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The text of the word; ValueError when it is not of the set."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        """The word; ValueError when it is not of the set."""
        # Looked up first: to call the enum takes ten times as long, and some walks read a million words.
        return None if value is None else self._known.get(value) or self.words(value)


def word(words: type[StrEnum], *, nullable: bool = False, index: bool = False) -> Any:
    """A field that holds one of these words."""
    return Field(default=None, sa_column=Column(Word(words), nullable=nullable, index=index))


def instant(*, nullable: bool = False) -> Any:
    """A field that holds an instant."""
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=nullable))


def partly(condition: ColumnElement[bool]) -> dict[str, Any]:
    """What makes an index partial: it only holds the rows for which the condition is true.

    PostgreSQL's own word is left out until a store can be there: it would load that whole dialect at every start.
    """
    return {"sqlite_where": condition}


def inline(value: StrEnum) -> BindParameter[str]:
    """The word written into the statement itself: a partial index is only considered where SQLite can see the value."""
    return literal(value.value, String(), literal_execute=True)
