"""How the files of one tool are read, and which file an import took."""

from sqlalchemy import JSON, Column, Index, column
from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, partly


class Layout(Row, table=True):
    """What a person said of the columns of one layout with ``--map``, kept for its next file.

    ``source`` is what its external ids are counted by as well. ``columns`` gives headers their field, ``meanings``
    holds (header, value, meaning).
    """

    source: str = Field(primary_key=True)
    columns: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    meanings: list[list[str]] = Field(sa_column=Column(JSON, nullable=False))


class Origin(Row, table=True):
    """Where an import's file lay and how it was to be read, so that it can be taken once more."""

    batch_id: int = Field(primary_key=True, foreign_key="batch.id")
    path: str
    said: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))


layouts = METADATA.tables["layout"]


origins = METADATA.tables["origin"]


class SourceId(Row, table=True):
    """The number a customer has in the system an export came from."""

    __tablename__ = "source_id"
    __table_args__ = (
        Index("source_id_added", "added_in", **partly(column("added_in").is_not(None))),
        Index("source_id_known", "external_id", "source", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    source: str
    external_id: str
    customer_id: int = Field(foreign_key="customer.id", index=True)
    added_in: int | None = Field(default=None, foreign_key="batch.id")


source_ids = METADATA.tables["source_id"]
