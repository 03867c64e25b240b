"""How every group of commands is made."""

import typer


def group(words: str) -> typer.Typer:
    """A group of commands whose bare form does something."""
    return typer.Typer(help=words, rich_markup_mode=None)
