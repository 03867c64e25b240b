"""Where the history of a store begins."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from care import chain
from care.clock import secret_bytes
from care.settings import draw_policy, policy_from
from care.store import ledger
from care.store.ledger import LedgerRow
from care.store.settings import draw_key, policy, put_key, put_setting
from care.words import LedgerKind

KEY_BYTES = 32


def key_fingerprint(key: bytes) -> str:
    """What may be shown of the key of the draw: 12 characters in fours, of a digest that tells nothing about it."""
    made = chain.digest("fingerprint", key)
    return " ".join(made[start : start + 4] for start in (0, 4, 8))


def begin_store(session: Session, settings: Mapping[str, Any], now: datetime, key: bytes | None = None) -> str:
    """Gives a new store its key, before any customer exists, and its settings; returns the key's fingerprint.

    ``key`` is for stores that must be the same everywhere, such as the demo's; else chance makes it.
    """
    put_key(session, key or secret_bytes(KEY_BYTES))
    for name, value in settings.items():
        put_setting(session, name, value)
    fingerprint = key_fingerprint(draw_key(session))
    facts = {"key": fingerprint, "policy": draw_policy(policy_from(settings))}
    ledger.append(session, [LedgerRow(LedgerKind.INIT, facts)], now)
    return fingerprint


def record_policy(session: Session, now: datetime) -> None:
    """Records in the ledger how the policy of the draw now stands."""
    ledger.append(session, [LedgerRow(LedgerKind.POLICY, {"policy": draw_policy(policy(session))})], now)
