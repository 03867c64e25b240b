"""Settings of the store, and the key of its draw."""

from typing import Any, cast

from sqlalchemy import CursorResult, delete, insert, select, update
from sqlalchemy.orm import Session

from care.db.fetch import fetch
from care.db.tables.setting import Setting, secrets, settings
from care.settings import Policy, policy_from

_DRAW_KEY = "draw"
_KNOWN = "policy"


def stored_settings(session: Session) -> dict[str, Any]:
    """Every setting that was set, by key."""
    return {row.key: row.value for row in fetch(session, Setting, select(settings))}


def policy(session: Session) -> Policy:
    """The policy of this store, defaults filled in; read once a transaction, and again after a setting changed."""
    if _KNOWN not in session.info:
        session.info[_KNOWN] = policy_from(stored_settings(session))
    known: Policy = session.info[_KNOWN]
    return known


def put_setting(session: Session, key: str, value: Any) -> None:
    """Sets one setting."""
    session.info.pop(_KNOWN, None)
    was = session.execute(update(settings).where(settings.c.key == key).values(value=value))
    if cast(CursorResult[Any], was).rowcount == 0:
        session.execute(insert(settings).values(key=key, value=value))


def drop_setting(session: Session, key: str) -> None:
    """Takes one setting back to its default."""
    session.info.pop(_KNOWN, None)
    session.execute(delete(settings).where(settings.c.key == key))


def put_key(session: Session, key: bytes) -> None:
    """Keeps the key of the draw."""
    session.execute(insert(secrets).values(name=_DRAW_KEY, value=key.hex()))


def draw_key(session: Session) -> bytes:
    """The key of the draw, read once a transaction. It is used, and never shown."""
    if _DRAW_KEY not in session.info:
        chosen = select(secrets.c.value).where(secrets.c.name == _DRAW_KEY)
        session.info[_DRAW_KEY] = bytes.fromhex(session.execute(chosen).scalar_one())
    key: bytes = session.info[_DRAW_KEY]
    return key
