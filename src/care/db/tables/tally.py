"""Counters of customers."""

from typing import NamedTuple

from care.db.tables.columns import field, table
from care.words import Eligibility


class Tally(NamedTuple):
    """How many customers there are of each sort; kept by triggers, so that nothing ever counts by walking."""

    stratum: str
    standing: Eligibility
    cycle: int
    heard: int
    n: int


tally = table(
    "tally",
    Tally,
    stratum=field(primary_key=True),
    standing=field(primary_key=True),
    cycle=field(primary_key=True),
    heard=field(primary_key=True),
)
