"""Backups of a store: taking one, bringing one back to be looked at, and putting it in place of the store."""

import os
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy.orm import Session

from care.db.copies import copy_file, copy_open_store
from care.db.engine import check_file
from care.errors import BadStore


def take_backup(session: Session, store: Path, folder: Path, now: datetime) -> Path:
    """The path of a new copy of the store in the folder, named after the store and the instant in UTC.

    Raises BadStore when the folder or the copy cannot be made.
    """
    if folder.exists() and not folder.is_dir():
        raise BadStore(f"{folder} is a file. Name a folder for the backup.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadStore(f"{folder} cannot be made: {error.strerror}. Name another folder.") from None
    stem = f"{store.stem}-{now:%Y-%m-%d-%H%M}"
    names = (f"{stem}-{number}.db" if number > 1 else f"{stem}.db" for number in count(1))
    path = next(path for path in map(folder.joinpath, names) if not path.exists())
    copy_open_store(session, store, path)
    return path


def bring_copy(backup: Path, made: Path) -> None:
    """Copies a backup to where it is to be looked at. Raises BadStore when it is no store, or a damaged one."""
    if not backup.exists():
        raise BadStore(f"there is no backup at {backup}. Check its name and folder.")
    check_file(backup)
    copy_file(backup, made)


def set_aside(path: Path, aside: Path, made: Path) -> None:
    """Puts a store in the place of another, which is kept beside it: at every moment there is one. Raises BadStore."""
    try:
        if path.exists():
            os.link(path, aside)
        made.replace(path)
    except OSError as error:
        raise BadStore(f"{path} cannot be replaced: {error.strerror}. It is as it was.") from None
