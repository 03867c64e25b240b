"""Asking a person: never off a terminal, and never answered by what was typed before the question was there."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import typer

from care.cli.run import Run
from care.customers.errors import WhichCustomer, label
from care.errors import WrongUsage
from care.views.safe import safe, safe_spaced

STILL_COMING = 0.05
"""Seconds of silence after which a paste is over."""


def forget_typed_ahead() -> None:
    """Throws away what was typed or pasted before this moment, and what of a long paste is still on its way."""
    import select
    import termios

    with suppress(termios.error, OSError):
        termios.tcflush(sys.stdin, termios.TCIFLUSH)
        while select.select([sys.stdin], [], [], STILL_COMING)[0]:
            if not os.read(sys.stdin.fileno(), 4096):
                return


def read_line(prompt: str) -> str:
    """The line the person types. Nothing of the asking gets into stdout unless that is the terminal itself."""
    try:
        if sys.stdout.isatty():
            with suppress(ImportError):
                import readline  # noqa: F401  the line can be edited, and a long paste is not cut at 4,095 bytes
            return input(prompt)
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = sys.stdin.readline()
    except EOFError:
        line = ""
    else:
        if line:
            return line.rstrip("\n")
    raise typer.Abort


def ask(question: str, default: str | None = None) -> str:
    """What the person types; the default for an empty line."""
    shown = f" [{safe(default)}]" if default else ""
    return read_line(f"{safe_spaced(question)}{shown}: ").strip() or default or ""


def agrees(question: str, *, default: bool) -> bool:
    """Whether the person says yes; the default for an empty line."""
    while True:
        said = read_line(f"{safe(question)} [{'Y/n' if default else 'y/N'}]: ").strip().lower()
        if not said or said in ("y", "yes", "n", "no"):
            return said[0] == "y" if said else default


def ask_key(question: str, keys: str) -> str:
    """The one of the keys that is pressed, without Enter; empty for Enter. Ctrl-C and Ctrl-D end the command."""
    import termios
    import tty

    sys.stderr.write(f"{safe_spaced(question)}  ")
    sys.stderr.flush()
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        while True:
            pressed = os.read(descriptor, 1).decode("utf-8", "replace").lower()
            if pressed in ("", "\x04"):
                raise typer.Abort
            if pressed in ("\r", "\n"):
                sys.stderr.write("\n")
                return ""
            if pressed in keys:
                sys.stderr.write(f"{pressed}\n")
                return pressed
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def confirm(run: Run, question: str, *, yes: bool, instead: str) -> None:
    """Goes on when the person agrees. Off a terminal ``--yes`` has to be given: raises WrongUsage saying so."""
    if yes:
        return
    if not run.is_terminal:
        raise WrongUsage(f"{instead} Say --yes to go on.")
    forget_typed_ahead()
    if not agrees(question, default=False):
        raise typer.Abort


def choose(question: str, labels: Sequence[str]) -> int:
    """The place, from 0, of the one the person picks by its number."""
    for number, one in enumerate(labels, 1):
        typer.echo(f"  [{number}]  {safe(one)}", err=True)
    while True:
        said = ask(question)
        if said.isdigit() and 1 <= int(said) <= len(labels):
            return int(said) - 1
        typer.echo(f"  A number from 1 to {len(labels)}, or Ctrl-C.", err=True)


def customer_id(run: Run, said: str) -> int:
    """The id of the customer that was meant; where several are, a person picks one and a program is told of them.

    Raises NoSuchCustomer or WhichCustomer.
    """
    from care.customers.actions import find_customer

    try:
        with run.reading() as session:
            return find_customer(session, said).id
    except WhichCustomer as which:
        if not run.is_terminal:
            raise
        return which.people[choose("Which one?", [label(person) for person in which.people])].id
