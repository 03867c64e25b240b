"""Whom we have let go, as far as that must be known to let them stay away."""

from datetime import date
from typing import NamedTuple

from care.db.tables.columns import field, table


class Forgotten(NamedTuple):
    """A keyed hash of something that named a forgotten customer. It says nothing, and recognises them in a file.

    Marks with the same ``whose``, which is chance, were left by one person.
    """

    hash: str
    whose: str
    forgotten_on: date


forgotten = table(
    "forgotten",
    Forgotten,
    hash=field(primary_key=True),
    whose=field(index=True),
)
