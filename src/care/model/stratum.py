"""In which stratum customers were before they came into another."""

from sqlmodel import Field

from care.model.base import METADATA, Row


class StratumBefore(Row, table=True):
    """The stratum a customer was in until a change, so that the draws before it can be played again.

    It outlives customers whom an undone import takes away, as the journal does.
    """

    __tablename__ = "stratum_before"

    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(foreign_key="change.id")
    customer_id: int = Field(index=True)
    stratum: str


strata_before = METADATA.tables["stratum_before"]
