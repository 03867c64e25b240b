"""The append-only record of everything that changed who could be drawn, each row chained to the one before."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from care import chain
from care.clock import secret_bytes
from care.db.journal import current_change
from care.db.tables.ledger import ledger
from care.words import LedgerKind

_HEAD = "ledger head"


class LedgerRow(NamedTuple):
    """What is to be recorded; ``customer_id`` and ``uid`` where it concerns one customer."""

    kind: LedgerKind
    facts: Mapping[str, Any]
    customer_id: int | None = None
    uid: str | None = None


def head(session: Session) -> str:
    """The hash of the last row, or the start of the chain; read once a transaction."""
    if _HEAD not in session.info:
        found = session.execute(select(ledger.c.hash).order_by(ledger.c.id.desc()).limit(1)).scalar_one_or_none()
        session.info[_HEAD] = found or chain.START
    return str(session.info[_HEAD])


def append_to_ledger(session: Session, rows: Iterable[LedgerRow], now: datetime) -> str:
    """Writes the rows within the causing transaction and returns the new head."""
    rows = list(rows)
    if not rows:
        return head(session)
    before, change_id, made = head(session), current_change(session), []
    for row in rows:
        salt = secret_bytes(16).hex() if row.uid else None
        leaf = chain.leaf(salt or "", row.uid or "", row.kind.value)
        before = chain.link(before, row.kind.value, now.astimezone(UTC).isoformat(), leaf, row.facts)
        made.append(
            {
                "at": now,
                "kind": row.kind,
                "change_id": change_id,
                "customer_id": row.customer_id,
                "uid": row.uid,
                "salt": salt,
                "facts": dict(row.facts),
                "leaf": leaf,
                "hash": before,
            }
        )
    session.execute(insert(ledger), made)
    session.info[_HEAD] = before
    return before
