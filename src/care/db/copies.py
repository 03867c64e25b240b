"""Copies of a store: one made while others write, and looked through."""

from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy.orm import Session

from care.db import sqlite
from care.errors import BadStore


def copy_store(source: sqlite.File, name: Path, target: Path) -> None:
    """Copies what a connection sees into a new file, for its owner alone, and looks it through.

    ``name`` is the file copied. Raises BadStore, and leaves no file, when it is damaged or the copy cannot be written.
    """
    try:
        with suppress(FileNotFoundError):
            target.unlink()
        target.touch(mode=0o600)
        fault = sqlite.copy_to(source, target)
    except (OSError, sqlite.Error) as error:
        target.unlink(missing_ok=True)
        if sqlite.is_damage(error):
            raise _damaged(name, str(error)) from None
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadStore(f"{target} could not be written: {reason}. Name another place, or make room.") from None
    if fault is not None:
        target.unlink()
        raise _damaged(name, fault)


def _damaged(path: Path, how: str) -> BadStore:
    return BadStore(f"{path} is damaged ({how}). Nothing was changed; restore a backup that is not.")


def copy_open_store(session: Session, name: Path, target: Path) -> None:
    """As ``copy_store``, from the store a session reads."""
    copy_store(sqlite.driver(session), name, target)


def copy_file(source: Path, target: Path) -> None:
    """As ``copy_store``, from a file that is opened for reading only."""
    try:
        with closing(sqlite.connect_to_read(source)) as connection:
            copy_store(connection, source, target)
    except sqlite.Error as error:
        raise BadStore(f"{source} cannot be read: {error}. Take another backup.") from None
