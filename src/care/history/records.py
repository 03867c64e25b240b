"""Changes as the rest of care sees them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One thing a command did. ``batch`` is set for an import, ``undoes`` for a change that took another back."""

    id: int
    at: datetime
    command: str
    caller: str | None
    rows: int
    batch: str | None = None
    file: str | None = None
    undoes: int | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was taken back, and how many rows that touched; undoing again brings it back."""

    change: ChangeRecord
    rows: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The latest changes, the newest first."""

    changes: tuple[ChangeRecord, ...]
