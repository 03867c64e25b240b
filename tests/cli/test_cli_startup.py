"""Help and version stay quick, and every command and option says what it is."""

import subprocess
import sys

import pytest
import typer
from running import Care

from care.cli.app import app

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "rich",
    "alembic",
    "phonenumbers",
    "dateutil",
    "sqlite3",
)  # typer itself brings pydantic
LISTED = (
    "import sys, runpy\nsys.argv = ['care', *sys.argv[1:]]\n"
    "try:\n    runpy.run_module('care', run_name='__main__')\n"
    "except SystemExit:\n    pass\n"
    "sys.stderr.write('\\n'.join(sys.modules))\n"
)


def modules_of(care: Care, *words: str, **more: str | None) -> set[str]:
    """The packages that are loaded by the time the program ends."""
    done = subprocess.run(
        [sys.executable, "-c", LISTED, *words], env=care.environ(**more), capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stderr.splitlines()}


@pytest.mark.parametrize("words", [("--help",), ("plan", "--help"), ("log", "-h"), ("customers", "import", "--help")])
def test_help_loads_nothing_heavy(care: Care, words: tuple[str, ...]) -> None:
    loaded = modules_of(care, *words)
    assert "typer" in loaded
    assert loaded.isdisjoint(HEAVY), loaded & set(HEAVY)


def test_neither_do_version_and_completion(care: Care) -> None:
    assert "typer" not in modules_of(care, "--version")
    completing = modules_of(care, _CARE_COMPLETE="complete_bash", COMP_WORDS="care pl", COMP_CWORD="1")
    assert completing.isdisjoint(HEAVY), completing & set(HEAVY)
    done = care.ok(env={"_CARE_COMPLETE": "complete_bash", "COMP_WORDS": "care is", "COMP_CWORD": "1"})
    assert "issues" in done.out.split()


def test_version_and_help(care: Care) -> None:
    assert care.ok("--version").out == "care 0.1.0\n"
    text = care.ok("--help").out
    places = [text.index(f"\n  {name} ") for name in ("plan", "brief", "log", "report", "issues", "owed", "customers")]
    assert places == sorted(places)
    assert "\x1b" not in text
    assert list(care.folder.iterdir()) == []


def walk(command: object, path: str) -> list[tuple[str, object]]:
    """Every command of the tree with its path."""
    found = [(path, command)]
    for name, one in getattr(command, "commands", {}).items():
        found += walk(one, f"{path} {name}")
    return found


def test_every_command_and_option_has_help() -> None:
    commands = walk(typer.main.get_command(app), "care")
    assert len(commands) > 25
    for path, command in commands:
        assert command.help, path
        for parameter in command.params:
            assert getattr(parameter, "help", None), (path, parameter.name)
