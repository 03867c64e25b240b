"""Where customers came from."""

from sqlalchemy import Index, column
from sqlmodel import Field

from care.model.base import METADATA, Row, partly


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
