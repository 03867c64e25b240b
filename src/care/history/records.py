"""Changes and backups as the rest of care sees them."""

from datetime import datetime
from typing import NamedTuple


class ChangeRecord(NamedTuple):
    """One thing a command did. ``batch`` is set for an import, ``undoes`` for a change that took another back.

    ``of`` is then the command of the first that was taken back, to and fro.
    """

    id: int
    at: datetime
    command: str
    caller: str | None
    rows: int
    batch: str | None = None
    file: str | None = None
    undoes: int | None = None
    undone: bool = False
    of: str | None = None


class Undone(NamedTuple):
    """A change that was taken back, and how many rows that touched; undoing again brings it back.

    ``brought_back`` where the change had itself taken another back, which is there again.
    """

    change: ChangeRecord
    rows: int
    brought_back: bool = False


class Changes(NamedTuple):
    """The latest changes, the newest first."""

    changes: tuple[ChangeRecord, ...]


class Backup(NamedTuple):
    """A copy just made; ``bytes`` is its size."""

    file: str
    bytes: int


class Restored(NamedTuple):
    """A store brought back. ``aside`` is where the one before it lies, ``forgotten`` counts who was erased again."""

    store: str
    backup: str
    aside: str | None
    customers: int
    forgotten: int
