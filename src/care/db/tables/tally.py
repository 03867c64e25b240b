"""Counters of customers."""

from sqlalchemy import Column
from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, Word
from care.words import Standing


class Tally(Row, table=True):
    """How many customers there are of each sort; kept by triggers, so that nothing ever counts by walking."""

    stratum: str = Field(primary_key=True)
    standing: Standing = Field(sa_column=Column(Word(Standing), primary_key=True))
    cycle: int = Field(primary_key=True)
    heard: int = Field(primary_key=True)
    n: int


tally = METADATA.tables["tally"]
