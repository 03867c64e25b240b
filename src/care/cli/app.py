"""The tree of commands. Only the module of the command that runs is imported: most of start-up would be the others."""

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from care.cli import today

COMMANDS = (
    "plan", "brief", "log", "report", "issues", "owed", "gold", "search", "touch", "customers", "questions",
    "init", "config", "undo", "backup", "restore", "doctor", "verify", "demo",
)  # fmt: skip
"""Every command in the order of a week, which is the order of the help. Each is a module beside this one."""

ALIASES = {"issue": "issues", "customer": "customers", "question": "questions"}
"""Where fingers go wrong."""


class Commands(MutableMapping[str, Any]):
    """The commands by name, each made when it is first asked for. Aliases are found and not listed."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        known = ALIASES.get(name, name)
        if known not in COMMANDS:
            raise KeyError(name)
        if known not in self._made:
            self._made[known] = get_command(import_module(f"care.cli.{known}").app)
            self._made[known].name = known
        return self._made[known]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)

    def __setitem__(self, name: str, made: Any) -> None:
        self._made[name] = made

    def __delitem__(self, name: str) -> None:
        del self._made[name]


class CommandsOfAWeek(TyperGroup):
    """The program itself."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = Commands()

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands, in the order of a week."""
        return list(COMMANDS)


app = typer.Typer(
    name="care",
    cls=CommandsOfAWeek,
    help="A few random customers a week, their words, and the proof that they were told.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

today.register(app)
