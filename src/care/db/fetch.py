"""Rows with types: what a select gives leaves the store as records."""

from collections.abc import Iterable
from typing import Any, TypeVar, cast

from sqlalchemy import Select
from sqlalchemy.orm import Session

Record = TypeVar("Record", bound=tuple[Any, ...])
"""A NamedTuple: the record of a whole table in ``db/tables``, or that of one question."""


def fetch(session: Session, record: type[Record], chosen: Select[Any]) -> list[Record]:
    """The rows of a select as records of that kind, in the select's order.

    Raises TypeError where the labels of the select are not the fields of the record, in their order: a column that is
    left out, misspelt or in another's place is found by whatever test first asks.
    """
    result = session.execute(chosen)
    return records(record, tuple(result.keys()), result)


def fetch_one(session: Session, record: type[Record], chosen: Select[Any]) -> Record | None:
    """The first row of a select as a record, or None where there is none."""
    rows = fetch(session, record, chosen)
    return rows[0] if rows else None


def records(record: type[Record], labels: tuple[str, ...], rows: Iterable[Any]) -> list[Record]:
    """Rows with these labels as records. Raises TypeError where the labels are others than the record's fields."""
    kind = cast(Any, record)
    if labels != kind._fields:
        odd = [f"{label} for {field}" for label, field in zip(labels, kind._fields, strict=False) if label != field]
        raise TypeError(f"{kind.__name__} is not what is selected: {', '.join(odd) or 'one has more columns'}")
    return [kind._make(row) for row in rows]
