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

_LAST = "last of the ledger"


class LedgerRow(NamedTuple):
    """What is to be recorded; ``customer_id`` and ``uid`` where it concerns one customer."""

    kind: LedgerKind
    facts: Mapping[str, Any]
    customer_id: int | None = None
    uid: str | None = None


def head(session: Session) -> str:
    """The hash of the last row, or the start of the chain; read once a transaction."""
    return _last(session)[1]


def _last(session: Session) -> tuple[int, str]:
    """The id and the hash of the last row. Whoever appends holds the store, so nobody else takes the next id."""
    if _LAST not in session.info:
        row = session.execute(select(ledger.c.id, ledger.c.hash).order_by(ledger.c.id.desc()).limit(1)).one_or_none()
        session.info[_LAST] = (row.id, row.hash) if row else (0, chain.START)
    last: tuple[int, str] = session.info[_LAST]
    return last


def append_to_ledger(session: Session, rows: Iterable[LedgerRow], now: datetime) -> str:
    """Writes the rows within the causing transaction, numbered on from the last, and returns the new head."""
    rows = list(rows)
    if not rows:
        return head(session)
    (last_id, before), change_id = _last(session), current_change(session)
    made: list[dict[str, Any]] = []
    for row in rows:
        salt = secret_bytes(16).hex() if row.uid else None
        leaf = chain.leaf(salt or "", row.uid or "", row.kind.value)
        before = chain.link(before, row.kind.value, now.astimezone(UTC).isoformat(), leaf, row.facts)
        made.append(
            {
                "id": last_id + len(made) + 1,
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
    session.info[_LAST] = last_id + len(made), before
    return before
