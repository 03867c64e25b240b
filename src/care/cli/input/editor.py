"""A sheet in the person's own editor. The text is on the disk all the while, and stays there until it is recorded."""

import os
import re
import shlex
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from care.cli.run import Run
from care.errors import BadFile, CareError, WrongUsage

if TYPE_CHECKING:
    from care.interviews.sheets.records import CallForm, SheetRead


_USUAL = ("nano", "vim", "vi", "emacs", "micro", "notepad")

_KEPT = re.compile(r"(\d+)-(?:c(\d+)|new)\.md")


class UnsavedText(NamedTuple):
    """A text that was not recorded yet: of which customer, of which call if it is of one, and where it lies."""

    customer: int
    call: int | None
    path: Path


def kept_path(store: Path, customer: int, call: int | None) -> Path:
    """Where the text on a call lies while it is not recorded: beside the store, for its owner's eyes only."""
    return store.with_name(f".{store.name}.sheet-{customer}-{'new' if call is None else f'c{call}'}.md")


def latest_kept(store: Path) -> UnsavedText | None:
    """The latest text that was not recorded, or None."""
    begins = f".{store.name}.sheet-"
    found = []
    with suppress(OSError):
        for path in store.parent.iterdir():
            named = _KEPT.fullmatch(path.name.removeprefix(begins)) if path.name.startswith(begins) else None
            if named is not None:
                call = int(named[2]) if named[2] else None
                found.append((path.stat().st_mtime_ns, UnsavedText(int(named[1]), call, path)))
    return max(found)[1] if found else None


def drop_kept(store: Path, customer: int) -> None:
    """Throws the texts on a customer away, who was forgotten."""
    begins = f".{store.name}.sheet-{customer}-"
    for path in list(store.parent.iterdir()):
        if path.name.startswith(begins):
            path.unlink(missing_ok=True)


def edit_sheet(run: Run, sheet: "CallForm") -> "SheetRead | None":
    """Opens the sheet in the editor and takes it; None where nothing was filled in.

    Raises WrongUsage or BadFile, and says where the text lies.
    """
    from care.exchange.sheets.writing import markdown

    assert sheet.customer is not None
    path = kept_path(run.store_path, sheet.customer.id, sheet.call)
    printed = markdown(sheet)
    if path.exists():
        run.talk.line(f"Going on with the text kept in {path}")
    else:
        _write(path, printed)
    while True:
        _run_editor(path)
        try:
            return _take(run, path, printed)
        except CareError as error:
            if not run.is_terminal or error.exit_code == 5:
                raise type_of(error)(f"{error.sentence} Your text is kept in {path}") from None
            from care.cli.input.asking import agrees

            run.talk.notice(error.sentence)
            if not agrees("Open it again?", default=True):
                raise WrongUsage(f"nothing was recorded. {_kept_words(path)}") from None


def type_of(error: CareError) -> type[CareError]:
    """The kind of refusal with the same exit code that takes a whole sentence."""
    return BadFile if error.exit_code == 4 else WrongUsage


def _take(run: Run, path: Path, printed: str) -> "SheetRead | None":
    from care.cli.input.sheets import take_text
    from care.exchange.texts import decoded

    try:
        content = path.read_bytes()
    except OSError:  # the editor took it away
        content = b""
    text = decoded("the sheet", content)
    if text == printed or not text.strip():
        path.unlink(missing_ok=True)
        return None
    read = take_text(run, "the sheet", text, None)
    if read.result != "changed":
        path.unlink(missing_ok=True)
    return None if read.result == "blank" else read


def _run_editor(path: Path) -> None:
    words = _editor(path)
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is the editor's while it is open
    try:
        ended = subprocess.run([*words, str(path)], check=False).returncode
    except OSError as error:
        raise WrongUsage(f"“{words[0]}” cannot be started: {error.strerror}. {_kept_words(path)}") from None
    finally:
        signal.signal(signal.SIGINT, before)
        with suppress(OSError):
            path.chmod(0o600)  # some editors write a new file
    if ended:
        how = f"was killed by signal {-ended}" if ended < 0 else f"ended with {ended}"
        raise WrongUsage(f"“{words[0]}” {how}, so nothing was recorded. {_kept_words(path)}")


def _editor(path: Path) -> list[str]:
    said = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(said)
    except ValueError:
        raise WrongUsage(f"EDITOR cannot be “{said}”: a quote in it is open. {_kept_words(path)}") from None
    if not words:
        words = [name for name in _USUAL if shutil.which(name)][:1]
    if not words:
        raise WrongUsage(f"there is no editor. Name one with EDITOR. {_kept_words(path)}")
    if shutil.which(words[0]) is None:
        raise WrongUsage(f"there is no editor “{words[0]}”. Set EDITOR to one that is there. {_kept_words(path)}")
    return words


def _kept_words(path: Path) -> str:
    return f"Your text is kept in {path}; care log --edit goes on from there."


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
