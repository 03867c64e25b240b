"""Whom we have let go, as far as that must be known to let them stay away."""

from datetime import date

from sqlmodel import Field

from care.db.tables.columns import METADATA, Row


class Forgotten(Row, table=True):
    """A keyed hash of something that named a forgotten customer. It says nothing, and recognises them in a file.

    Marks with the same ``whose``, which is chance, were left by one person.
    """

    hash: str = Field(primary_key=True)
    whose: str = Field(index=True)
    forgotten_on: date


forgotten = METADATA.tables["forgotten"]
