"""Holding an interview as a person does: what is typed, which key is pressed, and what is waited for."""

from typing import Any

from running import Care
from terminals import Terminal

NOTES = "jumps"
SORTING = "one key each"


def begin(terminal: Terminal) -> None:
    """They picked up."""
    terminal.until("rong number")
    terminal.key("r")
    terminal.until(NOTES)
    terminal.until("> ")


def note(terminal: Terminal, line: str) -> None:
    """One line of notes, and the prompt for the next."""
    terminal.type(line)
    terminal.until("\n")
    terminal.until("> ")


def hang_up(terminal: Terminal) -> None:
    """The talk is over."""
    terminal.type(".")
    terminal.until(SORTING)


def press(terminal: Terminal, question: str, key: str) -> None:
    """One key when that is asked."""
    terminal.until(question)
    terminal.key(key)


def sort_nothing(terminal: Terminal, *readings: str) -> None:
    """Enter at every question; the readings are asked for first."""
    for key in readings:
        press(terminal, f"{key}  [g]ood [m]ixed [b]ad", "\r")
    press(terminal, "[c]ritic", "\r")
    press(terminal, "I sold", "\r")
    press(terminal, "I defended us", "\r")
    terminal.until("Call again?")
    terminal.type("")


def said(care: Care, who: str) -> dict[str, Any]:
    """What they answered, by question."""
    return {one["key"]: one["words"] for one in care.ok("brief", who, "--json").json["said"]}


def drafts(care: Care) -> list[str]:
    """The files of unfinished notes."""
    return sorted(path.name for path in care.folder.glob(".care.db.draft*"))
