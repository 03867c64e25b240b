"""The settings of a store: beginning with them, and changing one, which may move customers in or out of the draw."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care import chain
from care.clock import secret_bytes
from care.customers.eligibility import refresh_eligibility
from care.customers.strata import switch_strata
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, drop_setting, policy, put_key, put_setting, stored_settings
from care.db.tables.customer import customers
from care.settings import Policy, draw_policy, policy_from
from care.words import LedgerKind, Status

PIECE = 1000


def settings_made(session: Session) -> frozenset[str]:
    """The keys of the settings that were set."""
    return frozenset(stored_settings(session))


def change_setting(session: Session, key: str, value: Any | None, now: datetime) -> object:
    """The setting's value after it was set, or taken back to its default where ``value`` is None.

    A changed policy goes into the ledger, other statuses bring customers into the draw or take them out, and other
    strata place everybody anew. Raises WrongUsage where there are too many segments for strata.
    """
    before = policy(session)
    if value is None:
        drop_setting(session, key)
    else:
        put_setting(session, key, value)
    after = policy(session)
    if draw_policy(before) != draw_policy(after):
        record_policy(session, now)
    if before.strata is not after.strata:
        switch_strata(session, now)
    if set(before.statuses) != set(after.statuses):
        moved = set(before.statuses) ^ set(after.statuses)
        ids = ids_of_statuses(session, sorted(moved))
        for start in range(0, len(ids), PIECE):
            refresh_eligibility(session, ids[start : start + PIECE], after, now)
    return getattr(after, key)


def slots_with(settings: Policy, callers: Collection[str], hours: object) -> dict[str, object] | None:
    """The slots of all callers once these hours are those of the callers named; None where nobody has any left."""
    slots: dict[str, object] = {name: text for name, text in settings.slots.items() if name not in callers}
    return (slots if hours is None else slots | dict.fromkeys(callers, hours)) or None


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
    append_to_ledger(session, [LedgerRow(LedgerKind.INIT, facts)], now)
    return fingerprint


def record_policy(session: Session, now: datetime) -> None:
    """Records in the ledger how the policy of the draw now stands."""
    append_to_ledger(session, [LedgerRow(LedgerKind.POLICY, {"policy": draw_policy(policy(session))})], now)


def ids_of_statuses(session: Session, statuses: Sequence[Status]) -> list[int]:
    """Every customer of these statuses; it walks the table, as a change of policy has to."""
    return list(session.execute(select(customers.c.id).where(customers.c.status.in_(statuses))).scalars())
