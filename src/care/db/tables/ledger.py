"""The record of what changed who could be drawn: append-only, see ``db/triggers.py``."""

from datetime import datetime
from typing import Any, NamedTuple

from care.db.tables.columns import field, table
from care.words import LedgerKind


class Ledger(NamedTuple):
    """One thing that changed who could be drawn. ``uid`` and ``salt`` may be erased, nothing else may change."""

    id: int
    at: datetime
    kind: LedgerKind
    change_id: int | None
    customer_id: int | None
    uid: str | None
    salt: str | None
    facts: dict[str, Any]
    leaf: str
    hash: str


ledger = table(
    "ledger",
    Ledger,
    change_id=field("change.id"),
    customer_id=field(index=True),
)
