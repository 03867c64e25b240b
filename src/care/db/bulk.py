"""Statements written once by SQLAlchemy and then handed to the driver with plain tuples.

What SQLAlchemy does for each row (parameters by name, types looked up, rows as objects) costs more than SQLite itself
once a hundred thousand pass. Values go in and come out as the driver has them: a word as its text, a day as ISO.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Generic, TypeAlias, TypeVar, cast

from sqlalchemy import Column, ColumnElement, CursorResult, Select, Table, TableClause, bindparam, column, insert
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

Value = TypeVar("Value")
Row = TypeVar("Row", bound=tuple[Any, ...])

Bound: TypeAlias = tuple[Any, ...]
"""A row whose values are as the driver takes them: a word as its text, a day as ISO."""

Binder: TypeAlias = Callable[[Any], Any]
"""What turns a value of a column into what the driver takes."""

ROWS_AT_ONCE = 50
"""Rows one INSERT carries. SQLite keeps a journal of each statement that fires triggers, so fewer statements pay."""

VALUES_AT_ONCE = 500
"""Values one IN carries: far below the 32,766 variables SQLite allows in a statement."""


def parts(values: Iterable[Value], size: int = VALUES_AT_ONCE) -> Iterator[list[Value]]:
    """The values in lists of that many, the last one shorter."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def binder(dialect: Dialect, typed: Column[Any]) -> Binder:
    """What turns a value of the column into what the driver takes."""
    return typed.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def insert_rows(session: Session, table: Table, columns: tuple[str, ...], rows: Sequence[Bound]) -> None:
    """Inserts rows whose values stand in the order of the columns."""
    connection = session.connection()
    whole = len(rows) - len(rows) % ROWS_AT_ONCE
    if whole:
        many = [tuple(chain.from_iterable(rows[at : at + ROWS_AT_ONCE])) for at in range(0, whole, ROWS_AT_ONCE)]
        connection.exec_driver_sql(_insert(table, columns, ROWS_AT_ONCE, connection.dialect), many)
    if rows[whole:]:
        connection.exec_driver_sql(_insert(table, columns, 1, connection.dialect), list(rows[whole:]))


@lru_cache(maxsize=64)
def _insert(table: Table, columns: tuple[str, ...], rows: int, dialect: Dialect) -> str:
    """The INSERT for that many rows, its parameters in the order of the columns."""
    # Columns without types: their order is the one given here, and nothing is filled in.
    bare = TableClause(table.name, *(column(name) for name in columns))
    head, _, values = insert(bare).compile(dialect=dialect).string.partition(" VALUES ")
    return f"{head} VALUES {', '.join([values] * rows)}"


class Lookup(Generic[Row]):
    """A select of the rows in which a column holds one of many values, however many they are.

    ``Row`` is the tuple of what the driver gives. What else the select is bound to comes before the values.
    """

    def __init__(self, chosen: Select[Any], column: ColumnElement[Any]) -> None:
        self._chosen = chosen.where(column.in_([bindparam(f"value_{n}") for n in range(VALUES_AT_ONCE)]))
        self._written: dict[str, str] = {}

    def rows(self, session: Session, values: Collection[Any], *before: Any) -> Iterator[Row]:
        """The rows as the driver gives them, in the select's order within each ``VALUES_AT_ONCE`` values."""
        connection = session.connection()
        dialect = connection.dialect
        if dialect.name not in self._written:
            self._written[dialect.name] = self._chosen.compile(dialect=dialect).string
        for part in parts(values):
            part += part[:1] * (VALUES_AT_ONCE - len(part))  # one statement for all: saying a value twice is no harm
            found = connection.exec_driver_sql(self._written[dialect.name], (*before, *part))
            yield from found.cursor.fetchall()  # plain tuples: rows of SQLAlchemy's cost as much again
            found.close()


def added(session: Session, table: Table, values: Mapping[str, Any]) -> int:
    """The id of the row just added."""
    made = cast(CursorResult[Any], session.execute(insert(table).values(**values)))
    return int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0
