"""What is kept beside the store between two commands: who was briefed last, and notes that were not finished."""

import json
import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from care.times.zones import local_date


def _beside(store: Path, what: str) -> Path:
    return store.with_name(f".{store.name}.{what}")


def _write(path: Path, content: dict[str, Any]) -> None:
    """Writes and brings to the disk: whoever closes the window now loses nothing confirmed."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def note_briefed(store: Path, customer_id: int, now: datetime) -> None:
    """Remembers who was briefed; a folder that cannot be written is no reason not to show a brief."""
    with suppress(OSError):
        _write(_beside(store, "briefed"), {"customer": customer_id, "at": now.isoformat()})


def briefed(store: Path, today: date, zone: str) -> int | None:
    """The customer briefed last, if that was on that day in that zone."""
    content = _read(_beside(store, "briefed")) or {}
    customer = content.get("customer")
    try:
        at = datetime.fromisoformat(str(content.get("at")))
    except ValueError:
        return None
    return customer if isinstance(customer, int) and local_date(at, zone) == today else None


def forget_briefed(store: Path) -> None:
    """The briefed customer was logged."""
    with suppress(OSError):
        _beside(store, "briefed").unlink()


def save_draft(store: Path, customer_id: int, lines: list[str]) -> None:
    """Keeps the unfinished notes of a talk, confirmed on the disk."""
    _write(_beside(store, f"draft-{customer_id}"), {"customer": customer_id, "lines": lines})


def saved_draft(store: Path, customer_id: int) -> list[str]:
    """The lines of unfinished notes on this customer."""
    content = _read(_beside(store, f"draft-{customer_id}")) or {}
    return [str(line) for line in content.get("lines", [])]


def drop_draft(store: Path, customer_id: int) -> None:
    """The notes are in the store now, or were thrown away."""
    with suppress(FileNotFoundError):
        _beside(store, f"draft-{customer_id}").unlink()


def unfinished(store: Path) -> int | None:
    """The customer of the latest unfinished notes."""
    with suppress(OSError):
        begins = _beside(store, "draft-").name
        drafts = [path for path in store.parent.iterdir() if path.name.startswith(begins)]
        for path in sorted(drafts, key=lambda path: path.stat().st_mtime_ns, reverse=True):
            content = _read(path) or {}
            if content.get("lines") and isinstance(content.get("customer"), int):
                return int(content["customer"])
    return None
