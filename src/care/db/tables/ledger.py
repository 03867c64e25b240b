"""The record of what changed who could be drawn: append-only, see ``db/schema.py``."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from care.db.tables.columns import METADATA, Row, instant, word
from care.words import LedgerKind


class Ledger(Row, table=True):
    """One thing that changed who could be drawn. ``uid`` and ``salt`` may be erased, nothing else may change."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant()
    kind: LedgerKind = word(LedgerKind)
    change_id: int | None = Field(default=None, foreign_key="change.id")
    customer_id: int | None = Field(default=None, index=True)
    uid: str | None = None
    salt: str | None = None
    facts: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    leaf: str
    hash: str


ledger = METADATA.tables["ledger"]
