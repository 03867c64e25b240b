"""Asking a person: never off a terminal, and never answered by what was typed before the question was there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer

from care.cli.input.keys import forget_typed_ahead, read_key, read_line
from care.cli.run import Run
from care.customers.errors import WhichCustomer, label
from care.errors import WrongUsage
from care.views.safe import safe, safe_spaced

NOTHING_DONE = "Nothing was done."


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


def ask_key(run: Run, question: str, keys: str) -> str:
    """The one of the keys that is pressed, without Enter; empty for Enter, ``keys.BACK`` to go back."""
    pressed = read_key(keys, lambda: run.talk.prompt(f"{question}  "))
    run.talk.stream.write(f"{pressed}\n")
    return pressed


def confirm(run: Run, question: str, *, yes: bool, instead: str) -> None:
    """Goes on when the person agrees. Off a terminal ``--yes`` has to be given: raises WrongUsage saying so."""
    if yes:
        return
    if not run.is_terminal:
        raise WrongUsage(f"{instead} Say --yes to go on.")
    forget_typed_ahead()
    with said_when_broken_off(run):
        agreed = agrees(question, default=False)
    if not agreed:
        run.talk.notice(NOTHING_DONE)
        raise typer.Abort


@contextmanager
def said_when_broken_off(run: Run, words: str = NOTHING_DONE) -> Iterator[None]:
    """Within it Ctrl-C and Ctrl-D end the command with these words, so that nobody is left wondering."""
    try:
        yield
    except (KeyboardInterrupt, typer.Abort):
        run.talk.blank()
        run.talk.notice(words)
        raise


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
    from care.customers.find import find_customer

    try:
        with run.reading() as session:
            return find_customer(session, said).id
    except WhichCustomer as which:
        if not run.is_terminal:
            raise
        return which.people[choose("Which one?", [label(person) for person in which.people])].id
