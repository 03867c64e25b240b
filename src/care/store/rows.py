"""Adding one row."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import CursorResult, Table, insert
from sqlalchemy.orm import Session


def added(session: Session, table: Table, values: Mapping[str, Any]) -> int:
    """The id of the row just added."""
    made = cast(CursorResult[Any], session.execute(insert(table).values(**values)))
    return int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0
