"""How every command, and every group of commands, is made."""

import typer


def group(words: str) -> typer.Typer:
    """A group of commands whose bare form does something."""
    return typer.Typer(help=words, rich_markup_mode=None, add_completion=False)


def single() -> typer.Typer:
    """A command that stands alone."""
    return typer.Typer(rich_markup_mode=None, add_completion=False)
