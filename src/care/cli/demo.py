"""``care demo``: a made-up company with half a year behind it, in a store of its own."""

import typer

from care.cli.run import Run, command


def register(app: typer.Typer) -> None:
    """Adds the command to the program."""
    command(app)(demo)


def demo(run: Run) -> None:
    """Makes the demo."""
