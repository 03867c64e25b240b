"""Writing a file: whole or not at all, and for its owner's eyes only."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from care.errors import BadFile

_MARK = ".care-new"


def write_whole(path: Path, text: str) -> None:
    """Writes the text as ``write_pieces`` does."""
    write_pieces(path, (text,))


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Writes the pieces to a temporary file beside it, brings it to the disk and puts it in place, mode 0600.

    Raises BadFile when the folder cannot be written; the file is then as it was.
    """
    if not path.name or path.is_dir():
        raise BadFile(f"{path} is a folder. Name a file in it.")
    beside = path.with_name(f"{path.name}{_MARK}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            beside.unlink()
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise BadFile(f"{path} cannot be written: {error.strerror}. Name another place.") from None
    finally:
        with suppress(OSError):
            beside.unlink()
