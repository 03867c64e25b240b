"""A table from a record, and the column types all tables share.

A record is a plain NamedTuple: a table made from it costs a third of what a class mapped to it would at every start,
and what is read has the types that are declared there.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypedDict, Unpack, get_args, get_origin

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
    MetaData,
    String,
    Table,
    TypeDecorator,
    literal,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.types import TypeEngine

METADATA = MetaData()
"""Every table that has been imported."""


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
        self._known: dict[str, StrEnum] = {word.value: word for word in words}

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The text of the word; ValueError when it is not of the set."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        """The word; ValueError when it is not of the set."""
        # Looked up first: to call the enum takes ten times as long, and some walks read a million words.
        return None if value is None else self._known.get(value) or self.words(value)


_KINDS: dict[Any, Callable[[], TypeEngine[Any]]] = {
    int: Integer, str: String, bool: Boolean, float: Float, date: Date, datetime: UtcDateTime,
    list: JSON, dict: JSON, Any: JSON,
}  # fmt: skip
"""The column type of a field's type; any other is a set of words."""


class ColumnArguments(TypedDict, total=False):
    """What ``sqlalchemy.Column`` is given beyond what a field says."""

    default: object
    server_default: str
    index: bool
    unique: bool
    primary_key: bool


class ColumnOptions(NamedTuple):
    """What a column is beyond the name and the type of its field."""

    refers_to: str | None = None
    kind: TypeEngine[Any] | None = None
    given: ColumnArguments = ColumnArguments()


def field(
    refers_to: str | None = None, *, kind: TypeEngine[Any] | None = None, **given: Unpack[ColumnArguments]
) -> ColumnOptions:
    """The options of one column.

    ``refers_to`` is the column it is a foreign key to, as ``customer.id``; ``kind`` is its type, where that is not the
    one that belongs to the field's.
    """
    return ColumnOptions(refers_to, kind, given)


def table(
    name: str, record: type[Any], /, *indexes: Index, sqlite_autoincrement: bool = False, **fields: ColumnOptions
) -> Table:
    """The table whose columns are the fields of a NamedTuple, in their order; ``id`` is its key.

    A field that may be None is a column that may be NULL. ``fields`` holds the options of those that need any.
    ``sqlite_autoincrement`` keeps the id of a deleted row from being used again. Raises TypeError for options of a
    field the record has not.
    """
    declared = record.__annotations__
    if unknown := fields.keys() - declared:
        raise TypeError(f"{record.__name__} has no {', '.join(sorted(unknown))}")
    columns = [_column(column, kind, fields.get(column, ColumnOptions())) for column, kind in declared.items()]
    return Table(name, METADATA, *columns, *indexes, sqlite_autoincrement=sqlite_autoincrement)


def _column(name: str, declared: Any, options: ColumnOptions) -> Column[Any]:
    parts = get_args(declared) if isinstance(declared, UnionType) else (declared,)
    plain = next(part for part in parts if part is not NoneType)
    given: dict[str, Any] = {"nullable": NoneType in parts, "primary_key": name == "id", **options.given}
    references = [ForeignKey(options.refers_to)] if options.refers_to else []
    return Column(name, options.kind or _kind(get_origin(plain) or plain), *references, **given)


def _kind(plain: Any) -> TypeEngine[Any]:
    return _KINDS[plain]() if plain in _KINDS else Word(plain)


def partly(condition: ColumnElement[bool]) -> dict[str, Any]:
    """The option of an index that only holds the rows for which the condition is true.

    PostgreSQL's own word is left out until a store can be there: it would load that whole dialect at every start.
    """
    return {"sqlite_where": condition}


def inline(value: StrEnum) -> BindParameter[str]:
    """The word written into the statement itself: a partial index is only considered where SQLite can see the value."""
    return literal(value.value, String(), literal_execute=True)
