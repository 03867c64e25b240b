"""What comes from the terminal: lines that can be edited, single keys, and what was pasted rather than typed."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

import typer

STILL_COMING = 0.05
"""Seconds of silence after which a paste is over."""

AT_ONCE = 0.02
"""Seconds within which nobody presses a second key, and a paste goes on."""

BACK = "<"
"""What going back is called, whichever of its keys was pressed."""

_BACK_KEYS = ("<", "\x7f", "\x08", "\x1b[D", "\x1bOD")

_LETTERLESS = r"\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z])?"
"""What arrows and other keys without a letter send; some of it would be the letter of an answer."""


class Line(NamedTuple):
    """A line, and whether it is part of a page that was pasted."""

    text: str
    pasted: bool


def forget_typed_ahead() -> None:
    """Throws away what was typed or pasted before this moment, and what of a long paste is still on its way."""
    import termios

    with suppress(termios.error, OSError):
        termios.tcflush(sys.stdin, termios.TCIFLUSH)
        while _more(STILL_COMING):
            if not os.read(sys.stdin.fileno(), 4096):
                return


def read_line(prompt: str) -> str:
    """The line the person types; a page pasted at once comes whole, with its line breaks.

    Nothing of the asking gets into stdout unless that is the terminal itself.
    """
    if sys.stdin.errors != "surrogateescape":
        sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
    try:
        if sys.stdin.isatty() and sys.stderr.isatty():
            with _stdout_is_the_terminal():
                with suppress(ImportError):
                    import readline  # noqa: F401  the line can be edited, and a long paste is not cut at 4,095 bytes
                return mended(input(prompt))
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = sys.stdin.readline()
    except EOFError:
        line = ""
    else:
        if line:
            return mended(line.rstrip("\n"))
    raise typer.Abort


class Lines:
    """Reads notes line by line, and knows a page that was pasted from lines that were typed.

    A terminal that marks what is pasted lets readline take the page whole. From any other it comes as if it had been
    typed, only faster than anybody can: a line is pasted when more is there as it ends, or was there as it began.
    """

    def read(self, prompt: str) -> list[Line]:
        """The line typed, or every line of the page pasted. Ctrl-C and Ctrl-D end the command."""
        begun = _more(0)
        texts = read_line(prompt).replace("\r", "\n").split("\n")
        pasted = len(texts) > 1 or begun or _more(AT_ONCE)
        return [Line(text, pasted) for text in texts]


def read_key(keys: str, ask: Callable[[], None]) -> str:
    """The one of the keys that is pressed, without Enter; empty for Enter, ``BACK`` to go back.

    The question is asked once single keys are read: what is pressed the moment it appears is no line to be edited.
    Several at once were pasted, and answer nothing; nor do arrows. Ctrl-C and Ctrl-D end the command.
    """
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        ask()
        while True:
            read = os.read(descriptor, 1024).decode("utf-8", "replace")
            if read in ("", "\x04"):
                raise typer.Abort
            pressed = read if read in _BACK_KEYS else re.sub(_LETTERLESS, "", read)
            if len(re.sub(_LETTERLESS, "", read)) > 1 or (pressed and _more(AT_ONCE)):
                forget_typed_ahead()
            elif pressed in _BACK_KEYS:
                return BACK
            elif not pressed:
                continue
            elif pressed in "\r\n-":
                return ""
            elif pressed.lower() in keys:
                return pressed.lower()
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _more(seconds: float) -> bool:
    import select

    return bool(select.select([sys.stdin], [], [], seconds)[0])


@contextmanager
def _stdout_is_the_terminal() -> Iterator[None]:
    """Readline writes where stdout goes. Where that is a file, it is made the terminal for as long as it is read."""
    if sys.stdout.isatty():
        yield
        return
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        os.dup2(2, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def mended(line: str) -> str:
    """The line with bytes that are no UTF-8 read as the old Western encoding they most likely are in."""
    if line.isascii():
        return line
    return "".join(
        bytes([ord(one) - 0xDC00]).decode("cp1252", "replace") if 0xDC80 <= ord(one) <= 0xDCFF else one for one in line
    )
