"""Help and version stay quick, and every command and option says what it is."""

import pytest
import typer
from running import Care, imported

from care.cli.app import COMMANDS, app

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "rich",
    "alembic",
    "phonenumbers",
    "dateutil",
    "sqlite3",
)  # typer itself brings pydantic


def test_help_loads_nothing_heavy(care: Care) -> None:
    loaded = imported(care, ("--help",), ("plan", "--help"), ("log", "-h"), ("customers", "import", "--help"))
    assert "typer" in loaded
    assert loaded.isdisjoint(HEAVY), loaded & set(HEAVY)


def test_neither_do_version_and_completion(care: Care) -> None:
    assert "typer" not in imported(care, ("--version",))
    completing = imported(care, (), _CARE_COMPLETE="complete_bash", COMP_WORDS="care pl", COMP_CWORD="1")
    assert completing.isdisjoint(HEAVY), completing & set(HEAVY)
    done = care.ok(env={"_CARE_COMPLETE": "complete_bash", "COMP_WORDS": "care is", "COMP_CWORD": "1"})
    assert "issues" in done.out.split()


RARELY = {"alembic", "caldav", "dateutil", "holidays", "icalendar", "jinja2", "phonenumbers", "sqlmodel", "tomlkit"}


@pytest.mark.parametrize(
    ("words", "loads"),
    [
        (("plan",), {"phonenumbers"}),  # shows numbers as they are dialled
        ((), {"phonenumbers"}),
        (("brief",), {"phonenumbers"}),
        (("report",), set()),
        (("owed",), set()),
        (("issues",), set()),
        (("search", "invoice"), set()),
        (("log", "1", "--answer", "life=A boat"), set()),
        (("log", "1", "-o", "n"), {"dateutil", "holidays"}),  # looks for a day to try again
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_of_the_week_loads_no_more_than_it_needs(
    talked: Care, words: tuple[str, ...], loads: set[str]
) -> None:
    assert imported(talked, words) & RARELY == loads


def test_version_and_help(care: Care) -> None:
    assert care.ok("--version").out == "care 0.1.0\n"
    text = care.ok("--help").out
    places = [text.index(f"\n  {name} ") for name in ("plan", "brief", "log", "report", "issues", "owed", "customers")]
    assert places == sorted(places)
    assert "\x1b" not in text
    assert list(care.folder.iterdir()) == []


def test_every_command_starts_in_a_process_of_its_own(care: Care) -> None:
    """All others are forked from one that has imported everything: here nothing is, and an import that lacks shows."""
    for name in COMMANDS:
        assert f"care {name}" in care.ok(name, "--help", fresh=True).out
    care.ok("init", "--company", "Fjord Books", "--country", "NO", fresh=True)
    care.ok("customers", "add", "Kari Nordmann", "--phone", "+47 22 12 34 56", fresh=True)
    assert "Kari Nordmann" in care.ok("plan", fresh=True).out
    assert "Saved c1" in care.ok("log", "kari", "--answer", "life=A boat", fresh=True).out
    assert care.ok("report", "--json", fresh=True).json
    care("pln", fresh=True).refused(2, "Did you mean")


def test_the_help_of_every_subcommand_is_there(care: Care) -> None:
    paths = [path.split()[1:] for path, _ in walk(typer.main.get_command(app), "care")]
    assert "typer" in imported(care, *([*path, "--help"] for path in paths))


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
