"""The program to run, and stores to run it on, each made once and copied."""

from pathlib import Path

import pytest
from running import Care, copy_store, write_csv

PEOPLE = [
    "Name,Company,Email,Phone,Birthday,Segment",
    "Kari Nordmann,Fjord AS,kari@fjord.example,+47 22 12 34 56,1980-11-26,Gold",
    "Ola Hansen,,ola@home.example,+47 911 23 456,,",
    "Anna Lindqvist,Sjö AB,anna@sjo.example,+46 8 123 456 78,,Gold",
    "Ravi Kumar,Chai Ltd,ravi@chai.example,+91 98765 01234,,",
    "Mia Berg,,mia@home.example,+47 922 33 444,,",
    "Per Lund,Bok AS,per@bok.example,+47 933 44 555,,Gold",
    "Eva Moe,,eva@home.example,+47 944 55 666,,",
    "Jon Dahl,Dahl & Co,jon@dahl.example,+47 955 66 777,,",
    "Siri Aas,,siri@home.example,+47 966 77 888,,",
    "Tor Eide,,tor@home.example,+47 977 88 999,,",
    "Liv Haug,,liv@home.example,+47 988 99 000,,",
    "Nils Vik,,nils@home.example,,,",
]
"""Twelve people; the last has no phone. The first import numbers them from 1, in this order."""


@pytest.fixture
def care(tmp_path: Path) -> Care:
    """The program where no store is yet."""
    return Care(tmp_path)


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    care = Care(tmp_path_factory.mktemp("filled"))
    care.ok("init", "--company", "Fjord Books", "--country", "NO", "--caller", "Ann", "--team", "Bo, Cy",
            "--timezone", "Europe/Oslo", "--calls", "3")  # fmt: skip
    care.ok("config", "set", "pace", "asked")
    care.ok("customers", "import", str(write_csv(care.folder / "people.csv", PEOPLE)))
    return care.folder


@pytest.fixture
def filled(_filled: Path, tmp_path: Path) -> Care:
    """The program with twelve customers and no plan yet: Ann calls, three talks a week, in Oslo."""
    copy_store(_filled, tmp_path)
    return Care(tmp_path)


@pytest.fixture(scope="session")
def _talked(_filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("talked")
    copy_store(_filled, folder)
    care = Care(folder)
    care.ok("plan")
    care.ok("log", "kari", "--answer", "promises=Mostly. The export, no.", "--reading", "promises=mixed",
            "--answer", "life=My daughter has her exam in May.", "--issue", "Export drops columns",
            "--promise", "Send the VAT guide by 2026-11-27", "--wish", "always answer within a day",
            "--trigger", "you pick up the phone", "--remember", "Her daughter's exam", "--stance", "neutral",
            "--with", "Bo", "--minutes", "17")  # fmt: skip
    care.ok("issues", "join", "i1", "--by", "ola", "--words", "Every month I repair the file by hand.")
    care.ok("issues", "fix", "i1", "--note", "The export keeps every column")
    care.ok("issues", "add", "Invoices wrong", "--by", "anna", "--failure")
    return folder


@pytest.fixture
def talked(_talked: Path, tmp_path: Path) -> Care:
    """The program in a week that is planned, with a talk with Kari, i1 fixed for Kari and Ola, i2 open, and p1."""
    copy_store(_talked, tmp_path)
    return Care(tmp_path)
