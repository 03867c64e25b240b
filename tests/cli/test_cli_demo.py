"""The demo: a company that is the same on every machine on the same day, and sound in every row."""

import html
import re
import runpy
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from making import once
from running import Care, copy_store

EARLY, LATE = "2026-11-23T06:30:00+01:00", "2026-11-23T22:15:00+01:00"
PICTURE = Path(__file__).parents[2] / "examples" / "report.svg"


@pytest.fixture(scope="session")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "demo", _show)


def _show(care: Care) -> None:
    said = care.ok("demo", "--store", str(care.store), now=EARLY).out
    (care.folder / "said.txt").write_text(said, "utf-8")


@pytest.fixture
def shown(_demo: Path, tmp_path: Path) -> Care:
    """The demo in the store of this test."""
    copy_store(_demo, tmp_path)
    return Care(tmp_path)


def contents(store: Path) -> list[str]:
    with sqlite3.connect(store) as connection:
        return list(connection.iterdump())


@pytest.mark.slow
def test_the_same_day_makes_the_same_demo(shown: Care) -> None:
    early = contents(shown.store)
    shown.ok("demo", "--store", str(shown.store), now=LATE)
    assert contents(shown.store) == early


def test_it_is_half_a_year_of_a_sound_store(shown: Care) -> None:
    shown.ok("doctor", now=EARLY)
    with sqlite3.connect(shown.store) as connection:
        customers, weeks, talks, told = connection.execute(
            "SELECT (SELECT count(*) FROM customer), (SELECT count(DISTINCT week) FROM draw),"
            " (SELECT count(*) FROM call WHERE state = 'held'), (SELECT count(*) FROM issue WHERE state = 'told')"
        ).fetchone()
        ahead = connection.execute("SELECT count(*) FROM change WHERE at > '2026-11-23 05:30'").fetchone()[0]
    assert (customers, weeks, ahead) == (240, 26, 0)
    assert talks > 60
    assert told >= 2


def test_it_shows_monday_a_brief_and_the_report_and_one_can_go_on(_demo: Path, shown: Care) -> None:
    said = (_demo / "said.txt").read_text("utf-8")
    for words in (
        "Week 48, 23 to 29 November",
        "REMEMBER",
        "TELL TODAY",
        "WE OWE",
        "PRACTICE",
        "care log ",
        "care init",
    ):
        assert words in said
    assert shown.ok("plan", now=EARLY).out in said
    assert "held" in shown.ok("log", "-o", "r", now=EARLY).out


def test_the_picture_shows_what_the_program_prints(shown: Care) -> None:
    """The picture in the README is that of this very program: its report says the same."""
    said = runpy.run_path(str(PICTURE.with_name("picture.py")))
    report = shown.shown("report", width=said["WIDTH"], env={"CARE_NOW": said["NOW"], "COLUMNS": str(said["WIDTH"])})
    read = words(PICTURE.read_text("utf-8"))
    assert words(said["drawn"](report)) == read
    assert any("WE" in text for text in read)
    assert len(read) > 50


@pytest.mark.slow
def test_the_picture_is_drawn_by_its_script(tmp_path: Path) -> None:
    copy = tmp_path / "picture.py"
    shutil.copy(PICTURE.with_name("picture.py"), copy)
    subprocess.run([sys.executable, str(copy)], check=True)
    assert words((tmp_path / "report.svg").read_text("utf-8")) == words(PICTURE.read_text("utf-8"))


def words(picture: str) -> list[str]:
    """All that can be read in a picture; how a library spells the drawing is its own matter."""
    return [html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", picture)]


def test_it_never_takes_the_place_of_a_store_of_every_day(care: Care) -> None:
    care.ok("init", "--company", "Fjord")
    before = care.store.read_bytes()
    care("demo", "--store", str(care.store)).refused(5, "no demo's store")
    assert care.store.read_bytes() == before
