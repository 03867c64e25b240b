"""What is kept beside the store between two commands: who was briefed last, and notes that were not finished.

The notes of a talk are a file of lines, one JSON object each, to which every line typed and every key pressed is added
and brought to the disk before the next is asked for. Nothing in it is ever rewritten, so whatever ends the program, and
whenever, at most the line being written is lost. The first line says what talk it is.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from care.errors import WrongUsage
from care.times.zones import local_date


class NotesElsewhere(WrongUsage):
    """Another window takes notes on the same customer."""

    def __init__(self) -> None:
        super().__init__("notes on this customer are being taken in another window. Finish them there.")


def _beside(store: Path, what: str) -> Path:
    return store.with_name(f".{store.name}.{what}")


def note_briefed(store: Path, customer_id: int, now: datetime) -> None:
    """Remembers who was briefed; a folder that cannot be written is no reason not to show a brief."""
    content = json.dumps({"customer": customer_id, "at": now.isoformat()})
    path = _beside(store, "briefed")
    with suppress(OSError):
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(content)


def briefed(store: Path, today: date, zone: str) -> int | None:
    """The customer briefed last, if that was on that day in that zone."""
    try:
        content = json.loads(_beside(store, "briefed").read_text("utf-8"))
        customer, at = content["customer"], datetime.fromisoformat(content["at"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return customer if isinstance(customer, int) and local_date(at, zone) == today else None


def forget_briefed(store: Path) -> None:
    """The briefed customer was logged."""
    with suppress(OSError):
        _beside(store, "briefed").unlink()


class UnsavedNotes:
    """The unfinished notes of a talk with one customer. ``facts`` say which talk, ``events`` what was typed since."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self.facts: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        content = path.read_bytes()
        torn = bool(content) and not content.endswith(b"\n")
        self._waiting = b"\n" if torn else b""
        for line in content.split(b"\n"):
            self._read(line)

    def _read(self, line: bytes) -> None:
        with suppress(ValueError):  # the line that was being written when the program was killed
            one = json.loads(line)
            if isinstance(one, dict) and not self.facts and "talk" in one:
                self.facts = one
            elif isinstance(one, dict) and self.facts:
                self.events.append(one)

    @property
    def lines(self) -> int:
        """How many lines of notes there are."""
        return sum(1 for event in self.events if event.get("line"))

    def begin(self, **facts: Any) -> None:
        """Says which talk the notes are of; it is written with the first event."""
        self.facts = {"talk": 1, **facts}

    def add(self, **event: Any) -> None:
        """Adds what was typed, and brings it to the disk. Raises OSError where that cannot be done."""
        new = [event] if self.events else [self.facts, event]
        self.events.append(event)
        self._waiting += "".join(json.dumps(one) + "\n" for one in new).encode()
        while self._waiting:  # what a full disk did not take is tried again with the next line
            self._waiting = self._waiting[os.write(self._descriptor, self._waiting) :]
        os.fsync(self._descriptor)
        if len(new) > 1:
            _sync_folder(self.path.parent)

    def drop(self) -> None:
        """The notes are in the store now, or were thrown away."""
        self.events, self.facts, self._waiting = [], {}, b""
        os.ftruncate(self._descriptor, 0)  # the file itself goes when it is closed: until then it is ours alone
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Lets go of the notes; where nothing was noted, no file stays."""
        if not self.events and _is_open(self._descriptor, self.path):
            self.path.unlink(missing_ok=True)
        os.close(self._descriptor)


@contextmanager
def unsaved_notes_on(store: Path, customer_id: int) -> Iterator[UnsavedNotes]:
    """The notes on this customer, which nobody else can take meanwhile. Raises NotesElsewhere."""
    path = _beside(store, f"draft-{customer_id}")
    notes = UnsavedNotes(path, _locked(path))
    try:
        yield notes
    finally:
        notes.close()


def _locked(path: Path) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise NotesElsewhere from None
        if _is_open(descriptor, path):
            return descriptor
        os.close(descriptor)  # whoever had it dropped the file meanwhile


def _is_open(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def drop_unsaved_notes(store: Path, customer_id: int) -> None:
    """Throws unfinished notes away."""
    _beside(store, f"draft-{customer_id}").unlink(missing_ok=True)


def move_unsaved_notes(store: Path, gone: int, kept: int) -> None:
    """Makes the unfinished notes on one customer another's, after those there are on that one."""
    path = _beside(store, f"draft-{gone}")
    if not path.exists():
        return
    with suppress(NotesElsewhere), unsaved_notes_on(store, gone) as theirs, unsaved_notes_on(store, kept) as mine:
        if not mine.events and theirs.facts:
            mine.begin(**{key: value for key, value in theirs.facts.items() if key != "talk"})
        for event in theirs.events:
            mine.add(**event)
        theirs.drop()


def unfinished(store: Path) -> list[int]:
    """The customers on whom there are unfinished notes that nobody is taking now, the latest first."""
    pattern = re.compile(re.escape(_beside(store, "draft-").name) + "([0-9]{1,15})")
    found = []
    with suppress(OSError):
        for path in store.parent.iterdir():
            named = pattern.fullmatch(path.name)
            if named and path.stat().st_size:
                found.append((path.stat().st_mtime_ns, int(named[1])))
    return [customer for _, customer in sorted(found, reverse=True)]
