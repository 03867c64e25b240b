"""Copies of a store: one made while others write, looked through, and put in place of the store."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from care.errors import BadStore


def copy_store(source: sqlite3.Connection, name: Path, target: Path) -> None:
    """Copies what a connection sees into a new file, for its owner alone, and looks it through.

    ``name`` is the file copied. Raises BadStore, and leaves no file, when it is damaged or the copy cannot be written.
    """
    try:
        with suppress(FileNotFoundError):
            target.unlink()
        target.touch(mode=0o600)
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        code = getattr(error, "sqlite_errorname", "") or ""
        if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise _damaged(name, str(error)) from None
        said = error.strerror if isinstance(error, OSError) else error
        raise BadStore(f"{target} could not be written: {said}. Name another place, or make room.") from None
    if sound != "ok":
        target.unlink()
        raise _damaged(name, sound)


def _damaged(path: Path, how: str) -> BadStore:
    return BadStore(f"{path} is damaged ({how}). Nothing was changed; restore a backup that is not.")


def copy_file(source: Path, target: Path) -> None:
    """As ``copy_store``, from a file that is opened for reading only."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True)) as connection:
            copy_store(connection, source, target)
    except sqlite3.Error as error:
        raise BadStore(f"{source} cannot be read: {error}. Take another backup.") from None


def set_aside(path: Path, aside: Path, made: Path) -> None:
    """Puts a store in the place of another, which is kept beside it: at every moment there is one. Raises BadStore."""
    try:
        if path.exists():
            os.link(path, aside)
        made.replace(path)
    except OSError as error:
        raise BadStore(f"{path} cannot be replaced: {error.strerror}. It is as it was.") from None
