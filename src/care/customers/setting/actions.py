"""Where a changed setting meets the customers it moves in or out of the draw."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from care.customers.actions import restand
from care.customers.strata.actions import switch_strata
from care.history.actions import record_policy
from care.settings import draw_policy
from care.store import customers as store
from care.store.settings import drop_setting, policy, put_setting, stored_settings

PIECE = 1000


def settings_made(session: Session) -> frozenset[str]:
    """The keys of the settings that were set."""
    return frozenset(stored_settings(session))


def change_setting(session: Session, key: str, value: Any | None, now: datetime) -> Any:
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
        ids = store.ids_of_statuses(session, sorted(moved))
        for start in range(0, len(ids), PIECE):
            restand(session, ids[start : start + PIECE], after, now)
    return getattr(after, key)
