"""The column types all tables share."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import ConfigDict
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    TypeDecorator,
    literal,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.types import TypeEngine
from sqlmodel import AutoString, Field, SQLModel

METADATA = SQLModel.metadata


class Row(SQLModel):
    """What the few tables are derived from whose single rows are read and changed as objects.

    No validator is built for them: what is written has been validated where it came in.
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


_KINDS: dict[Any, Callable[[], TypeEngine[Any]]] = {
    int: Integer, str: AutoString, bool: Boolean, float: Float, date: Date, datetime: UtcDateTime,
    list: JSON, dict: JSON, Any: JSON,
}  # fmt: skip


class ColumnOptions(NamedTuple):
    """What a column is beyond the name and the type of its field."""

    refers_to: str | None = None
    kind: TypeEngine[Any] | None = None
    more: Mapping[str, Any] = {}


def field(refers_to: str | None = None, *, kind: TypeEngine[Any] | None = None, **more: Any) -> ColumnOptions:
    """Options of one column: what it refers to, as ``customer.id``, and what ``sqlalchemy.Column`` takes."""
    return ColumnOptions(refers_to, kind, more)


def table(name: str, record: type[Any], /, *indexes: Index, sqlite_autoincrement: bool = False, **fields: Any) -> Table:
    """The table whose columns are the fields of the record, in their order; ``id`` is its key.

    ``fields`` holds the ``ColumnOptions`` of those that need any. A record is a plain NamedTuple: the table costs a
    third of what a class mapped to it would at every start, and what is read has the types that are declared here.
    """
    declared = record.__annotations__.items()
    columns = [_column(column, kind, fields.get(column, ColumnOptions())) for column, kind in declared]
    return Table(name, METADATA, *columns, *indexes, sqlite_autoincrement=sqlite_autoincrement)


def _column(name: str, declared: Any, options: ColumnOptions) -> Column[Any]:
    kinds = [kind for kind in get_args(declared) if kind is not NoneType] if isinstance(declared, UnionType) else []
    plain = kinds[0] if kinds else declared
    more = {"nullable": bool(kinds), "primary_key": name == "id"} | dict(options.more)
    references = [ForeignKey(options.refers_to)] if options.refers_to else []
    return Column(name, options.kind or _kind(get_origin(plain) or plain), *references, **more)


def _kind(plain: Any) -> TypeEngine[Any]:
    return _KINDS[plain]() if plain in _KINDS else Word(plain)


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
