"""How the files of one tool are read, which file an import took, and customers' numbers in other systems."""

from typing import NamedTuple

from sqlalchemy import Index, column

from care.db.tables.columns import field, partly, table


class StoredLayout(NamedTuple):
    """What a person said of the columns of one layout with ``--map``, kept for its next file.

    ``source`` is what its external ids are counted by as well. ``columns`` gives headers their field, ``meanings``
    holds (header, value, meaning).
    """

    source: str
    columns: dict[str, str]
    meanings: list[list[str]]


layouts = table(
    "layout",
    StoredLayout,
    source=field(primary_key=True),
)


class Origin(NamedTuple):
    """Where an import's file lay and how it was to be read, so that it can be taken once more."""

    batch_id: int
    path: str
    said: dict[str, str]


origins = table(
    "origin",
    Origin,
    batch_id=field("batch.id", primary_key=True),
)


class SourceId(NamedTuple):
    """The number a customer has in the system an export came from."""

    id: int
    source: str
    external_id: str
    customer_id: int
    added_in: int | None


source_ids = table(
    "source_id",
    SourceId,
    Index("source_id_added", "added_in", **partly(column("added_in").is_not(None))),
    Index("source_id_known", "external_id", "source", unique=True),
    customer_id=field("customer.id", index=True),
    added_in=field("batch.id"),
)
