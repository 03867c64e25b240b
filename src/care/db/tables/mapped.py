"""Rows that are read, changed and written back as objects. Only what edits the guide needs this module."""

from datetime import datetime
from typing import Any

from pydantic import ConfigDict
from sqlmodel import Field, SQLModel

from care.db.tables.columns import METADATA
from care.db.tables.interview import questions


class Row(SQLModel):
    """The base of a class that is a table. No validator is built: what is written was validated where it came in."""

    metadata = METADATA
    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]


def _column(name: str, **given: Any) -> Any:
    return Field(sa_column=questions.c[name], **given)


class Question(Row, table=True):
    """A question of the guide: what of a ``StoredQuestion`` changes once it is there."""

    __table__ = questions

    id: int | None = _column("id", default=None)
    probes: list[str] = _column("probes")
    retired_at: datetime | None = _column("retired_at", default=None)
