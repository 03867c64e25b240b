"""Changes as the rest of care sees them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ChangeRecord:
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


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was taken back, and how many rows that touched; undoing again brings it back.

    ``brought_back`` where the change had itself taken another back, which is there again.
    """

    change: ChangeRecord
    rows: int
    brought_back: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """The latest changes, the newest first."""

    changes: tuple[ChangeRecord, ...]
