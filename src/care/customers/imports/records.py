"""Imports as the rest of care sees them."""

from typing import NamedTuple


class ColumnRead(NamedTuple):
    """What a column of the file was recognised as; None where it is kept as it is."""

    column: str
    field: str | None


class RejectedLine(NamedTuple):
    """A line that could not be taken."""

    line: int
    reason: str


class ImportSummary(NamedTuple):
    """What an import did; read = added + updated + unchanged + rejected, always.

    ``callable`` of the customers in the file could be drawn now, ``excluded`` counts the others by reason.
    """

    batch: str | None
    file: str
    layout: str
    encoding: str
    delimiter: str
    read: int
    added: int
    updated: int
    unchanged: int
    rejected: int
    rejections: tuple[RejectedLine, ...]
    columns: tuple[ColumnRead, ...]
    callable: int
    excluded: dict[str, int]
    unchecked: int
    unreadable: dict[str, int]
    unknown_statuses: dict[str, int]
    notices: tuple[str, ...]
    sample: tuple[str, ...] = ()
    duplicates: int = 0
    updated_sample: tuple[str, ...] = ()
    dry_run: bool = False
