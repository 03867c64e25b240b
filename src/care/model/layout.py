"""How the files of one tool are read, and which file an import took."""

from sqlalchemy import JSON, Column
from sqlmodel import Field

from care.model.base import METADATA, Row


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
