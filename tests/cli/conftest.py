"""The program to run, and stores to run it on, each made once and copied."""

from pathlib import Path

import forking
import pytest
from making import once
from running import PEOPLE, Care, copy_store, write_csv


def pytest_sessionfinish() -> None:
    """Ends the server of runs, so that what they cost is counted with what these tests did."""
    forking.end()


@pytest.fixture
def care(tmp_path: Path) -> Care:
    """The program where no store is yet."""
    return Care(tmp_path)


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "filled", _fill)


def _fill(care: Care) -> None:
    care.ok("init", "--company", "Fjord Books", "--country", "NO", "--caller", "Ann", "--team", "Bo, Cy",
            "--timezone", "Europe/Oslo", "--calls", "3")  # fmt: skip
    care.ok("config", "set", "pace", "asked")
    care.ok("customers", "import", str(write_csv(care.folder / "people.csv", PEOPLE)))


@pytest.fixture
def filled(_filled: Path, tmp_path: Path) -> Care:
    """The program with twelve customers and no plan yet: Ann calls, three talks a week, in Oslo."""
    copy_store(_filled, tmp_path)
    return Care(tmp_path)


@pytest.fixture(scope="session")
def _talked(_filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "talked", lambda care: _talk(_filled, care))


def _talk(filled: Path, care: Care) -> None:
    copy_store(filled, care.folder)
    care.ok("plan")
    care.ok("log", "kari", "--answer", "promises=Mostly. The export, no.", "--reading", "promises=mixed",
            "--answer", "life=My daughter has her exam in May.", "--issue", "Export drops columns",
            "--promise", "Send the VAT guide by 2026-11-27", "--wish", "always answer within a day",
            "--trigger", "you pick up the phone", "--remember", "Her daughter's exam", "--stance", "neutral",
            "--with", "Bo", "--minutes", "17")  # fmt: skip
    care.ok("issues", "join", "i1", "--by", "ola", "--words", "Every month I repair the file by hand.")
    care.ok("issues", "fix", "i1", "--note", "The export keeps every column")
    care.ok("issues", "add", "Invoices wrong", "--by", "anna", "--failure")


@pytest.fixture
def talked(_talked: Path, tmp_path: Path) -> Care:
    """The program in a week that is planned, with a talk with Kari, i1 fixed for Kari and Ola, i2 open, and p1."""
    copy_store(_talked, tmp_path)
    return Care(tmp_path)
